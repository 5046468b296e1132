import Testing

@testable import WaitCore

@Suite("A range of time")
struct TimeRangeTests {
    @Test(
        "in a year, a month or a day is that whole period",
        arguments: [
            ("2025", "2025-01-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"),
            ("2025-12", "2025-12-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"),
            ("2024-02", "2024-02-01T00:00:00+08:00", "2024-03-01T00:00:00+08:00"),
            ("2025-10-31", "2025-10-31T00:00:00+08:00", "2025-11-01T00:00:00+08:00"),
        ])
    func periods(text: String, from: String, to: String) throws {
        let range = try #require(TimeRange(in: text))
        #expect(range.from.rfc3339 == from)
        #expect(range.to.rfc3339 == to)
    }

    @Test(
        "in anything else is none",
        arguments: ["", "25", "2025-13", "2025-02-30", "2025-1", "2025-10-31T00:00", "x025"])
    func noPeriod(text: String) {
        #expect(TimeRange(in: text) == nil)
    }

    @Test(
        "ends after a bare day, and at an instant",
        arguments: [("2026-01-31", "2026-02-01T00:00:00+08:00"), ("2026-01-31T12:00", "2026-01-31T12:00:00+08:00")])
    func ends(text: String, end: String) {
        #expect(TimeRange.end(text)?.rfc3339 == end)
    }

    @Test("touches the days it touches")
    func days() throws {
        let range = TimeRange(
            from: try #require(HongKongMinute(text: "2026-01-30T23:45")),
            to: try #require(HongKongMinute(text: "2026-02-01T00:01")))
        #expect(range.days.map(\.dayText) == ["2026-01-30", "2026-01-31", "2026-02-01"])
        #expect(TimeRange(from: range.from, to: range.from).days.isEmpty)
    }

    @Test(
        "is cut into ISO weeks, months and years of Hong Kong",
        arguments: [
            (BucketSize.day, "2026-01-01"), (.week, "2025-12-29"), (.month, "2026-01-01"), (.year, "2026-01-01"),
        ])
    func buckets(size: BucketSize, start: String) throws {
        let minute = try #require(HongKongMinute(text: "2026-01-01T23:59"))
        #expect(size.start(of: minute).rfc3339 == "\(start)T00:00:00+08:00")
    }

    @Test("knows the weekday", arguments: [("2026-11-21", 6), ("2026-11-22", 7), ("2026-11-23", 1), ("1999-12-31", 5)])
    func weekdays(day: String, weekday: Int) throws {
        #expect(try #require(HongKongMinute(text: "\(day)T00:00")).weekday == weekday)
        #expect(try #require(HongKongMinute(text: "\(day)T23:59")).weekday == weekday)
    }
}
