/// The years of age that a label names: `Aged below 18`, `18 - 64`, `80歲或以上`.
enum AgeGroup {
    /// First and last year, both included; nil at an end that is open, both where the label names no age.
    static func years(of label: String) -> (from: Int?, to: Int?) {
        let folded = PublishedText.folded(label)
        let numbers = folded.split { !$0.isASCIIDigit }.compactMap { Int($0) }.filter { $0 < 200 }
        if numbers.count == 2, numbers[0] <= numbers[1] { return (numbers[0], numbers[1]) }
        guard let only = numbers.first, numbers.count == 1 else { return (nil, nil) }
        // "18 or below" includes 18, "below 18" does not.
        let isIncluded = ["or ", "and ", "或", "及"].contains(where: folded.contains)
        if ["below", "under", "younger", "以下", "<"].contains(where: folded.contains) {
            return (nil, isIncluded ? only : only - 1)
        }
        if ["above", "over", ">"].contains(where: folded.contains) { return (isIncluded ? only : only + 1, nil) }
        if ["以上", "+", "older"].contains(where: folded.contains) { return (only, nil) }
        return (only, only)
    }
}
