import WaitCore

/// A feed's document being written: one line of JSON, appended byte by byte in the publisher's order of keys.
struct DocumentWriter {
    private(set) var bytes: [UInt8] = []
    private let phrases: FeedPhrases
    private var isEmpty = true

    init(language: Language) {
        phrases = FeedPhrases.of(language)
        bytes.reserveCapacity(4_608)
        append(#"{"waitTime":["#)
    }

    /// Appends a hospital in the new feed's format.
    ///
    /// - Parameter quotedName: the hospital's name as a JSON string, quotes included.
    mutating func appendWait(quotedName: String, figures: HospitalFigures) {
        let isResuscitating = figures.isResuscitating
        begin(quotedName)
        field(#","t1wt":""#, isResuscitating ? phrases.resuscitation : phrases.minutes(0))
        field(#","manageT1case":""#, isResuscitating ? phrases.notApplicable : phrases.flag(figures.isManagingT1))
        field(#","t2wt":""#, isResuscitating ? phrases.resuscitation : phrases.lessThan15Minutes)
        field(#","manageT2case":""#, isResuscitating ? phrases.notApplicable : phrases.flag(figures.isManagingT2))
        field(#","t3p50":""#, phrases.minutes(figures.t3P50Minutes))
        field(#","t3p95":""#, phrases.minutes(figures.t3P95Minutes))
        field(#","t45p50":""#, phrases.halfHours(figures.t45P50HalfHours))
        field(#","t45p95":""#, phrases.halfHours(figures.t45P95HalfHours))
        append("}")
    }

    /// Appends a hospital in the old feed's format.
    mutating func appendTopWait(quotedName: String, figures: HospitalFigures) {
        begin(quotedName)
        field(#","topWait":""#, phrases.topWait(hours: figures.topWaitHours))
        append("}")
    }

    /// Closes the list and adds the update time.
    mutating func finish(updateTime: String) {
        append("]")
        field(#","updateTime":""#, updateTime)
        append("}")
    }

    private mutating func begin(_ quotedName: String) {
        append(isEmpty ? #"{"hospName":"# : #",{"hospName":"#)
        isEmpty = false
        bytes.append(contentsOf: quotedName.utf8)
    }

    /// Appends a key as it stands, up to the value's opening quote, then a phrase of ours and the closing quote.
    private mutating func field(_ key: StaticString, _ phrase: String) {
        append(key)
        bytes.append(contentsOf: phrase.utf8)
        append("\"")
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}
