extension HongKongMinute {
    /// Reads a time as people and programs write it: `2026-01-20T04:30:00+08:00`, `2026-01-20T04:30`, `2026-01-20 04:30`,
    /// `2026-01-20`, `2026-01-19T20:30Z`. Without an offset it is Hong Kong time; seconds and their fractions are cut off.
    package init?(text: String) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " || $0 == "t" }
        guard let date = Self.numbers(parts[0], separator: "-", widths: [4, 2, 2]) else { return nil }
        guard parts.count == 2 else {
            self.init(year: date[0], month: date[1], day: date[2])
            return
        }
        guard let (time, offsetMinutes) = Self.timeAndOffset(parts[1]),
            let local = HongKongMinute(year: date[0], month: date[1], day: date[2], hour: time[0], minute: time[1])
        else { return nil }
        self = local.adding(minutes: 480 - offsetMinutes)
    }

    /// Hours, minutes and seconds, and the offset from UTC in minutes.
    private static func timeAndOffset(_ text: Substring) -> (time: [Int], offsetMinutes: Int)? {
        let clock = text.prefix { $0.isNumber || $0 == ":" }
        let zone = withoutFraction(text.dropFirst(clock.count))
        guard
            let time = numbers(clock, separator: ":", widths: [2, 2, 2])
                ?? numbers(clock, separator: ":", widths: [2, 2]),
            time.dropFirst(2).allSatisfy({ $0 < 60 })
        else { return nil }
        if zone.isEmpty { return (time, 480) }
        if zone == "Z" || zone == "z" { return (time, 0) }
        guard let sign = zone.first, sign == "+" || sign == "-",
            let offset = numbers(zone.dropFirst(), separator: ":", widths: [2, 2]), offset[0] < 24, offset[1] < 60
        else { return nil }
        return (time, (offset[0] * 60 + offset[1]) * (sign == "-" ? -1 : 1))
    }

    /// `.000Z` as `Z`.
    private static func withoutFraction(_ text: Substring) -> Substring {
        let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
        return text.first == "." && !digits.isEmpty ? text.dropFirst(1 + digits.count) : text
    }

    private static func numbers(_ text: Substring, separator: Character, widths: [Int]) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == widths else { return nil }
        let numbers = parts.compactMap { part in part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil }
        return numbers.count == widths.count ? numbers : nil
    }
}
