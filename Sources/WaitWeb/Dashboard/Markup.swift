/// HTML or SVG that is safe to send: every text that is put into it is escaped, only literals and other markup are not.
///
///     let cell: Markup = "<td lang=\"\(code)\">\(name)</td>"
///
/// Written for texts between tags and in quoted attributes (OWASP, "Cross Site Scripting Prevention"); names of tags and of
/// attributes, addresses' schemes and scripts are literals.
struct Markup: ExpressibleByStringInterpolation, Sendable, Hashable {
    private(set) var source: String

    init(stringLiteral literal: String) {
        source = literal
    }

    init(stringInterpolation interpolation: Interpolation) {
        source = interpolation.source
    }

    init(_ parts: [Markup], separator: Markup = "") {
        source = parts.map(\.source).joined(separator: separator.source)
    }

    /// Text as it is, escaped.
    static func text(_ text: String) -> Markup { "\(text)" }

    static func + (one: Markup, other: Markup) -> Markup { "\(one)\(other)" }

    static func += (one: inout Markup, other: Markup) { one.source += other.source }

    var bytes: [UInt8] { [UInt8](source.utf8) }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: String) { source += literal }

        mutating func appendInterpolation(_ text: some StringProtocol) {
            for scalar in text.unicodeScalars { Markup.append(scalar, to: &source) }
        }

        mutating func appendInterpolation(_ number: Int) { source += String(number) }

        mutating func appendInterpolation(_ markup: Markup?) { source += markup?.source ?? "" }

        mutating func appendInterpolation(_ parts: [Markup]) {
            for part in parts { source += part.source }
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to source: inout String) {
        switch scalar {
        case "&": source += "&amp;"
        case "<": source += "&lt;"
        case ">": source += "&gt;"
        case "\"": source += "&quot;"
        case "'": source += "&#39;"
        // No characters of XML 1.0 (its production 2), whatever a feed sends.
        case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}":
            source += "\u{FFFD}"
        default: source.unicodeScalars.append(scalar)
        }
    }
}
