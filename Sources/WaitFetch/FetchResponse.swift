package import FoundationEssentials

/// A whole HTTP answer of any status. A header whose bytes are not UTF-8 counts as absent.
package struct FetchResponse: Sendable {
    /// HTTP status: 200, 304, 404 …
    package var status: Int
    /// The body as published, its content codings undone: those that its bytes show, whatever `Content-Encoding` says.
    /// Empty where the body is in ``spooled``.
    package var body: Data
    /// The body of a 200 that was asked for in a temporary file, even where it is empty; nil otherwise.
    package var spooled: SpooledFile?
    /// `ETag`, verbatim; nil after a redirect, because the address asked is not the one that gave it.
    package var entityTag: String?
    /// `Last-Modified`, verbatim; nil after a redirect, as ``entityTag``.
    package var lastModified: String?
    /// `Retry-After`, verbatim: seconds or an HTTP date.
    package var retryAfter: String?
    /// `Content-Type`, verbatim.
    package var contentType: String?
    /// `Date`, verbatim: when the answer was made, by its server's clock.
    package var date: String?
    /// How the body came, where `Content-Encoding` did not say so: `gzip under no Content-Encoding`; nil where it did.
    package var codingRemark: String?
    /// The address that gave this answer, after all redirects.
    package var url: String
    /// Redirects followed on the way.
    package var redirects: Int
    /// Milliseconds from the request to the last byte, redirects included.
    package var milliseconds: Int

    package init(
        status: Int,
        body: Data = Data(),
        spooled: SpooledFile? = nil,
        entityTag: String? = nil,
        lastModified: String? = nil,
        retryAfter: String? = nil,
        contentType: String? = nil,
        date: String? = nil,
        codingRemark: String? = nil,
        url: String,
        redirects: Int = 0,
        milliseconds: Int = 0
    ) {
        self.status = status
        self.body = body
        self.spooled = spooled
        self.entityTag = entityTag
        self.lastModified = lastModified
        self.retryAfter = retryAfter
        self.contentType = contentType
        self.date = date
        self.codingRemark = codingRemark
        self.url = url
        self.redirects = redirects
        self.milliseconds = milliseconds
    }
}
