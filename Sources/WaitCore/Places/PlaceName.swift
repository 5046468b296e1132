/// How names of places are compared and turned into identifiers.
package enum PlaceName {
    /// An identifier made of a name: lower case, letters and digits, single hyphens between.
    package static func slug(of name: String) -> String {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
        return words.isEmpty ? "unnamed" : words.joined(separator: "-")
    }

    /// The name with suffix, case and punctuation taken off, for meeting the same place under another spelling.
    ///
    /// Only what says what sort of clinic it is goes; "Tin Shui Wai (Tin Yip Road)" stays apart from "(Tin Shui Road)".
    package static func key(of name: String) -> String {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        let joined = words.joined(separator: " ")
        for suffix in suffixes where joined.hasSuffix(suffix) && joined.count > suffix.count {
            return String(joined.dropLast(suffix.count)).trimmedSpaces.description
        }
        return joined
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
