import Foundation
import Testing
import WaitCore

@testable import WaitStore

@Suite("A trend")
struct TrendTests {
    /// Saturday 14 and Sunday 15 November 2026; T3's half wait is the minute of the hour.
    static let times = [
        "2026-11-14T09:00", "2026-11-14T09:15", "2026-11-14T09:20", "2026-11-14T10:45", "2026-11-15T00:30",
        "2026-11-16T08:10",
    ]

    static func database(_ times: [String] = times) throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        _ = try database.record(times.map { try AEDocument(at: $0).capture() })
        return database
    }

    static func now(_ text: String = "2026-11-16T08:20") throws -> HongKongMinute {
        try #require(HongKongMinute(text: text))
    }

    static func range(_ from: String, _ to: String) throws -> TimeRange {
        TimeRange(from: try #require(TimeRange.start(from)), to: try #require(TimeRange.end(to)))
    }

    /// The days that `times` are of.
    static func threeDays(_ metric: String = "t3_p50") throws -> AggregateQuestion {
        try question(metric, range("2026-11-14", "2026-11-16"))
    }

    static func question(_ metric: String = "t3_p50", _ range: TimeRange? = nil) throws -> AggregateQuestion {
        AggregateQuestion(metric: try #require(Metric.named(metric)), range: range)
    }

    private static func rows(
        _ question: AggregateQuestion, by size: BucketSize, _ database: WaitDatabase, now: String = "2026-11-16T08:20"
    ) throws -> [AggregateSeries.Row] {
        try #require(try database.trend(of: ["AHN"], question, by: size, now: Self.now(now)).series.first).rows
    }

    private static func text(_ rows: [AggregateSeries.Row]) -> [String] {
        rows.map { row in
            let aggregate = row.aggregate
            let figures = aggregate.figures.map { figures in
                [figures.minimum, figures.p05, figures.p25, figures.median, figures.p75, figures.p95, figures.maximum]
                    .map(String.init).joined(separator: " ") + " mean \(figures.mean.plainText)"
            }
            let start = row.start?.rfc3339.prefix(16) ?? ""
            return "\(start) \(aggregate.count) \(aggregate.covered)/\(aggregate.expected) \(figures ?? "none")"
        }
    }

    @Test("by day has a row for each day, each reading counted and each slot covered once")
    func byDay() throws {
        let rows = try Self.rows(Self.threeDays(), by: .day, Self.database())
        #expect(
            Self.text(rows) == [
                "2026-11-14T00:00 4 3/96 0 0 0 15 20 45 45 mean 20",
                "2026-11-15T00:00 1 1/96 30 30 30 30 30 30 30 mean 30",
                "2026-11-16T00:00 1 1/33 10 10 10 10 10 10 10 mean 10",
            ])
    }

    @Test("by hour and by quarter hour shows empty buckets, and edges cut to the range")
    func edges() throws {
        let range = try Self.range("2026-11-14T09:10", "2026-11-14T11:05")
        #expect(
            Self.text(try Self.rows(Self.question("t3_p50", range), by: .hour, Self.database())) == [
                "2026-11-14T09:10 2 1/3 15 15 15 15 20 20 20 mean 17.5",
                "2026-11-14T10:00 1 1/4 45 45 45 45 45 45 45 mean 45",
                "2026-11-14T11:00 0 0/0 none",
            ])
        let quarters = try Self.rows(Self.question("t3_p50", range), by: .quarterHour, Self.database())
        #expect(quarters.map { $0.start?.timeText ?? "" }.prefix(3) == ["09:10", "09:15", "09:30"])
        #expect(quarters.map(\.aggregate.count) == [0, 2, 0, 0, 0, 0, 0, 1, 0])
    }

    @Test("counts a reading of a slot that the range cuts by its own minute")
    func cutSlot() throws {
        let until = try Self.range("2026-11-14", "2026-11-14T09:20")
        let from = try Self.range("2026-11-14T09:20", "2026-11-14T09:21")
        #expect(try Self.rows(Self.question("t3_p50", until), by: .year, Self.database())[0].aggregate.count == 2)
        #expect(try Self.rows(Self.question("t3_p50", from), by: .year, Self.database())[0].aggregate.count == 1)
    }

    @Test("without a range covers the feed's life, up to the running slot")
    func whole() throws {
        let answer = try Self.database().trend(of: ["AHN"], Self.question(), by: .month, now: Self.now())
        #expect(answer.range.from.rfc3339 == "2025-10-13T00:00:00+08:00")
        #expect(answer.range.to.rfc3339 == "2026-11-16T08:30:00+08:00")
    }

    @Test("leaves the trial out, unless it is asked for; it is expected never")
    func trial() throws {
        let database = try Self.database(["2025-09-05T10:00", "2025-09-05T10:15", "2025-10-13T00:15"])
        var question = try Self.question("t3_p50", Self.range("2025-09-05", "2025-10-13"))
        let rows = try Self.rows(question, by: .month, database)
        #expect(rows.map(\.aggregate.count) == [0, 1])
        #expect(rows.map(\.aggregate.expected) == [0, 96])
        #expect(rows[0].aggregate.coverage == nil)
        question.includesTrial = true
        #expect(try Self.rows(question, by: .month, database).map(\.aggregate.count) == [2, 1])
        #expect(try Self.rows(question, by: .month, database).map(\.aggregate.expected) == [0, 96])
        (question.from, question.to) = (nil, nil)
        #expect(
            try database.trend(of: ["AHN"], question, by: .year, now: Self.now()).range.from.rfc3339
                == "2025-09-05T00:00:00+08:00")
    }

    static let turns: [(BucketSize, [String])] = [
        (.week, ["2026-12-27", "2026-12-28", "2027-01-04"]),
        (.month, ["2026-12-27", "2027-01-01"]), (.year, ["2026-12-27", "2027-01-01"]), (.financialYear, ["2026-12-27"]),
        (.day, (27...31).map { "2026-12-\($0)" } + (1...5).map { "2027-01-0\($0)" }),
    ]

    @Test("cuts weeks by ISO at the turn of the year, and years where they turn", arguments: turns)
    func turnOfYear(size: BucketSize, starts: [String]) throws {
        let database = try Self.database(["2026-12-27T10:00", "2027-01-03T23:45", "2027-01-05T00:00"])
        let rows = try Self.rows(
            Self.question("t3_p50", Self.range("2026-12-27", "2027-01-05")), by: size, database, now: "2027-02-01")
        #expect(rows.compactMap(\.start?.dayText) == starts)
        #expect(rows.map(\.aggregate.expected).reduce(0, +) == 960)
    }

    @Test("begins a financial year on 1 April")
    func financialYear() throws {
        let database = try Self.database(["2027-03-31T23:45", "2027-04-01T00:00"])
        let rows = try Self.rows(
            Self.question("t3_p50", Self.range("2026-11-01", "2027-05-01")), by: .financialYear, database,
            now: "2028-01-01")
        #expect(rows.compactMap(\.start?.dayText) == ["2026-11-01", "2027-04-01"])
        #expect(rows.map(\.aggregate.count) == [1, 1])
    }

    @Test("counts no unknown phrase, and covers its slot all the same")
    func unknownPhrase() throws {
        let database = try WaitDatabase.inMemory()
        _ = try database.record([
            AEDocument(at: "2026-11-14T09:00", fields: ["t3p50": "soon"]).capture(),
            AEDocument(at: "2026-11-15T09:00").capture(),
        ])
        #expect(
            Self.text(try Self.rows(Self.threeDays(), by: .day, database, now: "2026-11-15T23:00"))[0]
                == "2026-11-14T00:00 0 1/96 none")
    }

    static let shareCases: [(String, Int, Double)] = [
        ("t1_managing", 3, 1.0 / 3), ("resuscitation", 4, 0.25), ("t1_or_resuscitation", 4, 0.5),
        ("t2_managing", 5, 1),
    ]

    @Test("of a share leaves several resuscitations out, or counts them as what they are", arguments: shareCases)
    func shares(metric: String, count: Int, mean: Double) throws {
        let database = try WaitDatabase.inMemory()
        let flags = ["Y", "N", "N/A", "N", "?"]
        let captures = try flags.enumerated().map { index, flag in
            try AEDocument(at: "2026-11-14T0\(index):00", fields: ["manageT1case": flag]).capture()
        }
        _ = try database.record(captures + [AEDocument(at: "2026-11-15T09:00").capture()])
        let range = try Self.range("2026-11-14", "2026-11-14")
        let share = try Self.rows(Self.question(metric, range), by: .day, database)[0].aggregate
        #expect(share.count == count && share.figures?.mean == mean)
        #expect(share.covered == 5)
    }

    @Test("keeps weekdays and hours that are asked for, in what is expected too")
    func filter() throws {
        var question = try Self.threeDays()
        question.filter = SlotFilter(weekdays: [6], hours: SlotFilter.hours("09-10"))
        let rows = try Self.rows(question, by: .day, Self.database())
        #expect(rows.map(\.aggregate.count) == [3, 0, 0])
        #expect(rows.map(\.aggregate.expected) == [4, 0, 0])
    }

    @Test("tells the share of at least so many minutes")
    func atLeast() throws {
        var question = try Self.threeDays()
        question.atLeast = 20
        #expect(try Self.rows(question, by: .day, Self.database()).map(\.aggregate.shareAtLeast) == [0.5, 1, 0])
    }

    @Test("keeps hospitals beside each other, in the order asked")
    func several() throws {
        let database = try WaitDatabase.inMemory()
        try database.record(
            AEDocument(at: "2026-11-14T09:10", others: ["Caritas Medical Centre": ["t3p50": "7 minutes"]]).capture())
        let answer = try database.trend(
            of: ["CMC", "AHN", "QMH"], Self.question(), by: .year, now: Self.now())
        #expect(answer.series.map(\.hospital.code) == ["CMC", "AHN", "QMH"])
        #expect(answer.series.map { $0.rows.last?.aggregate.figures?.median } == [7, 10, nil])
    }
}

@Suite("A profile")
struct ProfileTests {
    static let sizes: [(ProfileSize, [Int: Int])] = [
        (.hourOfDay, [0: 1, 8: 1, 9: 3, 10: 1]), (.dayOfWeek, [6: 4, 7: 1, 1: 1]),
        (.hourOfWeek, [129: 3, 130: 1, 144: 1, 8: 1]), (.monthOfYear, [11: 6]),
    ]

    @Test("puts each reading in its bucket, and every slot of the range where it is due", arguments: sizes)
    func buckets(size: ProfileSize, counts: [Int: Int]) throws {
        let question = try TrendTests.question("t3_p50", TrendTests.range("2026-11-14", "2026-11-15"))
        var whole = question
        (whole.from, whole.to) = (nil, nil)
        let database = try TrendTests.database()
        let rows = try database.profile(of: ["AHN"], whole, by: size, now: TrendTests.now()).series[0].rows
        #expect(rows.map { $0.bucket ?? -1 } == Array(size.buckets))
        #expect(
            Dictionary(
                uniqueKeysWithValues: rows.filter { $0.aggregate.count > 0 }.map {
                    ($0.bucket ?? -1, $0.aggregate.count)
                })
                == counts)
        let twoDays = try database.profile(of: ["AHN"], question, by: size, now: TrendTests.now()).series[0].rows
        #expect(twoDays.map(\.aggregate.expected).reduce(0, +) == 192)
    }
}
