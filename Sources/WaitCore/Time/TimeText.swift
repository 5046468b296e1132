extension HongKongMinute {
    /// Reads a time as people and programs write it: `2026-01-20T04:30:00+08:00`, `2026-01-20T04:30`, `2026-01-20 04:30`,
    /// `2026-01-20`, `2026-01-19T20:30Z`. Without an offset it is Hong Kong time; seconds and their fractions are cut off.
    ///
    /// Offsets also as `+0800` and `+08` (ISO 8601, basic format), and `24:00` is the midnight that ends the day. Where a blank
    /// stands before an offset, it is the `+` that a form or a proxy has decoded.
    package init?(text: String) {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " || $0 == "t" }
        guard let date = Self.numbers(parts[0], separator: "-", widths: [4, 2, 2]) else { return nil }
        guard parts.count == 2 else {
            self.init(year: date[0], month: date[1], day: date[2])
            return
        }
        guard let (minutes, offsetMinutes) = Self.timeAndOffset(parts[1]),
            let midnight = HongKongMinute(year: date[0], month: date[1], day: date[2])
        else { return nil }
        self = midnight.adding(minutes: minutes + 480 - offsetMinutes)
    }

    /// Minutes since midnight, and the offset from UTC in minutes.
    private static func timeAndOffset(_ text: Substring) -> (minutes: Int, offsetMinutes: Int)? {
        let clock = text.prefix { $0.isNumber || $0 == ":" }
        let zone = withoutFraction(text.dropFirst(clock.count))
        guard let minutes = minutes(clock), let offset = offset(zone) else { return nil }
        return (minutes, offset)
    }

    /// From `00:00` to `24:00`, which has no seconds but `00`.
    private static func minutes(_ text: Substring) -> Int? {
        guard
            let time = numbers(text, separator: ":", widths: [2, 2, 2])
                ?? numbers(text, separator: ":", widths: [2, 2]),
            time[1] < 60, time.dropFirst(2).allSatisfy({ $0 < 60 })
        else { return nil }
        let minutes = time[0] * 60 + time[1]
        guard minutes < 1_440 || (minutes == 1_440 && time.dropFirst(2).allSatisfy { $0 == 0 }) else { return nil }
        return minutes
    }

    /// Minutes ahead of UTC; Hong Kong's where there is none.
    private static func offset(_ text: Substring) -> Int? {
        if text.isEmpty { return 480 }
        if text == "Z" || text == "z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" || sign == " " else { return nil }
        let digits = text.dropFirst()
        let parts =
            numbers(digits, separator: ":", widths: [2, 2]) ?? numbers(digits, separator: ":", widths: [2])
            ?? numbers(digits, separator: ":", widths: [4]).map { [$0[0] / 100, $0[0] % 100] }
        guard let parts, parts[0] < 24, (parts.dropFirst().first ?? 0) < 60 else { return nil }
        return (parts[0] * 60 + (parts.dropFirst().first ?? 0)) * (sign == "-" ? -1 : 1)
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
