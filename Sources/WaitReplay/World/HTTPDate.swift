import WaitCore

import struct Foundation.Date

/// An instant as an HTTP date, `Tue, 20 Jan 2026 04:30:00 GMT` (RFC 9110, 5.6.7); fractions of a second are cut off.
func httpDate(_ instant: Date) -> String {
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was a Thursday
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let minute = HongKongMinute(secondsSince1970: instant.timeIntervalSince1970)
    let second = Int(instant.timeIntervalSince1970.rounded(.down)) - minute.secondsSince1970
    let days = floorDivide(minute.secondsSince1970, by: 86_400)
    let weekday = weekdays[days - floorDivide(days, by: 7) * 7]
    // What Hong Kong's clock shows eight hours earlier is what Greenwich's shows now.
    let utc = minute.adding(minutes: -8 * 60).civil
    let clock = [utc.hour, utc.minute, second].map { $0.padded(2) }.joined(separator: ":")
    return "\(weekday), \(utc.day.padded(2)) \(months[utc.month - 1]) \(utc.year) \(clock) GMT"
}
