import NIOCore

/// What an answer was made from; it holds as long as this does.
struct Stamp: Hashable, Sendable {
    /// Nil where the answer does not depend on the record.
    var generation: Int?
    /// Minutes since 1970 of the slot's start; nil where the answer does not depend on it.
    var slot: Int?
}

/// An answer with its body in memory, ready to be sent as often as it is asked for while its stamp holds.
struct FinishedAnswer: Sendable {
    /// The endpoint's place in the route map, for counting.
    let route: Int
    let dependence: Endpoint.Dependence
    let stamp: Stamp
    let lifetime: Answer.Lifetime
    /// Quoted; nil where the answer must not be kept.
    let entityTag: String?
    /// All but those that change with each request; names in lower case.
    let fields: [(name: String, value: String)]
    let body: ByteBuffer

    /// Memory it takes, roughly.
    var cost: Int { body.readableBytes + 1_000 }
}

/// A request's wishes on an answer, from its header fields.
struct Conditions: Sendable {
    let acceptsGzip: Bool
    /// `If-None-Match`, as sent.
    let ifNoneMatch: String?

    /// Whether the client has the answer already: weak comparison (RFC 9110, 13.1.2).
    func isHeld(_ entityTag: String?) -> Bool {
        guard let ifNoneMatch, let entityTag else { return false }
        return ifNoneMatch.split(separator: ",").contains { candidate in
            var tag = candidate.drop { $0 == " " || $0 == "\t" }
            while tag.last == " " || tag.last == "\t" { tag = tag.dropLast() }
            return tag == "*" || tag == entityTag || (tag.hasPrefix("W/") && tag.dropFirst(2) == entityTag)
        }
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

extension Substring {
    fileprivate func trimming(_ isDropped: (Character) -> Bool) -> Substring {
        var text = drop(while: isDropped)
        while let last = text.last, isDropped(last) { text = text.dropLast() }
        return text
    }
}
