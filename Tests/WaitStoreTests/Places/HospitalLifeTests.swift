import Foundation
import Testing
import WaitCore

@testable import WaitStore

/// Documents of the new A&E feed, one at 09:15 on each of some days of November 2026.
struct DailyDocuments {
    static let base = ["Alice Ho Miu Ling Nethersole Hospital", "Caritas Medical Centre"]
    static let newcomer = "Lantau Harbour Hospital"
    static let code = "lantau-harbour-hospital"

    /// Days with a document, and those on which it also has `name`.
    static func database(_ days: some Sequence<Int>, _ name: String, on others: Set<Int>) throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        let captures = try days.map { day in
            try AEDocument(at: at(day), hospitals: base + (others.contains(day) ? [name] : [])).capture()
        }
        _ = try database.record(captures)
        return database
    }

    static func at(_ day: Int) -> String { "2026-11-\(day.padded(2))T09:15" }
}

extension WaitDatabase {
    /// Slots that the ledger of the new feed expects; of all hospitals that count, or of one.
    func expected(_ hospital: String? = nil, from: String, to: String, now: String) throws -> Int {
        let range = TimeRange(from: try minute(from), to: try minute(to))
        let coverage = try coverage(
            of: Feed.aeWait.id, hospital: hospital, by: .year, in: range, now: try minute(now))
        return coverage.total.expected
    }

    private func minute(_ text: String) throws -> HongKongMinute { try #require(HongKongMinute(text: text)) }
}

@Suite("What is expected of a hospital begins with its first reading and ends when it is gone")
struct HospitalLifeTests {
    private static let (month, end) = ("2026-11-01", "2026-12-01")

    /// Days of documents, days with the newcomer, the quarter hours expected of it in November, up to the 30th.
    static let lives: [(name: String, documents: ClosedRange<Int>, on: Set<Int>, expected: Int)] = [
        ("from its first reading on", 1...10, Set(3...10), 28 * 96 - 37),
        ("from its first reading on, with gaps between", 1...20, [3, 4, 5, 11, 12, 13, 14, 19], 28 * 96 - 37),
        ("while it was absent for less than 14 days", 1...17, Set(2...4), 29 * 96 - 37),
        ("up to its last reading once it was absent for 14 days", 1...18, Set(2...4), 2 * 96 + 1),
        ("up to its last reading when it was absent for long", 1...30, Set(2...9), 7 * 96 + 1),
        ("again from the reading that brings it back", 1...30, Set(2...4).union(20...30), 2 * 96 + 1 + 11 * 96 - 37),
        ("in one piece where it came back within 14 days", 1...30, Set(2...4).union(18...30), 29 * 96 - 37),
        ("for one quarter hour of a single reading", 1...30, [5], 1),
        ("nowhere where it never was", 1...30, [], 0),
    ]

    @Test("is counted", arguments: lives)
    func life(name: String, documents: ClosedRange<Int>, on days: Set<Int>, expected: Int) throws {
        let database = try DailyDocuments.database(documents, DailyDocuments.newcomer, on: days)
        let code = DailyDocuments.code
        #expect(try database.expected(code, from: Self.month, to: Self.end, now: "2026-12-01") == expected)
        // The same of any part of the range.
        let parts = try (1...30).map { day in
            let (from, to) = ("2026-11-\(day.padded(2))", day == 30 ? Self.end : "2026-11-\((day + 1).padded(2))")
            return try database.expected(code, from: from, to: to, now: "2026-12-01")
        }
        #expect(parts.reduce(0, +) == expected)
        guard !days.isEmpty else { return }
        let range = TimeRange(
            from: try #require(HongKongMinute(text: Self.month)), to: try #require(HongKongMinute(text: Self.end)))
        let trend = try database.trend(
            of: [code], TrendTests.question("t3_p50", range), by: .day, now: TrendTests.now("2026-12-01T00:00"))
        #expect(trend.series[0].rows.map(\.aggregate.expected) == parts)
    }

    @Test("of days without documents says nothing", arguments: [[1, 2, 3], [1, 2, 3, 28], [1, 2, 3, 27, 28, 29]])
    func silence(days: [Int]) throws {
        let database = try DailyDocuments.database(days, DailyDocuments.newcomer, on: [1, 2, 3])
        let expected = try database.expected(
            DailyDocuments.code, from: Self.month, to: Self.end, now: "2026-12-01")
        #expect(expected == 30 * 96 - 37)
    }

    @Test("of a shipped hospital begins with the feed, until documents were without it for 14 days")
    func shipped() throws {
        let few = try DailyDocuments.database(1...10, DailyDocuments.newcomer, on: [])
        #expect(try few.expected("QMH", from: Self.month, to: Self.end, now: "2026-12-01") == 30 * 96)
        #expect(try few.expected(from: Self.month, to: Self.end, now: "2026-12-01") == 18 * 30 * 96)
        let many = try DailyDocuments.database(1...30, "Queen Mary Hospital", on: [29, 30])
        #expect(try many.expected("QMH", from: Self.month, to: Self.end, now: "2026-12-01") == 2 * 96 - 37)
        #expect(try many.expected("RH", from: Self.month, to: Self.end, now: "2026-12-01") == 0)
    }
}

@Suite("A name that is seen only now and then counts nowhere")
struct SeldomHospitalTests {
    /// Documents that have the name; whether it counts.
    static let counts = [(1, false), (2, false), (7, false), (8, true), (20, true)]

    @Test("is in aggregates over all hospitals once eight documents had it, from the first on", arguments: counts)
    func eight(documents: Int, counts: Bool) throws {
        let days = 30 - documents + 1
        let database = try DailyDocuments.database(1...30, DailyDocuments.newcomer, on: Set(days...30))
        let others = 2 * 30 * 96
        let life = (31 - days) * 96 - 37
        #expect(
            try database.expected(from: "2026-11-01", to: "2026-12-01", now: "2026-12-01")
                == others + (counts ? life : 0))
        // The other 16 were in none of thirty days of documents: they are gone.
        #expect(try database.expected(from: "2026-10-01", to: "2026-11-01", now: "2026-12-01") == 2 * 31 * 96)
        let code = DailyDocuments.code
        #expect(try database.hospitalsWithReadings(in: Feed.aeWait.id).contains(code) == counts)
        #expect(try database.latest(in: ReadingTable.aeWait).map(\.hospital).contains(code) == counts)
        #expect(try database.places(.hospitals).map(\.id).contains(code) == counts)
        #expect(try database.values("SELECT code FROM hospital").contains(code) == counts)
        // Asked for by code or name it answers all the same.
        #expect(try database.hospitals(named: "lantau harbour hospital") == [code])
        #expect(try database.count("ae_wait", where: "hospital = '\(code)'") == documents)
        let presence = try #require(
            try database.hospitalPresences(in: ReadingTable.aeWait).first { $0.code == code })
        #expect(presence.counts == counts && presence.name == DailyDocuments.newcomer)
        #expect(try database.findings() == [])
    }

    @Test("leaves comparisons as they were", arguments: [1, 7])
    func compare(documents: Int) throws {
        let with = try DailyDocuments.database(1...30, DailyDocuments.newcomer, on: Set(1...documents))
        let without = try DailyDocuments.database(1...30, DailyDocuments.newcomer, on: [])
        let comparisons = try [with, without].map {
            try $0.compare(nil, TrendTests.question("t3_p50", nil), now: TrendTests.now("2026-12-01T00:00"))
        }
        #expect(comparisons[0].commonSlots == 30 && comparisons[1].commonSlots == 30)
        #expect(comparisons[0].rows.map(\.hospital.code) == ["AHN", "CMC"])
        #expect(comparisons[0].leftOut.isEmpty)
    }

    @Test("is left out of comparisons over a longer time, and named, when it counts")
    func newcomer() throws {
        let database = try DailyDocuments.database(1...30, DailyDocuments.newcomer, on: Set(20...30))
        let question = try TrendTests.question("t3_p50", TrendTests.range("2026-11-01", "2026-11-30"))
        let comparison = try database.compare(nil, question, now: TrendTests.now("2026-12-01T00:00"))
        #expect(comparison.commonSlots == 30)
        #expect(comparison.rows.map(\.hospital.code) == ["AHN", "CMC"])
        #expect(comparison.leftOut.map(\.code) == [DailyDocuments.code])
        let asked = try database.compare(
            ["AHN", DailyDocuments.code], question, now: TrendTests.now("2026-12-01T00:00"))
        #expect(asked.commonSlots == 11)
        #expect(asked.rows.map(\.aggregate.expected) == [11 * 96 - 37, 11 * 96 - 37])
    }

    @Test("is none of the hospitals of its directory alone")
    func directory() throws {
        let database = try WaitDatabase.inMemory()
        let before = try database.expected(from: "2025-10-13", to: "2026-12-01", now: "2026-12-01")
        let edits = [("\"Bradbury Hospice\"", "\"Lantau Harbour Hospital\"")]
        let document = try Feed.hospitalDirectory.document()
        var bytes = try Feed.hospitalDirectory.fixture(document).replacing(edits)
        var text = String(decoding: bytes, as: UTF8.self)
        let name = try #require(text.range(of: "Lantau Harbour Hospital"))
        let flag = try #require(text.range(of: "\"No\"", range: name.upperBound..<text.endIndex))
        text.replaceSubrange(flag, with: "\"Yes\"")
        bytes = Data(text.utf8)
        try database.record(.of(bytes, .hospitalDirectory, document))
        #expect(try database.expected(from: "2025-10-13", to: "2026-12-01", now: "2026-12-01") == before)
        #expect(try !database.latest(in: ReadingTable.aeWait).map(\.hospital).contains(DailyDocuments.code))
        #expect(try database.findings() == [])
    }
}

@Suite("A possible rename is told, not guessed")
struct PossibleRenameTests {
    private static func minute(_ day: Int) -> HongKongMinute { HongKongMinute(sinceEpoch: day * 1_440) }

    private static func presence(_ code: String, _ days: ClosedRange<Int>, before: Int? = nil) -> HospitalPresence {
        HospitalPresence(
            code: code, name: code, first: minute(days.lowerBound), newest: minute(days.upperBound),
            before: before.map(minute))
    }

    static let cases: [(String, [HospitalPresence], [String])] = [
        ("one went and one came", [presence("A", 1...5), presence("B", 6...9, before: 5)], ["A>B"]),
        (
            "the other hospitals stay",
            [presence("A", 1...5), presence("B", 6...9, before: 5), presence("C", 1...9)], ["A>B"]
        ),
        ("it came later", [presence("A", 1...5), presence("B", 7...9, before: 6), presence("C", 1...9)], []),
        (
            "two came", [presence("A", 1...5), presence("B", 6...9, before: 5), presence("C", 6...9, before: 5)], []
        ),
        ("two went", [presence("A", 1...5), presence("B", 6...9, before: 5), presence("C", 1...5)], []),
        ("nothing went", [presence("A", 1...9), presence("B", 6...9, before: 5)], []),
        ("nothing came", [presence("A", 1...5), presence("B", 1...9)], []),
        (
            "twice in a row",
            [presence("A", 1...5), presence("B", 6...7, before: 5), presence("C", 8...9, before: 7)], ["A>B", "B>C"]
        ),
    ]

    @Test("where one came when one went", arguments: cases)
    func renames(name: String, all: [HospitalPresence], renames: [String]) {
        #expect(
            HospitalPresence.possibleRenames(among: all).map { "\($0.former.code)>\($0.new.code)" } == renames)
    }

    @Test("from a record")
    func record() throws {
        let database = try WaitDatabase.inMemory()
        for day in 1...20 {
            let name = day < 11 ? "Queen Mary Hospital" : DailyDocuments.newcomer
            try database.record(
                AEDocument(at: DailyDocuments.at(day), hospitals: DailyDocuments.base + [name]).capture())
        }
        let presences = try database.hospitalPresences(in: ReadingTable.aeWait)
        let found = HospitalPresence.possibleRenames(among: presences)
        #expect(found.map(\.former.code) == ["QMH"] && found.map(\.new.code) == [DailyDocuments.code])
    }
}
