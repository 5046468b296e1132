import Foundation
import Testing
import WaitCore

@testable import WaitStore

@Suite("A comparison")
struct CompareTests {
    private static let hospitals = [
        "Alice Ho Miu Ling Nethersole Hospital", "Caritas Medical Centre", "Queen Mary Hospital",
    ]
    private static let day = Result { try TrendTests.range("2026-11-14", "2026-11-14") }

    /// A day of readings; T3's half wait by hospital, and hospitals that are missing from a slot on.
    private static func database(_ waits: [String: Int], missing: [String: Int] = [:]) throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        let captures = try (0..<96).map { slot in
            let time = "2026-11-14T\((slot / 4).padded(2)):\((slot % 4 * 15).padded(2))"
            let there = hospitals.filter { slot < missing[$0] ?? 96 }
            let others = waits.mapValues { ["t3p50": "\($0) minutes"] }
            return try AEDocument(at: time, hospitals: there, others: others).capture()
        }
        _ = try database.record(captures + [AEDocument(at: "2026-11-15T00:00", hospitals: hospitals).capture()])
        return database
    }

    private static func compare(
        _ database: WaitDatabase, _ codes: [String]? = nil, metric: String = "t3_p50"
    ) throws -> Comparison {
        try database.compare(codes, TrendTests.question(metric, day.get()), now: TrendTests.now("2026-11-16T00:00"))
    }

    @Test("ranks by median, and shares places where figures tie")
    func ranks() throws {
        let comparison = try Self.compare(
            Self.database([Self.hospitals[0]: 30, Self.hospitals[1]: 20, Self.hospitals[2]: 20]))
        #expect(comparison.rows.map(\.hospital.code) == ["AHN", "CMC", "QMH"])
        #expect(comparison.rows.map(\.rank) == [3...3, 1...2, 1...2])
        #expect(comparison.commonSlots == 96)
        #expect(comparison.rows.map(\.aggregate.figures?.median) == [30, 20, 20])
    }

    @Test("is over the slots that all have, and says whose coverage keeps them few")
    func common() throws {
        let comparison = try Self.compare(
            Self.database([Self.hospitals[0]: 30, Self.hospitals[1]: 20], missing: [Self.hospitals[2]: 90]))
        #expect(comparison.commonSlots == 90)
        #expect(comparison.rows.map(\.aggregate.count) == [90, 90, 90])
        #expect(comparison.rows.allSatisfy { $0.aggregate.coverage == 0.9375 })
        let own: [Double?] = [1, 1, 0.9375]
        #expect(comparison.rows.map(\.ownCoverage) == own)
        #expect(comparison.rows.allSatisfy { $0.rank != nil })
    }

    @Test("ranks nobody where the common slots are too few, and everybody without the one that lacks them")
    func partial() throws {
        let database = try Self.database(
            [Self.hospitals[0]: 30, Self.hospitals[1]: 20], missing: [Self.hospitals[2]: 50])
        #expect(try Self.compare(database).rows.map(\.rank) == [nil, nil, nil])
        #expect(try Self.compare(database).rows.map(\.aggregate.isPartial) == [true, true, true])
        #expect(try Self.compare(database, ["CMC", "AHN"]).rows.map(\.rank) == [1...1, 2...2])
    }

    static let poor: [(Int, Double, String?, [ClosedRange<Int>?])] = [
        (50, 0.9, "Leave out those whose own coverage is lower: QMH.", [nil, nil, nil]),
        (50, 0.9, "--min-coverage 0.5 ranks what there is", [nil, nil, nil]),
        (
            50, 0.9, "50 of the 96 quarter hours that are due (52.1 %) in common, but a rank needs 90 %",
            [nil, nil, nil]
        ),
        (50, 0.5, nil, [3...3, 2...2, 1...1]), (50, 0, nil, [3...3, 2...2, 1...1]),
        (0, 0.5, "No ranks", [nil, nil, nil]),
        (3, 0.9, "--min-coverage 0.03", [nil, nil, nil]), (90, 0.95, "QMH", [nil, nil, nil]),
    ]

    @Test("without ranks says why and what to do, and ranks from the coverage that is asked for", arguments: poor)
    func threshold(slots: Int, least: Double, says: String?, ranks: [ClosedRange<Int>?]) throws {
        let waits = [Self.hospitals[0]: 30, Self.hospitals[1]: 20, Self.hospitals[2]: 10]
        let comparison = try Self.database(waits, missing: [Self.hospitals[2]: slots]).compare(
            nil, TrendTests.question("t3_p50", Self.day.get()), leastCoverage: least,
            now: TrendTests.now("2026-11-16T00:00"))
        #expect(comparison.rows.map(\.rank) == ranks)
        if let says { #expect(comparison.note?.contains(says) == true, "\(comparison.note ?? "")") }
        if says == nil { #expect(comparison.note == nil) }
        #expect(comparison.rows.allSatisfy { $0.aggregate.isPartial == (slots < 87) })
    }

    @Test("of a hospital without readings has nothing in common")
    func none() throws {
        let comparison = try Self.compare(Self.database([:]), ["AHN", "YCH"])
        #expect(comparison.commonSlots == 0)
        #expect(comparison.rows.map(\.aggregate.count) == [0, 0])
    }

    @Test("of shares ranks by their mean")
    func shares() throws {
        let comparison = try Self.compare(Self.database([:]), metric: "t2_managing")
        #expect(comparison.rows.map(\.rank) == [1...3, 1...3, 1...3])
        #expect(comparison.rows.map(\.aggregate.figures?.mean) == [1, 1, 1])
    }

    @Test("of a range far beyond the record counts what there is")
    func absurd() throws {
        let database = try Self.database([:])
        let question = try TrendTests.question("t3_p50", TrendTests.range("2000-01-01", "2100-12-31"))
        let comparison = try database.compare(nil, question, now: TrendTests.now("2026-11-16T00:00"))
        #expect(comparison.rows.map(\.aggregate.count) == [97, 97, 97])
    }
}

@Suite("Whether a reading is usual")
struct LatestUsualTests {
    /// The same hour on the weeks before, T3's half wait rising by a minute a week from 1; then the newest reading.
    private static func usual(weeks: Int, newest: Int, hour: String = "09") throws -> Usual? {
        let database = try WaitDatabase.inMemory()
        let newestDay = try #require(HongKongMinute(text: "2026-11-14"))
        let captures = try (0...weeks).map { week in
            let day = newestDay.adding(minutes: -(weeks - week) * 7 * 1_440).dayText
            let minutes = week == weeks ? newest : week + 1
            return try AEDocument(
                at: "\(day)T\(week == weeks ? "09" : hour):15", fields: ["t3p50": "\(minutes) minutes"]
            ).capture()
        }
        _ = try database.record(captures)
        return try database.latest(in: ReadingTable.aeWait).first { $0.hospital == "AHN" }?.usual["t3_p50"]
    }

    static let verdicts: [(Int, Usual.Verdict, Double)] = [
        (0, .muchShorter, 0), (1, .muchShorter, 2.5), (2, .shorter, 7.5), (4, .shorter, 17.5), (5, .shorter, 22.5),
        (10, .usual, 47.5),
        (15, .usual, 72.5), (16, .longer, 77.5), (19, .longer, 92.5), (20, .muchLonger, 97.5), (99, .muchLonger, 100),
    ]

    @Test("goes by where it stands among the weeks before", arguments: verdicts)
    func verdict(minutes: Int, verdict: Usual.Verdict, percentile: Double) throws {
        let usual = try #require(try Self.usual(weeks: 20, newest: minutes))
        #expect(usual.dates == 20)
        #expect(usual.percentile == percentile)
        #expect(usual.verdict == verdict)
    }

    @Test("is too early to say from fewer than 20 dates")
    func tooEarly() throws {
        let usual = try #require(try Self.usual(weeks: 19, newest: 5))
        #expect(usual.verdict == .tooEarly)
        #expect(usual.percentile == nil)
        #expect(usual.dates == 19)
    }

    @Test("looks at 364 days, and no further")
    func year() throws {
        #expect(try Self.usual(weeks: 56, newest: 5)?.dates == 52)
    }

    @Test("is not compared with another hour")
    func otherHour() throws {
        #expect(try Self.usual(weeks: 30, newest: 5, hour: "08")?.dates == 0)
    }
}
