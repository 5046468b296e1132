/// How the body of a response leaves the server.
enum Delivery: Equatable {
    /// All of it, and the connection lives on.
    case whole
    /// None of it, though the headers speak of it: a HEAD or a 304.
    case headOnly
    /// The first bytes, then the connection is closed.
    case cut(afterBytes: Int)
    /// A piece at a time.
    case drip(DripPace)
    /// Made up on the way.
    case endless(EndlessBody)
    /// All of it, head included, after a pause.
    case late(milliseconds: Int)
}

/// The rhythm of a dripped body: so many bytes, then a pause.
struct DripPace: Equatable {
    let pieceBytes: Int
    let pauseMilliseconds: Int

    /// Ten pieces a second, or single bytes further apart below ten bytes a second; at least one byte a second.
    init(bytesPerSecond: Int) {
        let pace = max(1, bytesPerSecond)
        pieceBytes = max(1, pace / 10)
        pauseMilliseconds = pace < 10 ? 1_000 / pace : 100
    }
}

/// A body that is never held in memory: an opening, then one byte over and over.
struct EndlessBody: Equatable {
    var opening: [UInt8] = []
    var filler = UInt8(ascii: " ")
    let fillerBytes: Int

    var bytes: Int { opening.count.addingReportingOverflow(fillerBytes).partialValue }

    init(bytes: Int) {
        fillerBytes = max(0, bytes)
    }

    /// A gzip stream in which every byte 0 after the opening stands for 1,032 bytes 0; it never ends in order.
    init(gzipOfZeros decodedBytes: Int) {
        opening = [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xec, 0xc1, 0x01, 0x01, 0x00, 0x00, 0x00, 0x80,
            0x90, 0xfe, 0xaf, 0xee, 0x08, 0x0a,
        ]
        filler = 0
        fillerBytes = max(0, decodedBytes) / 1_032
    }
}

/// What goes over the wire for one request: decided here, carried out by ``ReplayConnection``.
enum ResponsePlan: Equatable {
    /// No answer at all; the connection hangs.
    case silence
    /// No answer; the connection is reset.
    case reset
    case send(Response)

    struct Response: Equatable {
        var status: Int
        var headers: [HeaderField]
        var body: [UInt8]
        var delivery: Delivery

        /// How many bytes of body the plan puts on the wire.
        var bodyBytes: Int {
            switch delivery {
            case .whole, .drip, .late: body.count
            case .headOnly: 0
            case .cut(let afterBytes): min(max(0, afterBytes), body.count)
            case .endless(let body): body.bytes
            }
        }
    }

    /// The status on the wire; nil where no answer is sent.
    var status: Int? {
        if case .send(let response) = self { response.status } else { nil }
    }

    /// How many bytes of body the plan puts on the wire.
    var bodyBytes: Int {
        if case .send(let response) = self { response.bodyBytes } else { 0 }
    }

    /// Plans the response to a request. Only GET and HEAD are served, other methods get a 405.
    init(for request: ReplayRequest, answer: (ReplayRequest) -> ReplayAnswer) {
        guard request.method == "GET" || request.method == "HEAD" else {
            self = .send(.methodNotAllowed)
            return
        }
        let answer = answer(request)
        switch answer.misbehaviour {
        case .stall: self = .silence
        case .reset: self = .reset
        default: self = .send(Response(to: request, with: answer))
        }
    }
}

extension ResponsePlan.Response {
    /// The marks every response carries, so that its figures are not taken for the Hospital Authority's.
    static let marks = [
        HeaderField("Server", "waitkeeper-replay (simulated)"),
        HeaderField("X-Simulated", "waitkeeper"),
    ]

    static let methodNotAllowed = ResponsePlan.Response(
        status: 405,
        headers: marks + [HeaderField("Allow", "GET, HEAD"), HeaderField("Content-Length", "0")],
        body: [],
        delivery: .whole)

    init(to request: ReplayRequest, with answer: ReplayAnswer) {
        status = answer.status
        headers = Self.marks + answer.headers
        body = answer.body
        delivery = Self.delivery(of: answer)
        addValidators(of: answer)
        if answer.misbehaviour?.claimsGzip == true { headers.append(HeaderField("Content-Encoding", "gzip")) }
        if answer.status == 200, answer.misbehaviour?.isOfBody != true, stillHolds(for: request) {
            status = 304
            body = []
            delivery = .headOnly
            return
        }
        addFraming(isHead: request.method == "HEAD")
    }

    private static func delivery(of answer: ReplayAnswer) -> Delivery {
        switch answer.misbehaviour {
        case .cutBody(let afterBytes): .cut(afterBytes: afterBytes)
        case .drip(let bytesPerSecond): .drip(DripPace(bytesPerSecond: bytesPerSecond))
        case .endless(let bytes): .endless(EndlessBody(bytes: bytes))
        case .gzipBomb(let decodedBytes): .endless(EndlessBody(gzipOfZeros: decodedBytes))
        case .late(let milliseconds): .late(milliseconds: max(0, milliseconds))
        case .claimsGzip, .reset, .stall, nil: .whole
        }
    }

    /// An entity tag for every 200 of known bytes that has none of its own, and the answer's date.
    private mutating func addValidators(of answer: ReplayAnswer) {
        var isEndless = false
        if case .endless = delivery { isEndless = true }
        if answer.status == 200, !isEndless, headers.value(of: "ETag") == nil {
            headers.append(HeaderField("ETag", entityTag(of: answer.body)))
        }
        if let lastModified = answer.lastModified {
            headers.append(HeaderField("Last-Modified", lastModified))
        }
    }

    /// Whether the client's copy is still the current one. `If-None-Match` is looked at first; `If-Modified-Since`
    /// only without it, and compared as text, as many servers do (RFC 9110, 13.1.2 and 13.1.3).
    private func stillHolds(for request: ReplayRequest) -> Bool {
        if let asked = request.headers.value(of: "If-None-Match") {
            guard let tag = headers.value(of: "ETag") else { return false }
            let held = asked.split(separator: ",").map { $0.drop { $0 == " " }.prefix { $0 != " " } }
            return held.contains { $0 == "*" || $0 == tag || $0 == "W/" + tag }
        }
        guard let asked = request.headers.value(of: "If-Modified-Since") else { return false }
        return asked == headers.value(of: "Last-Modified")
    }

    /// The announced length: always the whole body's, whatever part of it will be sent; none for a chunked body.
    private mutating func addFraming(isHead: Bool) {
        if case .endless(let endless) = delivery {
            if isHead { headers.append(HeaderField("Content-Length", String(endless.bytes))) }
        } else {
            headers.append(HeaderField("Content-Length", String(body.count)))
        }
        if isHead { delivery = .headOnly }
    }
}

extension Misbehaviour {
    fileprivate var claimsGzip: Bool {
        switch self {
        case .claimsGzip, .gzipBomb: true
        default: false
        }
    }

    /// Whether it shows in the body, so that a 304 without one would hide it.
    fileprivate var isOfBody: Bool {
        switch self {
        case .cutBody, .drip, .endless, .gzipBomb, .claimsGzip: true
        case .reset, .stall, .late: false
        }
    }
}
