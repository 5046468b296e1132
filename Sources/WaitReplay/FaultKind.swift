/// A way for a publisher to go wrong, by a short name; real publishers and their networks did (docs/feeds.md,
/// "What went wrong for others").
package enum FaultKind: String, Sendable, CaseIterable {
    /// Never answers.
    case stall
    /// Resets the connection.
    case reset
    /// A byte a second.
    case drip
    /// Announces the whole document, sends half of it and closes.
    case cutTransfer = "cut-transfer"
    /// Sends half of the document and says that this is its length.
    case cutDocument = "cut-document"
    case endless
    /// A gzip stream that is endless undone.
    case bomb
    /// Says gzip over plain bytes.
    case claimsGzip = "claims-gzip"
    /// Names a content coding that changes nothing, or one that does not exist, over plain bytes.
    case codingNone = "coding-none"
    case codingUnknown = "coding-unknown"
    /// A gzip stream without a word of it.
    case gzipUnnamed = "gzip-unnamed"
    case gzipTwice = "gzip-twice"
    /// A gzip stream of two members, and one with a few bytes behind it.
    case gzipMembers = "gzip-members"
    case gzipTail = "gzip-tail"
    /// A whole body whose gzip stream stops before its end.
    case gzipCut = "gzip-cut"
    /// `deflate` without zlib's wrapper.
    case deflateBare = "deflate-bare"
    /// The document under the type of a page.
    case htmlType = "html-type"
    case latin1 = "latin-1"
    case utf16 = "utf-16"
    /// The document after a byte-order mark: odd, and no fault.
    case byteOrderMark = "bom"
    /// An HTML page that calls itself a success.
    case page
    /// Successes that say nothing: an empty body, JSON without a document, and an error's words.
    case empty
    case null
    case emptyList = "empty-list"
    case emptyObject = "empty-object"
    case errorObject = "error-object"
    /// "Not modified" whether the client holds a copy or not.
    case notModified = "304"
    /// "Not modified" to every client that names a copy, for ever.
    case staleNotModified = "304-stale"
    /// "Not modified" about another copy than the one the client names.
    case changedNotModified = "304-changed"
    case noContent = "204"
    case partialContent = "206"
    case forbidden = "403"
    /// Too many requests: come back in two minutes, in each form of `Retry-After`, and in forms that are not valid.
    case tooMany = "429"
    case tooManyDate = "429-date"
    case tooManyNegative = "429-negative"
    case tooManyForYears = "429-years"
    case tooManyGarbage = "429-garbage"
    case serverError = "500"
    /// A page in HTML.
    case unavailable = "503"
    case redirectToPlain = "redirect-plain"
    case redirectInCircles = "redirect-circle"
    /// An address outside the public internet: one of documentation (RFC 5737), so that no real server is asked.
    case redirectToPrivate = "redirect-private"
    /// A redirect to a server whose certificate no authority signed; see ``FaultInjector/secureBase``.
    case certificate

    /// What the two ordinary refusals ask a client to wait.
    package static let retrySeconds = 120
}
