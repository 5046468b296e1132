import WaitCore

/// What an endpoint answers: a finished body, or pages that are read one after the other while they are sent.
struct Answer: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case pages(any PageSource)
    }

    /// How long the answer may be kept by others (`Cache-Control`).
    enum Lifetime: Hashable, Sendable {
        /// Until the next version of the A&E feed is due: the end of the slot of its newest reading, and a few seconds once
        /// that is past.
        case nextSlot
        /// The range is over, and its gaps may still be filled from the archive: minutes, and no longer than `nextSlot`.
        case unsettled
        /// The range is over, the archive has settled it, and nothing in it is unknown: a day.
        case day
        /// It never changes.
        case forever
        /// It may be kept, and is asked about each time: something new may come at any moment.
        case checked
        /// It must not be kept.
        case none
    }

    var mediaType = MediaType.json
    var body: Body
    var lifetime = Lifetime.nextSlot
    /// Further header fields, names in lower case.
    var fields: [(name: String, value: String)] = []
    /// Of bytes that may change without the record and the version: part of the entity tag.
    var fingerprint = ""

    /// A JSON document that `body` writes.
    static func json(
        lifetime: Lifetime = .nextSlot, mediaType: MediaType = .json, _ body: (inout JSONWriter) throws -> Void
    ) rethrows -> Answer {
        var json = JSONWriter()
        try json.object(body)
        return Answer(mediaType: mediaType, body: .bytes(json.bytes), lifetime: lifetime)
    }
}

/// A body in pages. Each is asked for on a thread that may block, when the client has taken the ones before it.
///
/// A page reads the database by itself: nothing is held open while the client takes its time.
protocol PageSource: Sendable {
    /// The next bytes, some 64 kB; nil: that was all.
    mutating func nextPage() throws -> [UInt8]?
}

/// Media types of answers.
enum MediaType: String, Sendable {
    case json = "application/json"
    case geoJSON = "application/geo+json"
    case html = "text/html; charset=utf-8"
    case prometheus = "text/plain; version=0.0.4; charset=utf-8"
    case csv = "text/csv; charset=utf-8; header=present"
    case ndjson = "application/x-ndjson"
    case workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case bytes = "application/octet-stream"
    case css = "text/css; charset=utf-8"
    case javaScript = "text/javascript; charset=utf-8"
    case svg = "image/svg+xml"

    /// Without its parameters, as OpenAPI keys responses.
    var essence: String { String(rawValue.prefix { $0 != ";" }) }
}
