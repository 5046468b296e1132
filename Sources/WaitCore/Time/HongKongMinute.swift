package import struct Foundation.Date

/// A minute of Hong Kong time, the precision the feeds publish in.
///
/// Counted in whole minutes since 1970-01-01T00:00Z. Hong Kong is UTC+8 without daylight saving since 1979, so the
/// civil date is plain arithmetic and needs no calendar and no time zone database.
package struct HongKongMinute: Hashable, Comparable, Sendable {
    /// Minutes since 1970-01-01T00:00Z.
    package let sinceEpoch: Int

    /// No minute is farther from 1970 than this, some two million years: arithmetic on minutes never overflows, whatever a file
    /// or a clock says.
    package static let farthest = 1 << 40

    /// The nearest there is to `sinceEpoch`, which is itself but for numbers that mean no time.
    package init(sinceEpoch: Int) {
        self.sinceEpoch = min(max(sinceEpoch, -Self.farthest), Self.farthest)
    }

    /// The minute that `secondsSince1970` falls in; the farthest one where it is infinite, and 0 where it is not a number.
    package init(secondsSince1970: Double) {
        let minutes = (secondsSince1970 / 60).rounded(.down)
        let farthest = Double(Self.farthest)
        sinceEpoch = minutes.isNaN ? 0 : Int(min(max(minutes, -farthest), farthest))
    }

    /// A civil time in Hong Kong; nil where the date does not exist or a part is out of range.
    package init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0) {
        guard (1970...9999).contains(year), (0...23).contains(hour), (0...59).contains(minute),
            (1...12).contains(month), (1...Self.daysIn(month: month, of: year)).contains(day)
        else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        sinceEpoch = days * 1_440 + hour * 60 + minute - Self.offsetMinutes
    }

    package static func < (earlier: Self, later: Self) -> Bool {
        earlier.sinceEpoch < later.sinceEpoch
    }

    /// Seconds since 1970-01-01T00:00Z.
    package var secondsSince1970: Int { sinceEpoch * 60 }

    /// The civil parts in Hong Kong.
    package var civil: (year: Int, month: Int, day: Int, hour: Int, minute: Int) {
        let local = sinceEpoch + Self.offsetMinutes
        let (day, minute) = local.flooredDivision(by: 1_440)
        let date = Self.date(daysSinceEpoch: day)
        return (date.year, date.month, date.day, minute / 60, minute % 60)
    }

    /// RFC 3339 with seconds and Hong Kong's offset: `2026-01-20T04:30:00+08:00`. Years after 9999 and before 0 have as many
    /// digits as they need, and a sign.
    package var rfc3339: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            var bytes: [UInt8] = []
            appendRFC3339(to: &bytes)
            return buffer.initialize(fromContentsOf: bytes)
        }
    }

    /// The same as ASCII: answers of many rows are made of little else.
    package func appendRFC3339(to bytes: inout [UInt8]) {
        let parts = civil
        if (0...9_999).contains(parts.year) {
            bytes.append(digits: parts.year, 4)
        } else {
            bytes.append(contentsOf: parts.year.padded(4).utf8)
        }
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: parts.month, 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: parts.day, 2)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(digits: parts.hour, 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: parts.minute, 2)
        bytes.append(contentsOf: Self.ending)
    }

    private static let ending = Array(":00+08:00".utf8)

    /// The civil day: `2026-01-20`.
    package var dayText: String {
        let parts = civil
        return "\(parts.year.padded(4))-\(parts.month.padded(2))-\(parts.day.padded(2))"
    }

    /// The civil day as a number: 20260120.
    package var dayNumber: Int {
        let parts = civil
        return parts.year * 10_000 + parts.month * 100 + parts.day
    }

    /// Midnight of the day written as a number (20260120); nil where there is no such day.
    package init?(dayNumber: Int) {
        self.init(year: dayNumber / 10_000, month: dayNumber / 100 % 100, day: dayNumber % 100)
    }

    /// The time of day: `04:30`.
    package var timeText: String {
        let parts = civil
        return "\(parts.hour.padded(2)):\(parts.minute.padded(2))"
    }

    /// The start of the quarter hour that this minute falls in (docs/design.md, "Words": slot).
    package var slotStart: Self {
        Self(sinceEpoch: sinceEpoch - sinceEpoch.flooredDivision(by: 15).remainder)
    }

    /// Hong Kong midnight at or before this minute.
    package var dayStart: Self {
        let (_, minute) = (sinceEpoch + Self.offsetMinutes).flooredDivision(by: 1_440)
        return Self(sinceEpoch: sinceEpoch - minute)
    }

    /// This minute moved by `minutes`.
    package func adding(minutes: Int) -> Self {
        // Two numbers of opposite signs cannot overflow, and two of one sign end at the farthest minute.
        let (sum, isOver) = sinceEpoch.addingReportingOverflow(minutes)
        return Self(sinceEpoch: isOver ? (minutes < 0 ? .min : .max) : sum)
    }

    private static let offsetMinutes = 8 * 60
}

extension HongKongMinute {
    /// Days since 1970-01-01 of a civil date (H. Hinnant, "chrono-compatible low-level date algorithms").
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The civil date `days` after 1970-01-01 (same source).
    private static func date(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension [UInt8] {
    /// Decimal digits, filled up with zeros on the left.
    fileprivate mutating func append(digits number: Int, _ width: Int) {
        var divisor = width == 4 ? 1_000 : 10
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

extension Int {
    /// Quotient and remainder with the remainder never negative.
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = ((self % divisor) + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }

    /// Decimal digits, filled up with zeros on the left; a sign where it is below 0.
    package func padded(_ width: Int) -> String {
        let digits = String(magnitude)
        return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}

extension HongKongMinute {
    /// The instant it begins.
    package var date: Date { Date(timeIntervalSince1970: Double(secondsSince1970)) }
}
