/// An instant on the Hong Kong clock: UTC+8 without daylight saving since 1979 (FEEDS.md), by arithmetic alone.
struct HongKongTime: Equatable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int

    /// How far the Hong Kong clock is ahead of UTC.
    static let offsetSeconds = 8 * 3_600
    static let daySeconds = 86_400
    /// A quarter hour; one of Hong Kong's is one of UTC's too.
    static let slotSeconds = 900

    /// - Parameter unixSeconds: seconds since 1970-01-01 00:00 UTC.
    init(unixSeconds: Int) {
        let local = unixSeconds + Self.offsetSeconds
        let days = floorDivide(local, by: Self.daySeconds)
        let second = local - days * Self.daySeconds
        (year, month, day) = civilDate(daysSince1970: days)
        hour = second / 3_600
        minute = second % 3_600 / 60
    }

    /// The hour of a twelve-hour clock: 12 at midnight and noon.
    var hourOfTwelve: Int { hour % 12 == 0 ? 12 : hour % 12 }
    var isMorning: Bool { hour < 12 }
}

/// The date of a day of the Gregorian calendar. Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms,
/// `civil_from_days`.
func civilDate(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = daysSince1970 + 719_468
    let era = floorDivide(shifted, by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

/// An instant as an HTTP date, `Tue, 20 Jan 2026 04:30:00 GMT` (RFC 9110, 5.6.7).
func httpDate(unixSeconds: Int) -> String {
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was a Thursday
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let days = floorDivide(unixSeconds, by: HongKongTime.daySeconds)
    let second = unixSeconds - days * HongKongTime.daySeconds
    let date = civilDate(daysSince1970: days)
    let weekday = weekdays[days - floorDivide(days, by: 7) * 7]
    let clock = [second / 3_600, second % 3_600 / 60, second % 60].map(twoDigits).joined(separator: ":")
    return "\(weekday), \(twoDigits(date.day)) \(months[date.month - 1]) \(date.year) \(clock) GMT"
}

/// The start of the quarter hour an instant falls in, in seconds since 1970.
func slotStart(of unixSeconds: Int) -> Int {
    floorDivide(unixSeconds, by: HongKongTime.slotSeconds) * HongKongTime.slotSeconds
}

/// Division that rounds towards the past, before 1970 too; the divisor is positive.
func floorDivide(_ value: Int, by divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

private func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}
