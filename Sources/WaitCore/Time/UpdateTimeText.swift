/// Reads the `updateTime` of an A&E document in every spelling of FEEDS.md.
///
/// English: `20/1/2026 4:30AM`, `13/10/2025 12:15am`, `27/07/2025 10:45 AM`. Chinese: `2026年9月19日 下午1時15分`, with `时`
/// in simplified script. Day, month and year without padding, a 12-hour clock: 12:15am is 00:15, 12:15PM is 12:15,
/// 上午12時 is 0 h. Any white space does for a space. Nothing else is read: an unreadable time is never replaced by another one.
package enum UpdateTimeText {
    /// The Hong Kong minute that `text` names, nil where it is in none of the known spellings or names no real time.
    package static func minute(of text: String) -> HongKongMinute? {
        var scanner = Scanner(text)
        let time = text.utf8.contains(UInt8(ascii: "/")) ? scanner.english() : scanner.chinese()
        guard let time, scanner.isAtEnd else { return nil }
        return time
    }

    private enum Half {
        case morning, afternoon
    }

    private struct Scanner {
        private var rest: Substring

        init(_ text: String) {
            rest = Substring(text.trimmedSpaces.map { $0.isWhitespace ? " " : String($0) }.joined())
        }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func english() -> HongKongMinute? {
            guard let day = number(), take("/"), let month = number(), take("/"), let year = number(), take(" "),
                let hour = number(), take(":"), let minute = number()
            else { return nil }
            _ = take(" ")
            guard let half = half([("am", .morning), ("pm", .afternoon)]) else { return nil }
            return Self.minute(date: (year, month, day), hour: hour, minute: minute, half: half)
        }

        mutating func chinese() -> HongKongMinute? {
            guard let year = number(), take("年"), let month = number(), take("月"), let day = number(), take("日") else {
                return nil
            }
            _ = take(" ")
            guard let half = half([("上午", .morning), ("下午", .afternoon)]), let hour = number(),
                take("時") || take("时"), let minute = number(), take("分")
            else { return nil }
            return Self.minute(date: (year, month, day), hour: hour, minute: minute, half: half)
        }

        private static func minute(
            date: (year: Int, month: Int, day: Int), hour: Int, minute: Int, half: Half
        ) -> HongKongMinute? {
            let isPublishable = (half == .morning ? 0...12 : 1...12).contains(hour)
            guard isPublishable else { return nil }
            let hourOfDay = hour % 12 + (half == .afternoon ? 12 : 0)
            return HongKongMinute(year: date.year, month: date.month, day: date.day, hour: hourOfDay, minute: minute)
        }

        /// Up to four ASCII digits.
        private mutating func number() -> Int? {
            let digits = rest.prefix(4).prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Int(digits)
        }

        private mutating func take(_ token: String) -> Bool {
            guard rest.hasPrefix(token) else { return false }
            rest = rest.dropFirst(token.count)
            return true
        }

        private mutating func half(_ spellings: [(text: String, half: Half)]) -> Half? {
            for spelling in spellings where rest.prefix(2).lowercased() == spelling.text {
                rest = rest.dropFirst(2)
                return spelling.half
            }
            return nil
        }
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
