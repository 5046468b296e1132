/// Reads the `updateTime` of an A&E document in every spelling of docs/feeds.md, and in what can only be another spelling of a time.
///
/// English: `20/1/2026 4:30AM`, `13/10/2025 12:15am`, `27/07/2025 10:45 AM`. Chinese: `2026年9月19日 下午1時15分`, with `时`
/// in simplified script. Day before month, a 12-hour clock: 12:15am is 00:15, 12:15PM is 12:15, 上午12時 is 0 h. Also read: an hour
/// above 12 with PM, full-width digits and signs, any white space, `a.m.`, seconds, a weekday that agrees, the month as a word,
/// `2026-01-20 04:30` and RFC 3339 with Hong Kong's offset, UTC's or none (the year first is a 24-hour clock), `20-1-2026` and `20.1.2026`
/// where the first number cannot be a month, `HKT`, a full stop.
///
/// A text that could mean two times is not read: `4:30` without AM or PM behind `20/1/2026`, `1-2-2026`, a year of two digits. An unreadable time
/// is never replaced by another one.
package enum UpdateTimeText {
    /// The Hong Kong minute that `text` names, nil where it is in none of the known spellings or names no real time.
    package static func minute(of text: String) -> HongKongMinute? {
        var scanner = TimeScanner(text)
        return scanner.minute()
    }
}

private struct TimeScanner {
    private enum Half {
        case morning, afternoon
    }

    private struct Day {
        let midnight: HongKongMinute
        /// Whether the year comes first, as it does only beside a 24-hour clock.
        var isYearFirst = false
        /// Whether it ends with 日, after which the time may follow without a blank.
        var isClosed = false
    }

    private struct Clock {
        let hour: Int
        let hourDigits: Int
        let minute: Int
    }

    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12, "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8,
        "september": 9, "sept": 9, "october": 10, "november": 11, "december": 12,
    ]
    private static let weekdays = [
        "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7,
        "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    ]
    private static let halves: [(text: String, half: Half)] = [
        ("am", .morning), ("a.m.", .morning), ("a.m", .morning), ("上午", .morning), ("pm", .afternoon),
        ("p.m.", .afternoon), ("p.m", .afternoon), ("下午", .afternoon),
    ]

    private var rest: Substring
    private var weekday: Int?

    init(_ text: String) {
        rest = PublishedText.folded(text)[...]
        for suffix in ["(hkt)", "hkt"] where rest.hasSuffix(suffix) {
            rest = rest.dropLast(suffix.count).trimmedSpaces
        }
    }

    mutating func minute() -> HongKongMinute? {
        takeWeekday()
        guard let day = day() else { return nil }
        let isOpen = skip(" ,")
        takeWeekday()
        guard skip(" ,") || isOpen || day.isClosed || take("t") else { return nil }
        let before = half()
        _ = skip(" ")
        guard let clock = clock() else { return nil }
        _ = skip(" ")
        let after = half()
        guard before == nil || after == nil else { return nil }
        let shift = day.isYearFirst ? takeZone() : 0
        guard rest.isEmpty, let hour = Self.hour(clock, before ?? after, day),
            weekday.map({ $0 == day.midnight.weekday }) ?? true
        else { return nil }
        let parts = day.midnight.civil
        return HongKongMinute(year: parts.year, month: parts.month, day: parts.day, hour: hour, minute: clock.minute)?
            .adding(minutes: shift)
    }

    /// The hour of the day; nil where it might be two.
    private static func hour(_ clock: Clock, _ half: Half?, _ day: Day) -> Int? {
        switch half {
        case .morning: (0...12).contains(clock.hour) ? clock.hour % 12 : nil
        case .afternoon: (1...23).contains(clock.hour) ? (clock.hour < 12 ? clock.hour + 12 : clock.hour) : nil
        case nil: clock.hour == 0 || clock.hour > 12 || (day.isYearFirst && clock.hourDigits == 2) ? clock.hour : nil
        }
    }

    private mutating func day() -> Day? {
        if let month = word(of: Self.months) {
            guard skip(" "), let day = number(), skip(" ,"), let year = number() else { return nil }
            return HongKongMinute(year: year, month: month, day: day).map { Day(midnight: $0) }
        }
        guard let first = number() else { return nil }
        if take("年") {
            guard let month = number(), take("月"), let day = number(), take("日") else { return nil }
            return HongKongMinute(year: first, month: month, day: day).map { Day(midnight: $0, isClosed: true) }
        }
        let separator = String(rest.prefix(1))
        guard ["/", "-", ".", " "].contains(separator), take(separator) else { return nil }
        if let month = word(of: Self.months) {
            guard take(separator), let year = number() else { return nil }
            return HongKongMinute(year: year, month: month, day: first).map { Day(midnight: $0) }
        }
        guard separator != " ", let month = number(), take(separator), let last = number() else { return nil }
        if first > 31 {
            return HongKongMinute(year: first, month: month, day: last).map { Day(midnight: $0, isYearFirst: true) }
        }
        // With strokes the feed puts the day first; with another sign only what can be no month is a day.
        guard separator == "/" || first > 12 || first == month else { return nil }
        return HongKongMinute(year: last, month: month, day: first).map { Day(midnight: $0) }
    }

    private mutating func clock() -> Clock? {
        let start = rest.count
        guard let hour = number(), case let hourDigits = start - rest.count, hourDigits <= 2 else { return nil }
        if take("時") || take("时") {
            guard let minute = number(), take("分") else { return nil }
            if let seconds = number() { guard take("秒"), seconds < 60 else { return nil } }
            return Clock(hour: hour, hourDigits: hourDigits, minute: minute)
        }
        guard take(":"), let minute = number() else { return nil }
        if take(":") {
            guard let seconds = number(), seconds < 60 else { return nil }
            if take(".") { while number() != nil {} }
        }
        return Clock(hour: hour, hourDigits: hourDigits, minute: minute)
    }

    /// The minutes from the offset that the text names to Hong Kong's; any other stays and makes the text unreadable.
    private mutating func takeZone() -> Int {
        let offsets = ["+08:00": 0, "+0800": 0, "+08": 0, "z": 480, "+00:00": 480]
        guard let shift = offsets[String(rest)] else { return 0 }
        rest = ""
        return shift
    }

    private mutating func takeWeekday() {
        _ = take("(")
        if let day = word(of: Self.weekdays) {
            weekday = day
        } else if let opening = ["星期", "週", "周"].first(where: { rest.hasPrefix($0) }) {
            let names = Array("一二三四五六日")
            let name = rest.dropFirst(opening.count).first
            weekday = name.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
            rest = rest.dropFirst(opening.count + 1)
        }
        _ = take(")")
        _ = skip(" ,")
    }

    /// The letters that the rest begins with, where they are one of `words`.
    private mutating func word(of words: [String: Int]) -> Int? {
        let letters = rest.prefix { $0.isASCII && $0.isLetter }
        guard let number = words[String(letters)] else { return nil }
        rest = rest.dropFirst(letters.count)
        return number
    }

    private mutating func half() -> Half? {
        for (text, half) in Self.halves where take(text) { return half }
        return nil
    }

    /// Up to four ASCII digits.
    private mutating func number() -> Int? {
        let digits = rest.prefix(4).prefix(while: \.isASCIIDigit)
        rest = rest.dropFirst(digits.count)
        return Int(digits)
    }

    private mutating func skip(_ characters: String) -> Bool {
        let blanks = rest.prefix { characters.contains($0) }
        rest = rest.dropFirst(blanks.count)
        return !blanks.isEmpty
    }

    private mutating func take(_ token: String) -> Bool {
        guard rest.hasPrefix(token) else { return false }
        rest = rest.dropFirst(token.count)
        return true
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmedSpaces: SubSequence {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}
