/// What the text of a clinic's quota says.
package enum QuotaText {
    /// Words for a day without a session, as `PublishedText.folded` has them. Only N/A was seen (docs/feeds.md); the others say nothing
    /// else whatever the language.
    private static let noSession: Set<String> = [
        "n/a", "na", "n.a", "nil", "none", "-", "--", "/", "no session", "no sessions", "no service", "closed",
        "不適用", "不适用", "沒有應診", "没有应诊", "休診", "休诊", "沒有診症", "没有诊症", "沒有", "没有", "無", "无",
    ]

    /// No clinic has more places: a larger number is kept as text and counted as unread.
    package static let mostPlaces = 1e9

    /// The number of places, up to `mostPlaces`; nil for no session, no text, and anything else.
    package static func places(_ text: String) -> Double? {
        decimal(text).flatMap { $0 <= mostPlaces ? $0 : nil }
    }

    private static func decimal(_ text: String) -> Double? {
        let folded = PublishedText.folded(text)
        let parts = folded.split(separator: ".", omittingEmptySubsequences: false)
        guard folded.utf8.count <= 12, let whole = parts.first.flatMap(wholeNumber), parts.count <= 2 else {
            return nil
        }
        guard parts.count == 2 else { return Double(whole) }
        guard !parts[1].isEmpty, parts[1].allSatisfy(\.isASCIIDigit) else { return nil }
        return Double("\(whole).\(parts[1])")
    }

    /// Whether nothing is published for the day.
    package static func isMissing(_ text: String) -> Bool { text.isEmpty || text == "null" }

    /// Whether the text is neither a number nor known to mean that there is no session: it is counted and reported.
    package static func isUnread(_ text: String) -> Bool {
        places(text) == nil && !noSession.contains(PublishedText.folded(text))
    }

    /// Whether two texts say the same.
    static func isSame(_ one: String, _ other: String) -> Bool {
        guard let places = places(one) else {
            let isBothUnread = isUnread(one) && isUnread(other)
            return isBothUnread
                ? PublishedText.folded(one) == PublishedText.folded(other)
                : self.places(other) == nil && isUnread(one) == isUnread(other)
        }
        return places == self.places(other)
    }

    /// Whether the text is a number of at most nine digits or N/A, as versions that kept no texts read them.
    package static func isPlain(_ text: String) -> Bool {
        let plain = text.trimmedSpaces
        let isDecimal = plain.utf8.count <= 9 && plain.allSatisfy { $0.isASCIIDigit || $0 == "." }
        return plain.uppercased() == "N/A" || (isDecimal && places(text) != nil)
    }

    /// The feed's own spelling of a figure, which the figure alone tells: `469.0`, `N/A`.
    package static func usual(_ places: Double?) -> String {
        places.map { String($0) } ?? "N/A"
    }

    /// Digits, alone or in groups of three behind commas.
    private static func wholeNumber(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
        let isGrouped =
            groups.count == 1 || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 })
        guard isGrouped else { return nil }
        return groups.joined()
    }
}
