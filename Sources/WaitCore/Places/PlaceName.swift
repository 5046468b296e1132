import Foundation

/// How names of places are compared and turned into identifiers.
package enum PlaceName {
    /// The version of the rule of `key(of:)`, raised whenever the rule changes: a record says by which one its keys were made.
    package static let keyRule = 2

    /// An identifier made of a name: lower case, letters and digits, single hyphens between.
    package static func slug(of name: String) -> String {
        let words = words(of: name)
        return words.isEmpty ? "unnamed" : words.joined(separator: "-")
    }

    /// The name with suffix, case, width, blanks and punctuation taken off, for meeting the same place under another spelling.
    ///
    /// Only what says what sort of clinic it is goes; "Tin Shui Wai (Tin Yip Road)" stays apart from "(Tin Shui Road)".
    package static func key(of name: String) -> String {
        let words = words(of: name)
        let (spaced, joined) = (words.joined(separator: " "), words.joined())
        for suffix in suffixes {
            // A Latin suffix is a separate word; a Chinese one ends the name, wherever the blanks are.
            let text = suffix.hasPrefix(" ") ? spaced : joined
            guard text.hasSuffix(suffix), text.count > suffix.count else { continue }
            return String(joined.dropLast(suffix.count { $0 != " " }))
        }
        return joined
    }

    /// The name as a code may be published: full-width letters narrowed, blanks and full stops around it taken off.
    package static func code(of name: String) -> String {
        let marks = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "."))
        return visible(name).trimmingCharacters(in: marks)
    }

    /// Runs of letters and digits, in lower case.
    private static func words(of name: String) -> [String] {
        visible(name).lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// The name in Unicode's compatibility form (NFKC), without characters that are never seen (soft hyphens, zero-width blanks).
    private static func visible(_ name: String) -> String {
        let seen = name.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
        return String(String.UnicodeScalarView(seen)).precomposedStringWithCompatibilityMapping
    }

    /// Longest first, so that "family medicine clinic" goes before "clinic".
    private static let suffixes = [
        " general out patient clinic", " general out patient department", " general outpatient clinic",
        " family medicine integrated centre", " family medicine clinic", " family medicine centre",
        " community health centre", " general practice clinic", " health centre", " fmic", " gopc", " gopd", " fmc",
        " chc", " clinic", "普通科門診診所", "普通科门诊诊所", "普通科門診部", "普通科门诊部", "家庭醫學綜合中心",
        "家庭医学综合中心", "家庭醫學診所", "家庭医学诊所", "家庭醫學中心", "家庭医学中心", "社區健康中心", "社区健康中心",
        "健康中心", "全科診所", "全科诊所", "全科門診部", "全科门诊部", "診所", "诊所",
    ].sorted { $0.count > $1.count }
}
