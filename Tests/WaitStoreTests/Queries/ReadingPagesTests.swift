import Testing
import WaitCore

@testable import WaitStore

@Suite("Pages of readings")
struct ReadingPagesTests {
    /// Readings at 09:00, 09:15 and 09:30.
    static func record() throws -> WaitDatabase {
        try .holding(
            .fixture(.aeWait, .en),
            .edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:00AM")),
            .edited(.aeWait, .en, at: "2026-11-14T09:32", ("14/11/2026 9:15AM", "14/11/2026 9:30AM")))
    }

    static func table(_ feed: Feed) throws -> ReadingTable { try #require(ReadingTable.of(feed: feed.id)) }

    static func range(_ text: String) throws -> TimeRange { try #require(TimeRange(in: text)) }

    @Test("hold a range's readings in their order, and say where the others go on")
    func pages() throws {
        let (database, table, day) = try (Self.record(), Self.table(.aeWait), Self.range("2026-11-14"))
        let first = try database.readings(of: "QMH", in: table, day, limit: 2)
        #expect(first.readings.map(\.observedAt.timeText) == ["09:00", "09:15"] && first.next?.timeText == "09:30")
        let rest = TimeRange(from: try #require(first.next), to: day.to)
        let last = try database.readings(of: "QMH", in: table, rest, limit: 2)
        #expect(last.readings.map(\.observedAt.timeText) == ["09:30"] && last.next == nil)
    }

    @Test("hold every figure with its text, in the feed's order, and where it came from")
    func figures() throws {
        let page = try Self.record().readings(
            of: "AHN", in: Self.table(.aeWait), Self.range("2026-11-14"), limit: 1)
        let reading = try #require(page.readings.first)
        #expect(reading.figures.map(\.metric) == Feed.aeWait.figures.map(\.metric))
        #expect(reading.figures.first { $0.metric == "t3_p50" }?.text == "24 minutes")
        #expect(reading.origin == "live" && reading.captureID == 2 && !reading.isTrial)
    }

    @Test(
        "end where the range ends, and are empty outside of it",
        arguments: [("2026-11-13", 0), ("2026-11-14", 3), ("2026", 3)])
    func ranges(period: String, count: Int) throws {
        let page = try Self.record().readings(of: "QMH", in: Self.table(.aeWait), Self.range(period), limit: 10)
        #expect(page.readings.count == count && page.next == nil)
    }

    @Test("leave the trial out unless it is asked for")
    func trial() throws {
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, ("14/11/2026 9:15AM", "5/9/2025 9:15AM")))
        let (table, month) = try (Self.table(.aeWait), Self.range("2025-09"))
        #expect(try database.readings(of: "QMH", in: table, month, limit: 10).readings.isEmpty)
        let all = try database.readings(of: "QMH", in: table, month, includeTrial: true, limit: 10)
        #expect(all.readings.map(\.isTrial) == [true])
    }

    @Test("of nobody are empty")
    func nobody() throws {
        #expect(
            try Self.record().readings(of: "X", in: Self.table(.aeWait), Self.range("2026"), limit: 1).readings.isEmpty)
    }
}
