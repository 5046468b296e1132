/// A GET of one address, conditional where validators of an earlier answer are given.
///
/// The validators go verbatim to `url` itself and to no address that it redirects to: they are words that one server
/// gave about one address, and another server that happens to know the same word would answer "not modified" for a
/// document it never sent. A validator that is empty, longer than 1,000 bytes, `*` or no header value (it holds a control
/// character) is left out, since an unconditional request is always right.
package struct FetchRequest: Sendable, Hashable {
    /// Absolute address: `https`, or `http` where the host is loopback.
    package var url: String
    /// The `ETag` of an earlier answer, sent as `If-None-Match`.
    package var entityTag: String?
    /// The `Last-Modified` of an earlier answer, sent as `If-Modified-Since`.
    package var lastModified: String?
    package var limits: FetchLimits
    package var destination: Destination

    /// Where the body goes. The cap ``FetchLimits/bodyBytes`` holds in both places.
    package enum Destination: Sendable, Hashable {
        /// ``FetchResponse/body``.
        case memory
        /// ``FetchResponse/spooled``, for a body of status 200. The body of any other status stays in memory, where
        /// more than 5,000,000 bytes of it are too large whatever the cap.
        case temporaryFile
    }

    package init(
        url: String, entityTag: String? = nil, lastModified: String? = nil, limits: FetchLimits = FetchLimits(),
        destination: Destination = .memory
    ) {
        self.url = url
        self.entityTag = entityTag
        self.lastModified = lastModified
        self.limits = limits
        self.destination = destination
    }
}

/// How long a fetch may take and how much it may bring. Seconds under 1 count as 1, over a day as a day.
package struct FetchLimits: Sendable, Hashable {
    /// Seconds to a connection ready for the request: name, TCP and TLS.
    package var connectSeconds: Int
    /// Seconds that may pass with less than one byte a second.
    package var stallSeconds: Int
    /// Seconds for everything, redirects included.
    package var totalSeconds: Int
    /// Bytes of a body, as it comes and with its content codings undone.
    package var bodyBytes: Int
    /// Redirects followed before the fetch is given up.
    package var redirects: Int

    package init(
        connectSeconds: Int = 10,
        stallSeconds: Int = 20,
        totalSeconds: Int = 60,
        bodyBytes: Int = 5_000_000,
        redirects: Int = 5
    ) {
        self.connectSeconds = connectSeconds
        self.stallSeconds = stallSeconds
        self.totalSeconds = totalSeconds
        self.bodyBytes = bodyBytes
        self.redirects = redirects
    }
}
