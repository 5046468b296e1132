/// A period as it was published, with its code and its days.
struct PublishedPeriod {
    /// `2023-24` of a financial year, whether published so or as `2023/24`; 2023 of a calendar year.
    let code: Cell
    let text: String
    /// First and last day, both included: `2023-04-01`.
    let from: String
    let to: String

    /// Nil where the text is not a period of that kind.
    init?(_ text: String, of kind: Field.Kind) {
        self.text = text
        let digits = PublishedText.folded(text)
        let numbers = digits.split { "-/–—".contains($0) }.map { PublishedText.trimmed(String($0)) }
        guard let first = numbers.first, first.count == 4, first.allSatisfy(\.isASCIIDigit), let year = Int(first),
            (1900...2200).contains(year)
        else { return nil }
        switch kind {
        case .financialYear:
            // `1999-00`, `1999-2000`.
            guard numbers.count == 2, numbers[1].allSatisfy(\.isASCIIDigit), let end = Int(numbers[1]),
                numbers[1].count == 2 ? (year + 1) % 100 == end : numbers[1].count == 4 && year + 1 == end
            else { return nil }
            code = .text("\(year)-\(((year + 1) % 100).padded(2))")
            (from, to) = ("\(year)-04-01", "\(year + 1)-03-31")
        case .year:
            guard numbers.count == 1 else { return nil }
            code = .integer(Int64(year))
            (from, to) = ("\(year)-01-01", "\(year)-12-31")
        default: return nil
        }
    }
}
