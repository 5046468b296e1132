/// The path that the site stands below, as its visitors see it: behind a proxy that takes `/wait` off before it passes a
/// request on, links must begin with `/wait`.
package struct SiteBase: Sendable, Hashable {
    /// Empty at a host's root; else `/wait`, without a slash at its end.
    let path: String

    package static let root = SiteBase(path: "")

    private init(path: String) { self.path = path }

    /// Nil where `text` is not empty and not a path of plain segments: `/wait`, `/apps/wait/`.
    package init?(_ text: String) {
        let trimmed = text.hasSuffix("/") ? text.dropLast() : text[...]
        guard !trimmed.isEmpty else {
            path = ""
            return
        }
        let segments = trimmed.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.first?.isEmpty == true, segments.count > 1,
            segments.dropFirst().allSatisfy(Self.isPlain)
        else { return nil }
        path = String(trimmed)
    }

    /// Unreserved characters alone (RFC 3986, 2.3), and no step to another folder.
    private static func isPlain(_ segment: Substring) -> Bool {
        !segment.isEmpty && segment != "." && segment != ".."
            && segment.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }
}
