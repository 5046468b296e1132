import Foundation

/// How texts of the feeds are compared and kept: what a publisher may change without saying anything else by it.
package enum PublishedText {
    /// Longer than any published text by far; what is longer is neither a figure nor a name.
    static let mostBytes = 500

    /// The text as it is read: lower case, ASCII in place of full-width forms, one hyphen for all dashes, one space for any white
    /// space, nothing invisible, no full stop at the end.
    static func folded(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var isBlank = false
        for scalar in text.unicodeScalars where !isInvisible(scalar) {
            if scalar.properties.isWhitespace {
                isBlank = !scalars.isEmpty
                continue
            }
            if isBlank { scalars.append(" ") }
            isBlank = false
            scalars.append(plain(scalar))
        }
        let folded = String(scalars).lowercased()
        guard let last = folded.last, last == "." || last == "。", folded.dropLast().last != last else { return folded }
        return String(folded.dropLast().trimmedSpaces)
    }

    /// What tells one name from another: its letters and digits, whatever their case, width, accents' composition and the blanks,
    /// stops and brackets between; the text itself where it has neither.
    package static func identity(_ name: String) -> String {
        let composed = name.utf8.allSatisfy { $0 < 0x80 } ? name : name.precomposedStringWithCompatibilityMapping
        let plain = composed.lowercased().filter { $0.isLetter || $0.isNumber }
        return plain.isEmpty ? name : plain
    }

    /// Whether there is nothing to be seen in the text.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || isInvisible($0) }
    }

    /// The text as a column can keep it: at most 500 bytes with a mark where it was cut, a symbol for NUL, at which SQLite would end.
    static func storable(_ text: String) -> String {
        let isShort = text.utf8.count <= mostBytes
        guard !isShort || text.utf8.contains(0) else { return text }
        var scalars = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars {
            let shown: Unicode.Scalar = scalar == "\0" ? "\u{2400}" : scalar
            bytes += String(shown).utf8.count
            guard isShort || bytes <= mostBytes else { break }
            scalars.append(shown)
        }
        return String(scalars) + (isShort ? "" : "…")
    }

    /// Digits with at most one point among them, and a sign before them.
    static func decimal(_ text: String) -> Double? {
        let folded = folded(text)
        let digits = folded.hasPrefix("-") ? folded.dropFirst() : folded[...]
        guard digits.count <= 20, digits.first != ".", digits.last != ".",
            digits.allSatisfy({ $0.isASCIIDigit || $0 == "." })
        else { return nil }
        return Double(folded)
    }

    /// The text without blanks around it.
    static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    /// Zero-width marks, a byte-order mark, soft hyphens.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: true
        default: false
        }
    }

    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: "-"
        default: scalar
        }
    }
}

extension Character {
    /// One of 0 to 9.
    var isASCIIDigit: Bool { "0" <= self && self <= "9" }
}
