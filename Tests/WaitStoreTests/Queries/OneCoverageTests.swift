import Testing
import WaitCore

@testable import WaitStore

@Suite("One range has one coverage, asked for or not, in trend, profile, comparison and ledger")
struct OneCoverageTests {
    /// When the record begins, and how many readings it then has a quarter hour apart.
    static let records: [(String, Int)] = [
        ("2025-10-13T00:00", 4), ("2025-10-24T00:00", 700), ("2025-10-31T23:45", 1), ("2025-12-31T23:30", 4),
        ("2026-02-01T08:00", 96),
    ]

    private static func database(from time: String, count: Int) throws -> WaitDatabase {
        let start = try #require(HongKongMinute(text: time))
        let captures = try (0..<count).map { slot in
            let minute = start.adding(minutes: slot * 15)
            return try AEDocument(at: "\(minute.dayText)T\(minute.timeText)").capture()
        }
        let database = try WaitDatabase.inMemory()
        for first in stride(from: 0, to: captures.count, by: 500) {
            _ = try database.record(Array(captures[first..<min(first + 500, captures.count)]))
        }
        return database
    }

    private static func counts(_ row: AggregateSeries.Row) -> [Int] {
        [row.aggregate.count, row.aggregate.expected, row.aggregate.covered]
    }

    @Test("by month", arguments: records)
    func months(from: String, count: Int) throws {
        let database = try Self.database(from: from, count: count)
        let now = try TrendTests.now("2026-03-05T12:00")
        let unasked = try #require(
            try database.trend(of: ["AHN"], TrendTests.question(), by: .month, now: now).series.first
        ).rows
        let ledger = try database.coverage(
            of: "ae-wait", hospital: "AHN", by: .month, in: TimeRange(from: HongKongMinute(sinceEpoch: 0), to: now),
            now: now)
        #expect(unasked.compactMap(\.start) == ledger.buckets.map(\.start))
        #expect(unasked.map(\.aggregate.expected) == ledger.buckets.map(\.counts.expected))
        #expect(unasked.map(\.aggregate.coverage) == ledger.buckets.map(\.counts.coverage))
        for row in unasked {
            let month = String(try #require(row.start).dayText.prefix(7))
            let range: TimeRange = try #require(TimeRange(in: month))
            let question = try TrendTests.question("t3_p50", range)
            let asked = try #require(
                try database.trend(of: ["AHN"], question, by: .month, now: now).series.first?.rows.first)
            #expect(Self.counts(asked) == Self.counts(row) && asked.aggregate.isPartial == row.aggregate.isPartial)
            let compared = try #require(try database.compare(["AHN"], question, now: now).rows.first)
            #expect(
                compared.aggregate.coverage == row.aggregate.coverage && compared.ownCoverage == row.aggregate.coverage)
        }
    }

    @Test("as a whole", arguments: records)
    func whole(from: String, count: Int) throws {
        let database = try Self.database(from: from, count: count)
        let now = try TrendTests.now("2026-03-05T12:00")
        let question = try TrendTests.question()
        let ledger = try database.coverage(
            of: "ae-wait", hospital: "AHN", by: .year, in: TimeRange(from: HongKongMinute(sinceEpoch: 0), to: now),
            now: now
        ).total
        let profile = try #require(try database.profile(of: ["AHN"], question, by: .hourOfDay, now: now).series.first)
        #expect(profile.rows.map(\.aggregate.expected).reduce(0, +) == ledger.expected)
        let compared = try #require(try database.compare(["AHN"], question, now: now).rows.first)
        #expect(compared.ownCoverage == ledger.coverage)
    }

    @Test("of a feed whose beginning is not known from the day of its first reading on")
    func oldFeed() throws {
        let database = try WaitDatabase.holding(.fixture(.aeTopWait, .en))
        let answer = try database.trend(
            of: ["AHN"], TrendTests.question("top_wait"), by: .day, now: TrendTests.now("2026-03-05T12:00"))
        #expect(answer.range.from.rfc3339 == "2025-10-13T00:00:00+08:00")
        #expect(answer.range.to.rfc3339 == "2025-10-13T00:30:00+08:00")
    }
}

@Suite("An answer with nothing in it says why")
struct EmptyAnswerTests {
    static let questions: [(String, String, String, String?)] = [
        ("t3_p50", "2024-01-01", "2024-12-31", "before the feed's life"),
        ("t3_p50", "2030-01-01", "2030-12-31", "in the future"),
        ("top_wait", "2026-10-01", "2026-10-31", "which ended with 2025-10-13T00:15:00+08:00"),
        ("t3_p50", "2025-09-01", "2025-09-30", "--include-trial"),
        ("t3_p50", "2026-01-01", "2026-01-31", "nothing of ae-wait that was asked for in this range"),
        ("t3_p50", "2025-09-01", "2026-11-14", "--include-trial"),
        ("t3_p50", "2026-11-14", "2026-11-14", nil),
    ]

    private static func database() throws -> WaitDatabase {
        try TrendTests.database(["2025-09-05T10:00"] + TrendTests.times)
    }

    @Test("of a trend, a profile and a comparison", arguments: questions)
    func aggregates(metric: String, from: String, to: String, says: String?) throws {
        let (database, now) = (try Self.database(), try TrendTests.now())
        let question = try TrendTests.question(metric, TrendTests.range(from, to))
        let notes = [
            try database.trend(of: ["AHN", "CMC"], question, by: .day, now: now).note,
            try database.profile(of: ["AHN"], question, by: .hourOfDay, now: now).note,
            try database.compare(["AHN", "CMC"], question, now: now).note,
        ]
        for note in notes.prefix(says == nil ? 2 : 3) {
            if let says { #expect(note?.contains(says) == true, "\(note ?? "nothing")") } else { #expect(note == nil) }
        }
    }

    @Test("of a trial that is asked for says nothing of it")
    func trial() throws {
        var question = try TrendTests.question("t3_p50", TrendTests.range("2025-09-01", "2025-09-30"))
        question.includesTrial = true
        #expect(try Self.database().trend(of: ["AHN"], question, by: .month, now: TrendTests.now()).note == nil)
    }

    @Test("of the ledger", arguments: [("2024-01-01", "2024-12-31"), ("2030-01-01", "2030-01-02")])
    func ledger(from: String, to: String) throws {
        let coverage = try Self.database().coverage(
            of: "ae-wait", by: .month, in: TrendTests.range(from, to), now: TrendTests.now())
        #expect(coverage.note?.hasPrefix("Not published") == true)
        #expect(coverage.note?.contains("Asked for: from \(from)") == true)
    }

    @Test("of an export", arguments: [("2024-01-01", "2025-01-01"), ("2025-09-01", "2025-10-01")])
    func export(from: String, to: String) throws {
        let database = try Self.database()
        let request = try ExportRequest(
            .aeWaits, as: .csv, from: HongKongMinute(text: from), to: HongKongMinute(text: to))
        #expect(try database.readings(request).isEmpty)
        let note = try #require(try database.note(on: request, isEmpty: true))
        #expect(note.contains("before the feed's life") && note.contains("Asked for: from \(from)"))
        #expect(note.contains("--include-trial") == (from == "2025-09-01"))
    }
}
