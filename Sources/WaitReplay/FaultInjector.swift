import WaitCore

package import struct Foundation.Date

/// A publisher that goes wrong in some ways by turns.
///
/// Put between the true answer and ``ReplayServer/start(host:port:answer:)``.
package struct FaultInjector: Sendable {
    private let ways: [FaultKind]
    private let interval: Int
    private let secureBase: String
    private let requests = RequestCount()

    /// Everything below is redirected to itself, so that a circle never opens.
    private static let circlePath = "/circle/"

    /// - Parameters:
    ///   - ways: taken in order, one a request that goes wrong, over and over.
    ///   - interval: every how many requests one goes wrong.
    ///   - secureBase: where ``FaultKind/certificate`` leads to: `https://localhost:41273`.
    package init(_ ways: [FaultKind], every interval: Int = 1, secureBase: String = "https://localhost:1") {
        precondition(interval > 0 && !ways.isEmpty, "mischief needs an interval and a way")
        (self.ways, self.interval, self.secureBase) = (ways, interval, secureBase)
    }

    /// The true answer, or what comes in its place; call it once a request.
    package func answer(to request: ReplayRequest, now: Date, insteadOf answer: ReplayAnswer) -> ReplayAnswer {
        if request.path.hasPrefix(Self.circlePath) { return .redirect(to: request.path) }
        let number = requests.next()
        guard number % interval == 0 else { return answer }
        let way = ways[(number / interval - 1) % ways.count]
        return refusal(way, of: request, now: now) ?? Self.statement(way) ?? Self.notModified(way, request)
            ?? Self.coded(way, answer) ?? Self.document(way, answer)
    }

    /// An answer that is not a document at all; nil for the other ways.
    private func refusal(_ way: FaultKind, of request: ReplayRequest, now: Date) -> ReplayAnswer? {
        switch way {
        case .page: .page(status: 200)
        case .tooMany: .status(429, retryAfter: "\(FaultKind.retrySeconds)")
        case .tooManyDate:
            .status(429, retryAfter: HTTPDate.text(now.addingTimeInterval(Double(FaultKind.retrySeconds))))
        case .tooManyNegative: .status(429, retryAfter: "-120")
        case .tooManyForYears: .status(429, retryAfter: "99999999999999999999")
        case .tooManyGarbage: .status(429, retryAfter: "when it suits us")
        case .serverError: .status(500)
        case .unavailable: .page(status: 503)
        case .noContent: .status(204)
        case .forbidden: .page(status: 403)
        case .redirectToPlain: .redirect(to: "http://example.org" + request.path)
        case .redirectInCircles: .redirect(to: Self.circlePath)
        case .redirectToPrivate: .redirect(to: "https://192.0.2.1" + request.path)
        case .certificate: .redirect(to: secureBase + request.path)
        default: nil
        }
    }

    /// A success whose body says nothing of what was asked; nil for the other ways.
    private static func statement(_ way: FaultKind) -> ReplayAnswer? {
        let text: String
        switch way {
        case .empty: text = ""
        case .null: text = "null"
        case .emptyList: text = "[]"
        case .emptyObject: text = "{}"
        case .errorObject: text = #"{"status": 503, "message": "Service temporarily unavailable"}"#
        default: return nil
        }
        return .document(Array(text.utf8))
    }

    /// "Not modified", deserved or not; nil for the other ways, and where the client names no copy and the way wants one.
    private static func notModified(_ way: FaultKind, _ request: ReplayRequest) -> ReplayAnswer? {
        if way == .notModified { return .status(304) }
        guard let tag = request.headers.value(of: "If-None-Match") else { return nil }
        var answer = ReplayAnswer.status(304)
        switch way {
        case .staleNotModified: answer.headers.append(HeaderField("ETag", tag))
        case .changedNotModified: answer.headers.append(HeaderField("ETag", "\"another\""))
        default: return nil
        }
        return answer
    }

    /// The answer's document in an odd content coding, or under an odd name of one; nil for the other ways.
    private static func coded(_ way: FaultKind, _ answer: ReplayAnswer) -> ReplayAnswer? {
        let half = answer.body.count / 2
        let (bytes, name): ([UInt8], String?)
        switch way {
        case .codingNone: (bytes, name) = (answer.body, "none")
        case .codingUnknown: (bytes, name) = (answer.body, "utf-8")
        case .gzipUnnamed: (bytes, name) = (StoredGzip.member(answer.body), nil)
        case .gzipTwice: (bytes, name) = (StoredGzip.member(StoredGzip.member(answer.body)), "gzip")
        case .gzipMembers:
            let members = [answer.body.prefix(half), answer.body.dropFirst(half)].map { StoredGzip.member(Array($0)) }
            (bytes, name) = (members[0] + members[1], "gzip")
        case .gzipTail: (bytes, name) = (StoredGzip.member(answer.body) + Array("\n<!-- served -->\n".utf8), "x-gzip")
        case .gzipCut: (bytes, name) = (Array(StoredGzip.member(answer.body).dropLast(20)), "gzip")
        case .deflateBare: (bytes, name) = (StoredGzip.bare(answer.body), "deflate")
        default: return nil
        }
        var coded = answer
        coded.body = bytes
        if let name { coded.headers.append(HeaderField("Content-Encoding", name)) }
        return coded
    }

    /// The answer's document, harmed.
    private static func document(_ way: FaultKind, _ answer: ReplayAnswer) -> ReplayAnswer {
        var harmed = answer
        switch way {
        case .stall: return answer.misbehaving(.stall)
        case .reset: return answer.misbehaving(.reset)
        case .drip: return answer.misbehaving(.drip(bytesPerSecond: 1))
        case .cutTransfer: return answer.misbehaving(.cutBody(afterBytes: answer.body.count / 2))
        case .endless: return answer.misbehaving(.endless(bytes: .max))
        case .bomb: return answer.misbehaving(.gzipBomb(decodedBytes: .max))
        case .claimsGzip: return answer.misbehaving(.claimsGzip)
        case .partialContent: harmed.status = 206
        case .htmlType: harmed.headers = [HeaderField("Content-Type", "text/html; charset=iso-8859-1")]
        default: harmed.body = bytes(way, answer.body)
        }
        return harmed
    }

    /// A document's bytes in another form than JSON in UTF-8.
    private static func bytes(_ way: FaultKind, _ body: [UInt8]) -> [UInt8] {
        switch way {
        case .cutDocument: Array(body.prefix(body.count / 2))
        // Written once as "ö" of Latin-1: the feeds' English documents are the same in both otherwise.
        case .latin1: body.firstIndex(of: UInt8(ascii: "o")).map { body[..<$0] + [0xf6] + body[($0 + 1)...] } ?? body
        case .utf16:
            [0xff, 0xfe] + String(decoding: body, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        case .byteOrderMark: [0xef, 0xbb, 0xbf] + body
        default: body
        }
    }
}
