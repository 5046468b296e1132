package import FoundationEssentials

/// Why no whole answer came: a code to act on, a sentence to mend by, and the cause in libcurl's words.
package struct FetchError: Error, Sendable, CustomStringConvertible {
    /// The closed set of reasons.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The address cannot be read, carries a user name or password, or is neither `http` nor `https`.
        case invalidURL
        /// The address is plain `http` and its host is not loopback.
        case insecureURL
        /// More redirects than the limit; circles end here.
        case tooManyRedirects
        /// A redirect to an address that must not be followed.
        case forbiddenRedirect
        /// The host's name has no address.
        case hostNotFound
        /// No connection: refused, unreachable, or the proxy said no.
        case cannotConnect
        /// The certificate or the encryption was not acceptable.
        case tlsFailed
        /// A limit of time ran out.
        case timedOut
        /// The body is larger than the limit; its first bytes are in ``FetchError/excerpt``.
        case bodyTooLarge
        /// The headers are larger than any honest answer's.
        case headTooLarge
        /// The connection ended before the answer was whole.
        case cutShort
        /// No temporary file could be made for the body, or the file could not be written or read: the disk is full.
        case cannotSpool
        /// The body does not match its Content-Encoding.
        case badEncoding
        /// What came is not HTTP.
        case malformedReply
        /// The task that waited was cancelled.
        case cancelled
        /// The client was shut down.
        case shutDown
        /// libcurl failed in a way that has no code here; see the cause.
        case other
    }

    package var code: Code
    /// One sentence: what happened, where, what to do next.
    package var message: String
    /// What libcurl or the system reported, where it was one of them.
    package var cause: String?
    /// The first 1,000 bytes of a body that was too large, as evidence; empty otherwise.
    package var excerpt: Data

    package init(_ code: Code, _ message: String, cause: String? = nil, excerpt: Data = Data()) {
        self.code = code
        self.message = message
        self.cause = cause
        self.excerpt = excerpt
    }

    /// The message, with the cause in brackets.
    package var description: String {
        guard let cause, !cause.isEmpty else { return message }
        return "\(message) [\(cause)]"
    }
}
