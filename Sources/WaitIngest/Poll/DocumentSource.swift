package import WaitCore

/// Where documents are fetched from; each keeps its public address as its name.
package struct DocumentSource: Sendable, Hashable {
    /// Replaces `https://www.ha.org.hk`, for a mirror or a test; nil: the public addresses.
    package let baseURL: String?

    package init(baseURL: String? = nil) {
        self.baseURL = baseURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// The address to fetch `document` from.
    package func address(of document: Document) -> String {
        guard let baseURL, document.url.hasPrefix(Self.publicBase) else { return document.url }
        return baseURL + document.url.dropFirst(Self.publicBase.count)
    }

    private static let publicBase = "https://www.ha.org.hk"
}
