extension RowSink.Published {
    package var isNothing: Bool {
        switch self {
        case .nothing: true
        case .text(let text): PublishedText.isBlank(text)
        case .number, .json, .contradiction: false
        }
    }

    /// The text without blanks around it; a number's digits; nil where there is nothing, or no one text.
    package var text: String? {
        switch self {
        case .nothing, .contradiction: nil
        case .number(let digits): digits
        case .text(let text): isNothing ? nil : PublishedText.storable(PublishedText.trimmed(text))
        case .json(let text): PublishedText.storable(text)
        }
    }

    /// The value as JSON, as the document has it.
    var json: String {
        switch self {
        case .nothing: "null"
        case .number(let digits): digits
        // SQLite would end the text at a NUL.
        case .text(let text): JSONText.quoted(text.replacing("\0", with: "\u{2400}"))
        case .json(let text): text
        case .contradiction(let values): "[\(values.map(\.json).joined(separator: ","))]"
        }
    }

    /// What the value is as a figure of that kind; nil where it is none.
    func cell(_ kind: Field.Kind) -> Cell? {
        switch kind {
        case .integer: digits.flatMap { Int64($0) ?? Double($0).flatMap { Int64(exactly: $0) } }.map(Cell.integer)
        case .decimal: digits.flatMap { Double($0) }.flatMap { $0.isFinite ? .decimal($0 + 0) : nil }
        case .flag: flag.map { .integer($0 ? 1 : 0) }
        case .day: text.flatMap(DayText.isoDay).map { .text($0) }
        case .dimension, .ageGroup, .financialYear, .year, .text: nil
        }
    }

    private var flag: Bool? {
        switch (self, digits) {
        case (.json("true"), _), (_, "1"): true
        case (.json("false"), _), (_, "0"): false
        default: nil
        }
    }

    /// The digits of a number, also where it is a text with commas between thousands.
    private var digits: String? {
        switch self {
        case .nothing, .json, .contradiction: return nil
        case .number(let digits): return digits
        case .text(let text):
            let folded = PublishedText.folded(text)
            let plain = folded.contains(",") ? Self.withoutThousands(folded) : folded
            return plain.flatMap { PublishedText.decimal($0) == nil ? nil : $0 }
        }
    }

    /// `1,234,567.8` without its commas; nil where they do not stand between thousands.
    private static func withoutThousands(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let groups = (parts.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = groups.first, (1...3).contains(first.filter(\.isASCIIDigit).count),
            groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        return text.replacing(",", with: "")
    }
}
