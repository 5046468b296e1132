/// A request's target, taken apart and decoded.
struct RequestTarget: Sendable {
    /// The path's segments: `["v1", "hospitals"]`; one empty segment for `/`. Slashes that are doubled or at the end are as if they
    /// were not there.
    let segments: [String]
    let pairs: [(name: String, value: String)]

    /// - Parameter text: as in the request line: `/v1/latest?feed=ae-wait`.
    /// - Throws: `Problem` 400 where it is not a path, or an escape in it cannot be read.
    init(_ text: String) throws(Problem) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first, path.first == "/" else {
            throw .badRequest("The request's target must be a path.")
        }
        let segments = try Self.decoded(path.split(separator: "/"))
        self.segments = segments.isEmpty ? [""] : segments
        pairs = try parts.count == 2 ? Self.pairs(parts[1]) : []
    }

    private static func pairs(_ query: Substring) throws(Problem) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap(PercentEncoding.decoded) else { throw badEscape(nil) }
            guard let value = parts.count == 2 ? PercentEncoding.decoded(parts[1]) : "" else {
                throw badEscape(name)
            }
            pairs.append((name, value))
        }
        return pairs
    }

    private static func decoded(_ segments: [Substring]) throws(Problem) -> [String] {
        var texts: [String] = []
        for segment in segments {
            guard let text = PercentEncoding.decoded(segment) else { throw badEscape(nil) }
            texts.append(text)
        }
        return texts
    }

    private static func badEscape(_ parameter: String?) -> Problem {
        Problem(
            status: 400, detail: "The request's target has an escape that is not percent-encoded UTF-8.",
            parameter: parameter)
    }
}

/// A path with places for parameters: `/v1/hospitals/{code}/readings`, `/v1/export/{dataset}.csv`.
struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
    let description: String
    private let segments: [Segment]

    private enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String, suffix: String)
    }

    init(_ text: String) {
        description = text
        segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { segment in
            guard segment.first == "{", let end = segment.firstIndex(of: "}") else { return .literal(String(segment)) }
            return .parameter(
                String(segment[..<end].dropFirst()), suffix: String(segment[segment.index(after: end)...]))
        }
    }

    /// The parameters of a path that fits; nil for another.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .literal(let literal): guard text == literal else { return nil }
            case .parameter(let name, let suffix):
                guard text.utf8.count > suffix.utf8.count, text.hasSuffix(suffix) else { return nil }
                parameters[name] = String(text.dropLast(suffix.count))
            }
        }
        return parameters
    }

    /// The path with `value` in the parameters' places, percent-encoded.
    func filled(_ value: (String) -> String) -> String {
        segments.map { segment in
            switch segment {
            case .literal(let text): "/" + text
            case .parameter(let name, let suffix): "/" + PercentEncoding.encoded(value(name)) + suffix
            }
        }.joined()
    }
}
