/// Reads a calendar day in the spellings that can mean only one: `20260118`, `2026-01-18`, `2026/1/18`, `2026年1月18日`,
/// `18/1/2026` where the first number cannot be a month.
enum DayText {
    /// The same as `2026-01-18`.
    static func isoDay(_ text: String) -> String? { day(text)?.dayText }

    /// Hong Kong midnight of the day that `text` names, nil where it names none or could mean two.
    static func day(_ text: String) -> HongKongMinute? {
        let folded = PublishedText.folded(text)
        if folded.utf8.count == 8, folded.allSatisfy(\.isASCIIDigit) {
            return Int(folded).flatMap(HongKongMinute.init(dayNumber:))
        }
        let plain = folded.hasSuffix("日") ? folded.dropLast() : folded[...]
        let parts = plain.split(omittingEmptySubsequences: false) { !$0.isASCIIDigit }
        let separators = plain.filter { !$0.isASCIIDigit }
        guard parts.count == 3, ["--", "//", "..", "年月"].contains(separators),
            parts.allSatisfy({ (1...4).contains($0.count) })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        if parts[0].count == 4, parts[1].count <= 2, parts[2].count <= 2 {
            return HongKongMinute(year: numbers[0], month: numbers[1], day: numbers[2])
        }
        guard parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2, separators != "年月",
            numbers[0] > 12 || numbers[0] == numbers[1]
        else { return nil }
        return HongKongMinute(year: numbers[2], month: numbers[1], day: numbers[0])
    }
}
