/// The phrase table of DESIGN ("What a published wait means") in English, 繁體中文 and 简体中文.
///
/// Spellings are those of FEEDS.md. Case does not matter, nor how much white space stands between figure and words; anything
/// else does, so that a phrase with a word more, or a figure in two pieces, stays unrecognised instead of half understood.
enum PhraseTable {
    private static let minuteUnits: Set<String> = ["minute", "minutes", "分鐘", "分钟"]
    private static let hourUnits: Set<String> = ["hour", "hours", "小時", "小时"]

    /// What `phrase` says, nil where no row of the table reads it.
    static func meaning(of phrase: Phrase) -> Meaning? {
        let text = Tokens(phrase.text)
        switch phrase.kind {
        case .flag: return flag(text.folded)
        case .t3: return zero(text) ?? minutes(text)
        case .t45: return zero(text) ?? hours(text)
        case .triage12: return resuscitation(text.folded) ?? zero(text) ?? lessThan(text) ?? minutes(text)
        case .top: return overHours(text)
        }
    }

    private static func flag(_ folded: String) -> Meaning? {
        switch folded {
        case "y", "是": .state(.yes, 1)
        case "n", "否": .state(.no, 0)
        case "n/a", "不適用", "不适用": .state(.notApplicable)
        default: nil
        }
    }

    private static func resuscitation(_ folded: String) -> Meaning? {
        let hasFullStop = folded.last.map { ".。".contains($0) } == true
        let sentence = hasFullStop ? String(folded.dropLast().trimmedSpaces) : folded
        let phrases = ["managing multiple resuscitation cases", "多名病人正在搶救中", "多名病人正在抢救中"]
        return phrases.contains(sentence) ? .state(.resuscitation) : nil
    }

    /// "0 minute" and "0 hour" say the same wherever they stand.
    private static func zero(_ text: Tokens) -> Meaning? {
        text.figure(before: minuteUnits.union(hourUnits)) == "0" ? .exactly(0) : nil
    }

    /// "28 minutes": exact. One figure, one unit.
    private static func minutes(_ text: Tokens) -> Meaning? {
        guard let figure = text.figure(before: minuteUnits) else { return nil }
        return wholeNumber(figure).map(Meaning.exactly)
    }

    /// "less than 15 minutes": 15 for statistics, anything from 0 for bounds.
    private static func lessThan(_ text: Tokens) -> Meaning? {
        guard let figure = text.figure(after: ["less than", "少於", "少于"], before: minuteUnits)
        else { return nil }
        return wholeNumber(figure).map { Meaning(minutes: $0, lower: 0, upper: $0, qualifier: .lessThan) }
    }

    /// "3 hours": published rounded up to the next half hour; zero is read by `zero`.
    private static func hours(_ text: Tokens) -> Meaning? {
        guard let figure = text.figure(before: hourUnits), let halves = halfHours(figure), halves > 0
        else { return nil }
        return Meaning(minutes: halves * 30, lower: halves * 30 - 30, upper: halves * 30, qualifier: .roundedUp)
    }

    /// "Around 1 hour" is the lowest class, "Over 8 hours" the cap without an upper bound.
    private static func overHours(_ text: Tokens) -> Meaning? {
        if text.figure(after: ["around", "大約", "大约"], before: hourUnits) == "1" {
            return Meaning(minutes: 0, lower: 0, upper: 60, qualifier: .over)
        }
        guard let figure = text.figure(after: ["over", "超過", "超过"], before: hourUnits), let hours = wholeNumber(figure),
            (1...8).contains(hours)
        else { return nil }
        return Meaning(
            minutes: hours * 60, lower: hours * 60, upper: hours == 8 ? nil : hours * 60 + 60, qualifier: .over)
    }

    /// At most four digits: more is no wait.
    private static func wholeNumber(_ figure: Substring) -> Int? {
        figure.count <= 4 && figure.allSatisfy(\.isASCIIDigit) ? Int(figure) : nil
    }

    /// A count of half hours: "2.5" is 5; other fractions are not published and stay unread.
    private static func halfHours(_ figure: Substring) -> Int? {
        let parts = figure.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap(wholeNumber), parts.count <= 2 else { return nil }
        guard parts.count == 2 else { return whole * 2 }
        switch parts[1] {
        case "0": return whole * 2
        case "5": return whole * 2 + 1
        default: return nil
        }
    }
}

/// A phrase's text folded for reading: lower case, one space for any white space between words.
private struct Tokens {
    let folded: String

    init(_ text: String) {
        folded = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The figure between one of `openings` (none: the start) and one of `units`, where there is nothing else.
    func figure(after openings: Set<String> = [""], before units: Set<String>) -> Substring? {
        guard let opening = openings.first(where: folded.hasPrefix) else { return nil }
        let rest = folded.dropFirst(opening.count).trimmedSpaces
        let figure = rest.prefix { $0.isASCIIDigit || $0 == "." }
        guard !figure.isEmpty, units.contains(String(rest.dropFirst(figure.count).trimmedSpaces)) else { return nil }
        return figure
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { "0" <= self && self <= "9" }
}
