/// How an answer goes wrong on purpose, as real publishers and networks have been seen to.
package enum Misbehaviour: Sendable, Equatable {
    /// Announces the full `Content-Length`, sends that many bytes of the body and closes.
    case cutBody(afterBytes: Int)
    /// Ends the connection with a TCP reset, without an answer.
    case reset
    /// Answers nothing; the connection stays open until the client or ``ReplayServer/stop()`` ends it.
    case stall
    /// Sends the body at that pace.
    case drip(bytesPerSecond: Int)
    /// Sends the whole answer, headers and all, after a pause; other connections are answered meanwhile.
    case late(milliseconds: Int)
    /// Sends a chunked body of that many spaces instead of the answer's own; it is never held in memory, and waits for
    /// the client to read.
    case endless(bytes: Int)
    /// Sends in place of the answer's own body a gzip stream of zeros that is about that long undone, and a thousandth of
    /// it on the wire; made up on the way, as ``endless(bytes:)``.
    case gzipBomb(decodedBytes: Int)
    /// Says `Content-Encoding: gzip` over the plain bytes.
    case claimsGzip
}

/// What the stand-in publisher has to say to one request, before conditional headers are looked at.
///
/// The server adds `ETag`, `Content-Length`, `Server` and `X-Simulated`, and answers 304 where the client's validator
/// still holds.
package struct ReplayAnswer: Sendable, Equatable {
    package var status: Int
    package var headers: [HeaderField]
    package var body: [UInt8]
    /// The `Last-Modified` header, an HTTP date; nil for none.
    package var lastModified: String?
    /// What goes wrong; nil for a well-behaved answer.
    package var misbehaviour: Misbehaviour?

    package init(
        status: Int,
        headers: [HeaderField] = [],
        body: [UInt8] = [],
        lastModified: String? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.lastModified = lastModified
        self.misbehaviour = nil
    }

    /// A 200 with a document's bytes.
    package static func document(
        _ body: [UInt8],
        type: String = "application/json",
        lastModified: String? = nil
    ) -> ReplayAnswer {
        ReplayAnswer(
            status: 200, headers: [HeaderField("Content-Type", type)], body: body, lastModified: lastModified)
    }

    /// A 404, in the words of the government archive (docs/feeds.md, "The archive of past versions").
    package static let notFound = ReplayAnswer(
        status: 404,
        headers: [HeaderField("Content-Type", "application/json")],
        body: Array(#"{"message": "Not Found"}"#.utf8))

    /// A bare status without a body.
    ///
    /// - Parameter retryAfter: the `Retry-After` header: seconds, or an HTTP date; nil for none.
    package static func status(_ status: Int, retryAfter: String? = nil) -> ReplayAnswer {
        ReplayAnswer(status: status, headers: retryAfter.map { [HeaderField("Retry-After", $0)] } ?? [])
    }

    /// An error page, as a proxy in front of a publisher sends.
    package static func page(status: Int) -> ReplayAnswer {
        let html =
            "<!DOCTYPE html><html><head><title>\(status)</title></head><body><h1>Service unavailable</h1></body></html>"
        return ReplayAnswer(
            status: status, headers: [HeaderField("Content-Type", "text/html; charset=utf-8")], body: Array(html.utf8))
    }

    /// A redirect to a location, taken as it is; 302 unless told otherwise, as the archive answers.
    package static func redirect(to location: String, status: Int = 302) -> ReplayAnswer {
        ReplayAnswer(status: status, headers: [HeaderField("Location", location)])
    }

    /// The same answer, going wrong in that way.
    package func misbehaving(_ misbehaviour: Misbehaviour) -> ReplayAnswer {
        var answer = self
        answer.misbehaviour = misbehaviour
        return answer
    }
}
