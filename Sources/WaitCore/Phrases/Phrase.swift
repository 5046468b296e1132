/// What a phrase is about; it decides how the text is read (docs/design.md, "What a published wait means").
package enum PhraseKind: String, Sendable, CaseIterable {
    /// The old feed's class: "Over 3 hours".
    case top
    /// Triage I and II: a state in words, or a resuscitation phrase.
    case triage12
    /// Triage III, in minutes.
    case t3
    /// Triages IV and V, in hours rounded up to the half hour.
    case t45
    /// Whether such a case is being treated now.
    case flag
}

/// How a phrase's figure is to be taken.
package enum Qualifier: String, Sendable, CaseIterable {
    case exact, lessThan, roundedUp, over, resuscitation, yes, no, notApplicable, unrecognised
    /// There is no figure: the key is missing, or its value null, empty or blank.
    case missing
}

/// What a phrase says, in minutes; for flags 1 is yes and 0 is no.
package struct ParsedWait: Hashable, Sendable {
    /// What statistics use: the published "within", for the old feed the published "over"; nil where there is none.
    package let minutes: Int?
    /// The least the wait can be, nil where nothing is said.
    package let lower: Int?
    /// The most the wait can be, nil where nothing is said.
    package let upper: Int?
    package let qualifier: Qualifier

    package init(minutes: Int?, lower: Int?, upper: Int?, qualifier: Qualifier) {
        (self.minutes, self.lower, self.upper, self.qualifier) = (minutes, lower, upper, qualifier)
    }

    /// An unknown text: kept, counted, reported, and never a number.
    package static let unrecognised = ParsedWait(minutes: nil, lower: nil, upper: nil, qualifier: .unrecognised)

    /// No text at all: kept, counted, reported, and never a number.
    package static let missing = ParsedWait(minutes: nil, lower: nil, upper: nil, qualifier: .missing)

    static func exactly(_ minutes: Int) -> ParsedWait {
        ParsedWait(minutes: minutes, lower: minutes, upper: minutes, qualifier: .exact)
    }

    static func state(_ qualifier: Qualifier, _ value: Int? = nil) -> ParsedWait {
        ParsedWait(minutes: value, lower: nil, upper: nil, qualifier: qualifier)
    }
}

/// A wait or flag as published, verbatim.
package struct Phrase: Hashable, Sendable {
    package let kind: PhraseKind
    package let text: String

    package init(kind: PhraseKind, text: String) {
        (self.kind, self.text) = (kind, text)
    }

    /// What the text says by the phrase table of docs/design.md, the same in all three languages.
    package var meaning: ParsedWait {
        PhraseTable.meaning(of: self) ?? .unrecognised
    }

    /// Whether it says something else than the phrase of the same kind that stands; what is missing says nothing.
    package func contradicts(_ standing: Phrase) -> Bool {
        meaning != standing.meaning && meaning != .missing
    }

    /// Whether another phrase of the same kind says nothing else: the same meaning, or the same unreadable words.
    package func saysTheSame(as other: Phrase) -> Bool {
        guard meaning == other.meaning else { return false }
        return meaning.qualifier != .unrecognised || PublishedText.folded(text) == PublishedText.folded(other.text)
    }
}
