package import WaitCore

/// Where documents are fetched from; each keeps its public address as its name.
package struct DocumentSource: Sendable, Hashable {
    /// Replaces `https://www.ha.org.hk`, for a mirror or a test; nil: the public addresses.
    package let baseURL: String?
    /// Stands in for every publisher: `https://HOST/PATH` is fetched from `STAND-IN/HOST/PATH`; `baseURL` wins over it.
    package let standIn: String?

    package init(baseURL: String? = nil, standIn: String? = nil) {
        self.baseURL = baseURL.map(Self.withoutSlash)
        self.standIn = standIn.map(Self.withoutSlash)
    }

    /// The address to fetch `document` from.
    package func address(of document: Document) -> String {
        if let baseURL, document.url.hasPrefix(Self.publicBase) {
            return baseURL + document.url.dropFirst(Self.publicBase.count)
        }
        return standIn.map { Self.address(of: document.url, at: $0) } ?? document.url
    }

    /// Where a stand-in has what is published at `url`.
    package static func address(of url: String, at standIn: String) -> String {
        "\(withoutSlash(standIn))/\(url.replacing("https://", with: "", maxReplacements: 1))"
    }

    private static func withoutSlash(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }

    private static let publicBase = "https://www.ha.org.hk"
}
