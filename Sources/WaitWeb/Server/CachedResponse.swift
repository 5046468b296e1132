import HTTPTypes
import NIOCore
import WaitCore
import WaitStore

/// What an answer was made from; it holds as long as this does.
struct Stamp: Hashable, Sendable {
    /// Nil where the answer does not depend on the record.
    var record: RecordVersion?
    /// Minutes since 1970 of the slot's start; nil where the answer does not depend on it.
    var slot: Int?
}

/// An answer with its body in memory, ready to be sent as often as it is asked for while its stamp holds.
struct CachedResponse: Sendable {
    /// The endpoint's place in the route map, for counting.
    let route: Int
    let dependence: Endpoint.Dependence
    let stamp: Stamp
    let lifetime: Answer.Lifetime
    /// When the A&E feed is due to publish something newer than the answer was made from; nil: it never did, or the answer does
    /// not depend on it.
    let nextVersionAt: HongKongMinute?
    /// Quoted; nil where the answer must not be kept.
    let entityTag: String?
    /// All but `Cache-Control`, which changes with time.
    let fields: HTTPFields
    let body: ByteBuffer

    /// Memory it takes, roughly.
    var cost: Int { body.readableBytes + 1_000 }
}

/// A request's wishes on an answer, from its header fields.
struct Conditions: Sendable {
    let acceptsGzip: Bool
    /// `If-None-Match`, as sent.
    let ifNoneMatch: String?

    /// Whether the client has the answer already: weak comparison (RFC 9110, 13.1.2), of tags as proxies write them, too.
    func isHeld(_ entityTag: String?) -> Bool {
        guard let ifNoneMatch, let entityTag else { return false }
        let own = Self.opaque(entityTag[...])
        return ifNoneMatch.split(separator: ",").contains { candidate in
            let tag = Self.opaque(candidate)
            return tag == "*" || tag == own
        }
    }

    /// A tag without its mark of weakness, its quotes, and what a proxy that compresses appends: `W/"abc"` (nginx),
    /// `"abc-gzip"` and `"abc"-gzip` (Apache), `"abc;gzip"` and `"abc--gzip"` (Jetty).
    private static func opaque(_ text: Substring) -> Substring {
        var tag = text.trimming { $0.isWhitespace }
        if tag.hasPrefix("W/") || tag.hasPrefix("w/") { tag = tag.dropFirst(2) }
        tag = tag.trimming { $0 == "\"" }
        for coding in ["gzip", "br", "zstd", "deflate"] where tag.hasSuffix(coding) {
            let rest = tag.dropLast(coding.count)
            guard let mark = rest.last, mark == "-" || mark == ";" else { continue }
            return rest.trimming { $0 == "-" || $0 == ";" || $0 == "\"" }
        }
        return tag
    }
}

/// `Accept-Encoding` (RFC 9110, 12.5.3).
enum AcceptEncoding {
    /// Whether gzip is welcome: named with a quality above 0, or meant by `*`.
    static func allowsGzip(_ text: String?) -> Bool {
        guard let text, !text.isEmpty else { return false }
        var star = false
        for coding in text.split(separator: ",") {
            let parts = coding.split(separator: ";").map { $0.trimming(\.isWhitespace) }
            guard let name = parts.first else { continue }
            let isWelcome = parts.dropFirst().allSatisfy { !isZeroQuality($0) }
            switch name.lowercased() {
            case "gzip", "x-gzip": return isWelcome
            case "*": star = isWelcome
            default: break
            }
        }
        return star
    }

    private static func isZeroQuality(_ parameter: Substring) -> Bool {
        let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.trimming(\.isWhitespace) }
        guard parts.count == 2, parts[0].lowercased() == "q" else { return false }
        return Double(parts[1]).map { $0 <= 0 } ?? false
    }
}
