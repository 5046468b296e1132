/// A feed's document being written: one line of JSON, appended byte by byte in the publisher's order of keys.
struct WaitDocument {
    private(set) var bytes: [UInt8] = []
    private let phrases: FeedPhrases
    private var isEmpty = true

    init(language: SimulatedLanguage) {
        phrases = FeedPhrases.of(language)
        bytes.reserveCapacity(4_608)
        append(#"{"waitTime":["#)
    }

    /// Appends a hospital in the new feed's format.
    ///
    /// - Parameter nameLiteral: the hospital's name as a JSON string, quotes included.
    mutating func appendWait(nameLiteral: [UInt8], figures: HospitalFigures) {
        let isResuscitating = figures.isResuscitating
        begin(nameLiteral)
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
    mutating func appendTopWait(nameLiteral: [UInt8], figures: HospitalFigures) {
        begin(nameLiteral)
        field(#","topWait":""#, phrases.topWait(hours: figures.topWaitHours))
        append("}")
    }

    /// Closes the list and adds the update time.
    mutating func finish(updateTime: String) {
        append("]")
        field(#","updateTime":""#, updateTime)
        append("}")
    }

    private mutating func begin(_ nameLiteral: [UInt8]) {
        append(isEmpty ? #"{"hospName":"# : #",{"hospName":"#)
        isEmpty = false
        bytes.append(contentsOf: nameLiteral)
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

/// A text as a JSON string, quotes included (RFC 8259, 7).
func jsonStringLiteral(_ text: String) -> [UInt8] {
    var literal: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            literal += [UInt8(ascii: "\\"), byte]
        case 0..<0x20:
            literal += Array((byte < 0x10 ? "\\u000" : "\\u00").utf8) + Array(String(byte, radix: 16).utf8)
        default:
            literal.append(byte)
        }
    }
    literal.append(UInt8(ascii: "\""))
    return literal
}
