internal import CCurl
internal import FoundationEssentials

/// One fetch on the client's thread: a hop after another until an answer, an error or the end of its time.
final class Transfer {
    /// What comes after a hop.
    enum Step {
        case answer(Result<FetchResponse, FetchError>)
        /// The handle is set for the next hop and can be run again.
        case nextHop
    }

    let order: FetchOrder
    let easy: EasyHandle
    private(set) var url: FetchURL
    private let settings: ClientSettings
    private let startedAt = ContinuousClock.now
    private var redirects = 0
    /// Whether this hop came from a public host and must not reach into a private network.
    private var mustStayPublic = false
    private var head = ResponseHead()
    private var body: BodyBuffer
    private var peer: RedirectRule.Peer?
    private var refusedAddress = false
    /// Why the body could not be kept.
    private var spoolFailure: FetchError?

    /// Makes a handle ready for the first hop.
    ///
    /// - Throws: `other` where libcurl does not take a setting.
    init(_ order: FetchOrder, settings: ClientSettings) throws(FetchError) {
        self.order = order
        self.settings = settings
        url = order.url
        body = BodyBuffer(capBytes: order.request.limits.bodyBytes)
        easy = try EasyHandle()
        try easy.setRules(settings: settings, limits: order.request.limits)
        try easy.setCallbacks(for: self)
        try easy.setHop(url: url, headers: order.request.conditionalHeaders, limits: timeLeft())
    }

    /// Decides what comes after a hop that ended with libcurl's `result`.
    func finishHop(_ result: CURLcode) -> Step {
        do throws(FetchError) {
            try checkWhole(result)
            let status = easy.status
            if let location = head.location, RedirectRule.isRedirect(status) {
                try follow(location)
                return .nextHop
            }
            try openBody(status)
            return .answer(.success(try response(status)))
        } catch {
            return .answer(.failure(error))
        }
    }

    private func checkWhole(_ result: CURLcode) throws(FetchError) {
        if refusedAddress, result != CURLE_OK { throw RedirectRule.privateNetwork(url) }
        if let spoolFailure { throw spoolFailure }
        if body.isOverCap {
            // Of an answer that is not a document the status counts, not the length of its page.
            guard easy.status == 200 else { return }
            throw .bodyTooLarge(
                url, capBytes: body.capBytes,
                excerpt: ContentCoding.excerpt(body.data).prefix(BodyBuffer.excerptBytes))
        }
        // libcurl says "out of memory" of a single header line of more than 100 kB.
        if head.isOverCap || result == CURLE_OUT_OF_MEMORY && body.isEmpty { throw .headTooLarge(url) }
        guard result != CURLE_OK else { return }
        throw FetchError(
            ending: result, of: url, receivedBytes: easy.receivedBytes, declaredBytes: easy.declaredBytes,
            cause: easy.describe(result))
    }

    private func follow(_ location: String) throws(FetchError) {
        let isPublic = RedirectRule.isPublic(url, connectedTo: peer, isPublicAddress: settings.isPublicAddress)
        let hop = RedirectRule.Hop(url: url, isPublic: isPublic, redirects: redirects)
        url = try RedirectRule.next(
            after: hop, location: location, limit: order.request.limits.redirects,
            isPublicAddress: settings.isPublicAddress)
        redirects += 1
        mustStayPublic = isPublic
        head = ResponseHead()
        body = BodyBuffer(capBytes: order.request.limits.bodyBytes)
        peer = nil
        refusedAddress = false
        try easy.setHop(url: url, headers: [], limits: timeLeft())
    }

    private func response(_ status: Int) throws(FetchError) -> FetchResponse {
        var response = FetchResponse(
            status: status,
            body: body.isOverCap ? body.excerpt : Data(),
            entityTag: redirects == 0 ? head.entityTag : nil,
            lastModified: redirects == 0 ? head.lastModified : nil,
            retryAfter: head.retryAfter,
            contentType: head.contentType,
            date: head.date,
            url: url.text,
            redirects: redirects)
        if !body.isOverCap { try decodeBody(into: &response) }
        response.milliseconds = elapsedMilliseconds
        return response
    }

    /// Undoes the body's content codings. Of an answer that is not a document the status counts: its page stays as it came
    /// where that cannot be done.
    private func decodeBody(into response: inout FetchResponse) throws(FetchError) {
        if let spool = body.spool {
            response.spooled = try ContentCoding.decode(
                spool, in: settings.spoolFolder, capBytes: body.capBytes, failure: codingFailure)
            return
        }
        do throws(ContentCoding.Failure) {
            let decoded = try ContentCoding.decode(
                body.data, declared: head.contentEncoding, capBytes: body.capBytes)
            response.body = decoded.body
            response.codingRemark =
                body.isEmpty ? nil : ContentCoding.remark(declared: head.contentEncoding, undone: decoded.undone)
        } catch {
            guard response.status != 200 else { throw codingFailure(error) }
            response.body = body.data
        }
    }

    private func codingFailure(_ failure: ContentCoding.Failure) -> FetchError {
        switch failure {
        case .tooLarge(let excerpt): .bodyTooLarge(url, capBytes: body.capBytes, excerpt: excerpt)
        case .cutShort: .compressedBodyCut(url)
        case .damaged: .compressedBodyDamaged(url)
        case .other(let error): error
        }
    }

    /// Decides where the body of an answer of this status goes; done once for each answer, at its first byte or its end.
    private func openBody(_ status: Int) throws(FetchError) {
        guard order.request.destination == .temporaryFile, body.isEmpty else { return }
        if status == 200 {
            try body.spool(in: settings.spoolFolder)
        } else {
            body.capToMemory()
        }
    }

    private var elapsedMilliseconds: Int { Int((ContinuousClock.now - startedAt) / .milliseconds(1)) }

    /// The limits of time for a hop that starts now: what the hops before it have left over.
    private func timeLeft() throws(FetchError) -> HopTime {
        let limits = order.request.limits
        let left = HopTime.milliseconds(limits.totalSeconds) - elapsedMilliseconds
        guard left > 0 else { throw .timedOut(url) }
        return HopTime(
            connectMilliseconds: min(left, HopTime.milliseconds(limits.connectSeconds)), totalMilliseconds: left)
    }
}

// What libcurl calls back for, always on the client's thread, while the transfer runs.
extension Transfer {
    /// Takes a header line; false ends the transfer.
    func receive(headerLine bytes: UnsafeRawBufferPointer) -> Bool { head.append(line: bytes) }

    /// Takes a piece of the body as it comes; false ends the transfer.
    func receive(bodyBytes bytes: UnsafeRawBufferPointer) -> Bool {
        do throws(FetchError) {
            if body.isEmpty {
                try openBody(easy.status)
                if let declared = easy.declaredBytes { body.expect(declaredBytes: declared) }
            }
            return try body.append(bytes)
        } catch {
            spoolFailure = error
            return false
        }
    }

    /// Whether a socket to this far end may be opened; nil is a far end that is not an IP address.
    func mayConnect(to peer: RedirectRule.Peer?) -> Bool {
        guard mustStayPublic else { return true }
        if let peer, RedirectRule.mayConnect(to: peer, for: url, isPublicAddress: settings.isPublicAddress) {
            return true
        }
        refusedAddress = true
        return false
    }

    /// Whether the request may be sent over the connection that libcurl chose: also over one that was opened earlier
    /// for another fetch, for which no socket is asked for.
    func maySend(to peer: RedirectRule.Peer?) -> Bool {
        self.peer = peer
        return mayConnect(to: peer)
    }
}
