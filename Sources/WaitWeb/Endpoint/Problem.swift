import WaitCore

/// What went wrong with a request, as a problem document (RFC 9457).
///
/// Only what the client did, and what it can do about it: nothing of our insides.
struct Problem: Error, Hashable, Sendable {
    let status: Int
    /// One sentence.
    let detail: String
    /// The parameter at fault, nil where none is.
    var parameter: String?
    /// The methods that would do, where the method is at fault.
    var allow: String?
    /// Seconds after which asking again makes sense.
    var retryAfter: Int?

    static func badRequest(_ detail: String) -> Problem { Problem(status: 400, detail: detail) }

    /// A parameter that is not as it must be.
    static func parameter(_ name: String, _ detail: String) -> Problem {
        Problem(status: 400, detail: detail, parameter: name)
    }

    static func notFound(_ detail: String, parameter: String? = nil) -> Problem {
        Problem(status: 404, detail: detail, parameter: parameter)
    }

    static func method(allow: String) -> Problem {
        Problem(status: 405, detail: "This resource answers \(allow) only.", allow: allow)
    }

    static let body = Problem(status: 413, detail: "No request here takes a body.")
    static let uriTooLong = Problem(status: 414, detail: "The request's address is longer than this server reads.")
    static let headersTooLarge = Problem(
        status: 431, detail: "The request's header fields are larger than this server reads.")
    static let unreadable = Problem(status: 400, detail: "The request is not HTTP/1.1 as this server reads it.")
    static let host = Problem(status: 400, detail: "A request of HTTP/1.1 must have one Host field.")
    static let inside = Problem(status: 500, detail: "The server could not answer; its log says why.")
    static let busy = Problem(
        status: 503, detail: "The server has more to do than it takes on; ask again in a moment.", retryAfter: 1)
    static let unavailable = Problem(
        status: 503, detail: "The record cannot be read at the moment; ask again in a moment.", retryAfter: 5)

    static let mediaType = "application/problem+json"

    /// The status's own words (RFC 9110).
    var title: String {
        switch status {
        case 400: "Bad Request"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }

    /// The document: `type`, `title`, `status`, `detail`, and `parameter` where one is at fault.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "about:blank")
            json.field("title", title)
            json.field("status", status)
            json.field("detail", detail)
            if let parameter { json.field("parameter", parameter) }
        }
        return json.bytes
    }

    /// The header fields that only this problem has.
    var fields: [(name: String, value: String)] {
        var fields = [("content-type", Self.mediaType), ("cache-control", "no-store")]
        if let allow { fields.append(("allow", allow)) }
        if let retryAfter { fields.append(("retry-after", String(retryAfter))) }
        return fields
    }
}
