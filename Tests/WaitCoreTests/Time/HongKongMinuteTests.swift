import Testing

@testable import WaitCore

@Suite("A Hong Kong minute")
struct HongKongMinuteTests {
    @Test(
        "is eight hours ahead of UTC",
        arguments: [
            (0, "1970-01-01T08:00:00+08:00"), (-480, "1970-01-01T00:00:00+08:00"),
            (29_480_910, "2026-01-20T04:30:00+08:00"), (29_338_095, "2025-10-13T00:15:00+08:00"),
            (28_396_799, "2023-12-29T07:59:00+08:00"),
        ])
    func offset(sinceEpoch: Int, text: String) {
        #expect(HongKongMinute(sinceEpoch: sinceEpoch).rfc3339 == text)
    }

    @Test("of every day of four centuries has that day's civil date, and back")
    func everyDay() {
        var counted = (year: 1970, month: 1, day: 1)
        var wrong: [Int] = []
        for day in 0..<146_097 {
            let minute = HongKongMinute(sinceEpoch: day * 1_440 - 480)
            let civil = minute.civil
            let back = HongKongMinute(year: counted.year, month: counted.month, day: counted.day)
            if (civil.year, civil.month, civil.day) != counted || back != minute { wrong.append(day) }
            counted = Self.next(counted)
        }
        #expect(wrong == [])
        #expect(counted == (2370, 1, 1))
    }

    /// The day after, by the calendar's rule and one step at a time.
    private static func next(_ date: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int) {
        let isLeap = date.year.isMultiple(of: 400) || (date.year.isMultiple(of: 4) && !date.year.isMultiple(of: 100))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
        return date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
    }

    @Test("of every minute of a day has that hour and minute, and back")
    func everyMinute() throws {
        let midnight = try #require(HongKongMinute(year: 2026, month: 1, day: 20))
        for count in 0..<1_440 {
            let minute = midnight.adding(minutes: count)
            #expect(minute.civil == (2026, 1, 20, count / 60, count % 60))
            #expect(HongKongMinute(year: 2026, month: 1, day: 20, hour: count / 60, minute: count % 60) == minute)
        }
    }

    @Test(
        "exists on days that exist",
        arguments: [(2024, 2, 29), (2000, 2, 29), (2400, 2, 29), (2026, 4, 30), (2025, 12, 31), (2026, 1, 1)])
    func realDay(year: Int, month: Int, day: Int) {
        #expect(HongKongMinute(year: year, month: month, day: day) != nil)
    }

    @Test(
        "does not exist on days that do not",
        arguments: [
            (2026, 2, 29), (2100, 2, 29), (2026, 2, 30), (2026, 4, 31), (2026, 1, 32), (2026, 1, 0), (2026, 0, 1),
            (2026, 13, 1), (1969, 12, 31), (10_000, 1, 1), (-1, 1, 1),
        ])
    func unrealDay(year: Int, month: Int, day: Int) {
        #expect(HongKongMinute(year: year, month: month, day: day) == nil)
    }

    @Test("does not exist at times that do not", arguments: [(24, 0), (-1, 0), (0, 60), (0, -1)])
    func unrealTime(hour: Int, minute: Int) {
        #expect(HongKongMinute(year: 2026, month: 1, day: 20, hour: hour, minute: minute) == nil)
    }

    @Test("rolls over the end of a day, a month, a leap February and a year", arguments: rollovers)
    func rollover(last: String, next: String) throws {
        #expect(try #require(HongKongMinute(text: last)).adding(minutes: 1).rfc3339 == next)
    }

    private static let rollovers = [
        ("2026-01-20T23:59", "2026-01-21T00:00:00+08:00"), ("2026-04-30T23:59", "2026-05-01T00:00:00+08:00"),
        ("2024-02-28T23:59", "2024-02-29T00:00:00+08:00"), ("2024-02-29T23:59", "2024-03-01T00:00:00+08:00"),
        ("2025-02-28T23:59", "2025-03-01T00:00:00+08:00"), ("2025-12-31T23:59", "2026-01-01T00:00:00+08:00"),
    ]

    @Test(
        "falls in the quarter hour that began at or before it",
        arguments: [
            ("2026-01-20T04:30", "04:30"), ("2026-01-20T04:31", "04:30"), ("2026-01-20T04:44", "04:30"),
            ("2026-01-20T04:45", "04:45"), ("2026-01-20T00:00", "00:00"), ("2026-01-20T23:59", "23:45"),
        ])
    func slot(text: String, start: String) throws {
        #expect(try #require(HongKongMinute(text: text)).slotStart.timeText == start)
    }

    @Test("has 96 slots in its day")
    func slotsOfDay() throws {
        let midnight = try #require(HongKongMinute(year: 2026, month: 1, day: 20))
        #expect(Set((0..<1_440).map { midnight.adding(minutes: $0).slotStart }).count == 96)
    }

    @Test("begins its day at Hong Kong's midnight, not at UTC's", arguments: ["00:00", "07:59", "08:00", "23:59"])
    func dayStart(time: String) throws {
        let minute = try #require(HongKongMinute(text: "2026-01-20T\(time)"))
        #expect(minute.dayStart.rfc3339 == "2026-01-20T00:00:00+08:00")
    }

    @Test(
        "is the minute a second falls in",
        arguments: [(1_768_854_600.0, 0), (1_768_854_659.999, 0), (1_768_854_660, 1)])
    func seconds(secondsSince1970: Double, minutesLater: Int) throws {
        let minute = try #require(HongKongMinute(text: "2026-01-20T04:30"))
        #expect(HongKongMinute(secondsSince1970: secondsSince1970) == minute.adding(minutes: minutesLater))
    }

    @Test("gives back the second it began at")
    func secondsBack() throws {
        #expect(try #require(HongKongMinute(text: "2026-01-20T04:30")).secondsSince1970 == 1_768_854_600)
    }

    @Test("is its day as a number, and back")
    func dayNumber() throws {
        let midnight = try #require(HongKongMinute(dayNumber: 20_260_120))
        #expect(midnight.rfc3339 == "2026-01-20T00:00:00+08:00")
        #expect(midnight.adding(minutes: 1_439).dayNumber == 20_260_120)
    }

    @Test(
        "is no day where the number names none",
        arguments: [0, 20_260_231, 20_261_301, 20_260_100, -20_260_120, 2_026_012])
    func unrealDayNumber(number: Int) {
        #expect(HongKongMinute(dayNumber: number) == nil)
    }

    @Test("is ordered by time")
    func order() {
        #expect(HongKongMinute(sinceEpoch: 1) < HongKongMinute(sinceEpoch: 2))
    }

    @Test(
        "is within bounds whatever number it is made of, and arithmetic on it ends the process nowhere",
        arguments: [Int.min, -1 << 62, -1 << 41, -1, 0, 4_223_371_199, 1 << 41, 1 << 62, .max])
    func anyNumber(number: Int) {
        let minute = HongKongMinute(sinceEpoch: number)
        for moved in [.min, -1, 0, 1, .max].map({ minute.adding(minutes: $0) }) + [minute] {
            #expect(moved.sinceEpoch.magnitude <= HongKongMinute.farthest)
            #expect(moved.slotStart <= moved && moved.dayStart <= moved)
            #expect(moved.rfc3339.hasSuffix(":00+08:00") && moved.dayText.count >= 10)
            _ = (moved.civil, moved.dayNumber, moved.timeText, moved.weekday, moved.date, moved.secondsSince1970)
        }
    }

    @Test(
        "is within bounds whatever a clock says",
        arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, .greatestFiniteMagnitude])
    func anyInstant(seconds: Double) {
        #expect(HongKongMinute(secondsSince1970: seconds).sinceEpoch.magnitude <= HongKongMinute.farthest)
    }

    @Test(
        "has as many digits of the year as it needs",
        arguments: [
            (4_223_371_199, "9999-12-31T23:59:00+08:00", "9999-12-31"),
            (4_223_371_200, "10000-01-01T00:00:00+08:00", "10000-01-01"),
            (-1_036_801_920, "-0002-09-15T00:00:00+08:00", "-0002-09-15"),
        ])
    func farYears(minute: Int, text: String, day: String) {
        let minute = HongKongMinute(sinceEpoch: minute)
        #expect(minute.rfc3339 == text && minute.dayText == day)
    }

}
