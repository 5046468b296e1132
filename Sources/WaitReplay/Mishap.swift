package import struct Foundation.Date

/// A way for a publisher to go wrong, by a short name: real ones and their networks have been seen to (FEEDS.md, What went
/// wrong for others).
package enum Mishap: String, Sendable, CaseIterable {
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
    case latin1 = "latin-1"
    case utf16 = "utf-16"
    /// The document after a byte-order mark: odd, and no fault.
    case byteOrderMark = "bom"
    /// An HTML page that calls itself a success.
    case page
    /// "Not modified" whether the client holds a copy or not.
    case notModified = "304"
    /// Too many requests: come back in two minutes, in each form of `Retry-After`, and in forms that are none.
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
    /// An address outside the public internet: one of documentation (RFC 5737), so that nobody is bothered.
    case redirectToPrivate = "redirect-private"
    /// A redirect to a server whose certificate nobody vouches for; see ``Mischief/secureBase``.
    case certificate

    /// What the two ordinary refusals ask a client to wait.
    package static let retrySeconds = 120
}

/// A publisher that goes wrong in some ways by turns.
///
/// Put between the true answer and ``ReplayServer/start(host:port:answer:)``.
package struct Mischief: Sendable {
    private let ways: [Mishap]
    private let interval: Int
    private let secureBase: String
    private let requests = RequestCount()

    /// Everything below is redirected to itself, so that a circle never opens.
    private static let circlePath = "/circle/"

    /// - Parameters:
    ///   - ways: taken in order, one a request that goes wrong, over and over.
    ///   - interval: every how many requests one goes wrong.
    ///   - secureBase: where ``Mishap/certificate`` leads to: `https://localhost:41273`.
    package init(_ ways: [Mishap], every interval: Int = 1, secureBase: String = "https://localhost:1") {
        precondition(interval > 0 && !ways.isEmpty, "mischief needs an interval and a way")
        (self.ways, self.interval, self.secureBase) = (ways, interval, secureBase)
    }

    /// The true answer, or what comes in its place; call it once a request.
    package func answer(to request: ReplayRequest, now: Date, insteadOf answer: ReplayAnswer) -> ReplayAnswer {
        if request.path.hasPrefix(Self.circlePath) { return .redirect(to: request.path) }
        let number = requests.next()
        guard number % interval == 0 else { return answer }
        let way = ways[(number / interval - 1) % ways.count]
        return refusal(way, of: request, now: now) ?? Self.document(way, answer)
    }

    /// What is no document at all; nil for the other ways.
    private func refusal(_ way: Mishap, of request: ReplayRequest, now: Date) -> ReplayAnswer? {
        switch way {
        case .page: .page(status: 200)
        case .notModified: .status(304)
        case .tooMany: .status(429, retryAfter: "\(Mishap.retrySeconds)")
        case .tooManyDate: .status(429, retryAfter: httpDate(now.addingTimeInterval(Double(Mishap.retrySeconds))))
        case .tooManyNegative: .status(429, retryAfter: "-120")
        case .tooManyForYears: .status(429, retryAfter: "99999999999999999999")
        case .tooManyGarbage: .status(429, retryAfter: "when it suits us")
        case .serverError: .status(500)
        case .unavailable: .page(status: 503)
        case .redirectToPlain: .redirect(to: "http://example.org" + request.path)
        case .redirectInCircles: .redirect(to: Self.circlePath)
        case .redirectToPrivate: .redirect(to: "https://192.0.2.1" + request.path)
        case .certificate: .redirect(to: secureBase + request.path)
        default: nil
        }
    }

    /// The answer's document, harmed.
    private static func document(_ way: Mishap, _ answer: ReplayAnswer) -> ReplayAnswer {
        switch way {
        case .stall: return answer.misbehaving(.stall)
        case .reset: return answer.misbehaving(.reset)
        case .drip: return answer.misbehaving(.drip(bytesPerSecond: 1))
        case .cutTransfer: return answer.misbehaving(.cutBody(afterBytes: answer.body.count / 2))
        case .endless: return answer.misbehaving(.endless(bytes: .max))
        case .bomb: return answer.misbehaving(.gzipBomb(decodedBytes: .max))
        case .claimsGzip: return answer.misbehaving(.claimsGzip)
        default: break
        }
        var harmed = answer
        harmed.body = bytes(way, answer.body)
        return harmed
    }

    /// A document's bytes in another form than JSON in UTF-8.
    private static func bytes(_ way: Mishap, _ body: [UInt8]) -> [UInt8] {
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
