/// The phrase table of docs/design.md ("What a published wait means") in English, 繁體中文 and 简体中文.
///
/// Spellings are those of docs/feeds.md, and what can only be a spelling of them: case, width, white space, a full stop at the end,
/// `min`, `mins`, `hr`, `hrs`, `minute(s)`, `hour(s)`, a decimal of nought. Anything else stays unrecognised instead of half
/// understood: a phrase with a word more, a number without a unit (a JSON number too: minutes for triage III, hours for IV and V,
/// so a bare 28 is a guess), a range, a figure in two pieces.
///
/// The unit decides, not the field. A wait in hours, or in a multiple of 30 minutes for triages IV and V, may be rounded up to the
/// half hour: its lower bound is half an hour less, which holds for an exact figure too. "1 hour 20 minutes" is exact.
/// "Over 18 hours" of the new feed is not a time within which anybody is seen, so it has no number.
enum PhraseTable {
    private static let minuteUnits: Set<String> = ["minute", "minutes", "minute(s)", "min", "mins", "分鐘", "分钟"]
    private static let hourUnits: Set<String> = ["hour", "hours", "hour(s)", "hr", "hrs", "小時", "小时"]
    /// Behind hours the short word is clear.
    private static let restUnits = minuteUnits.union(["分"])

    /// What `phrase` says, nil where no row of the table reads it.
    static func meaning(of phrase: Phrase) -> ParsedWait? {
        let text = PublishedText.folded(phrase.text)
        if text.isEmpty || text == "null" { return .missing }
        switch phrase.kind {
        case .flag: return flag(text)
        case .t3, .t45, .triage12:
            if let state = resuscitation(text), phrase.kind == .triage12 { return state }
            return within(text, roundsMinutes: phrase.kind == .t45) ?? lessThan(text)
        case .top: return overHours(text)
        }
    }

    private static func flag(_ folded: String) -> ParsedWait? {
        switch folded {
        case "y", "yes", "是": .state(.yes, 1)
        case "n", "no", "否": .state(.no, 0)
        case "n/a", "na", "n.a", "不適用", "不适用": .state(.notApplicable)
        default: nil
        }
    }

    private static func resuscitation(_ folded: String) -> ParsedWait? {
        let phrases = ["managing multiple resuscitation cases", "多名病人正在搶救中", "多名病人正在抢救中"]
        return phrases.contains(folded) ? .state(.resuscitation) : nil
    }

    /// "28 minutes", "3 hours", "1 hour 20 minutes"; "0 minute" and "0 hour" say the same wherever they stand.
    private static func within(_ text: String, roundsMinutes: Bool) -> ParsedWait? {
        guard let duration = Duration(text[...]) else { return nil }
        let isRounded = duration.minutes % 30 == 0 && (duration.isInHours || roundsMinutes)
        guard isRounded, duration.minutes > 0 else { return .exactly(duration.minutes) }
        return ParsedWait(
            minutes: duration.minutes, lower: duration.minutes - 30, upper: duration.minutes, qualifier: .roundedUp)
    }

    /// "less than 15 minutes": 15 for statistics, anything from 0 for bounds.
    private static func lessThan(_ text: String) -> ParsedWait? {
        guard let rest = text.dropping(["less than", "少於", "少于"]), let duration = Duration(rest),
            duration.minutes > 0
        else { return nil }
        return ParsedWait(minutes: duration.minutes, lower: 0, upper: duration.minutes, qualifier: .lessThan)
    }

    /// "Around 1 hour" is the lowest class, "Over 8 hours" the cap without an upper bound.
    private static func overHours(_ text: String) -> ParsedWait? {
        if let rest = text.dropping(["around", "大約", "大约"]) {
            guard let (halves, end) = PhraseTable.number(of: rest, before: hourUnits), halves == 2, end.isEmpty else {
                return nil
            }
            return ParsedWait(minutes: 0, lower: 0, upper: 60, qualifier: .over)
        }
        guard let rest = text.dropping(["over", "超過", "超过"]),
            let (halves, end) = PhraseTable.number(of: rest, before: hourUnits), end.isEmpty, halves.isMultiple(of: 2),
            (2...16).contains(halves)
        else { return nil }
        let minutes = halves * 30
        return ParsedWait(
            minutes: minutes, lower: minutes, upper: minutes == 480 ? nil : minutes + 60, qualifier: .over)
    }

    /// A time in one unit, or in hours and the minutes beyond.
    private struct Duration {
        let minutes: Int
        /// Whether no minutes are named.
        let isInHours: Bool

        init?(_ text: Substring) {
            if let (halves, end) = PhraseTable.number(of: text, before: minuteUnits) {
                guard halves.isMultiple(of: 2), end.isEmpty else { return nil }
                (minutes, isInHours) = (halves / 2, false)
                return
            }
            guard let (halves, rest) = PhraseTable.number(of: text, before: hourUnits) else { return nil }
            guard !rest.isEmpty else {
                (minutes, isInHours) = (halves * 30, true)
                return
            }
            guard halves.isMultiple(of: 2), let (more, end) = PhraseTable.number(of: rest, before: restUnits),
                end.isEmpty,
                more.isMultiple(of: 2), more < 120
            else { return nil }
            (minutes, isInHours) = (halves * 30 + more / 2, more == 0)
        }
    }

    /// The figure that `text` begins with, in halves, and what follows its unit; at most four digits before the point.
    ///
    /// Only halves are published: other fractions stay unread.
    private static func number(of text: Substring, before units: Set<String>) -> (halves: Int, rest: Substring)? {
        let start = text.trimmedSpaces
        let digits = start.prefix(while: \.isASCIIDigit)
        guard (1...4).contains(digits.count), let whole = Int(digits) else { return nil }
        var rest = start.dropFirst(digits.count)
        var halves = whole * 2
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix(while: \.isASCIIDigit)
            guard fraction == "0" || fraction == "5" else { return nil }
            if fraction == "5" { halves += 1 }
            rest = rest.dropFirst(2)
        }
        rest = rest.trimmedSpaces
        // The longest unit that stands there as a whole word.
        let unit = units.filter { rest.hasPrefix($0) }.max { $0.count < $1.count }
        guard let unit else { return nil }
        let end = rest.dropFirst(unit.count)
        if unit.last?.isASCII == true, end.first?.isLetter == true { return nil }
        return (halves, end.trimmedSpaces)
    }
}

extension String {
    /// What follows the first of `openings` that the text begins with.
    fileprivate func dropping(_ openings: [String]) -> Substring? {
        openings.first { hasPrefix($0) }.map { dropFirst($0.count) }
    }
}
