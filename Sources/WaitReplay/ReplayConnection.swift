import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection of a ``ReplayServer``: carries out the plan of each request, one after the other.
///
/// NIO's pipelining handler holds back the next request until the response has ended, so there is at most one plan
/// under way.
final class ReplayConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// A made-up body goes out in pieces of that size, each once the one before is with the system.
    private static let endlessPieceBytes = 65_536

    private let log: ReplayLog
    private let answer: @Sendable (ReplayRequest) -> ReplayAnswer
    private var head: HTTPRequestHead?
    /// When that head came in.
    private var span: ReplaySpan?
    /// The log's entry of the request under way.
    private var entry: Int?
    /// The next piece of a dripping body, or a late answer.
    private var nextPiece: Scheduled<Void>?

    init(log: ReplayLog, answer: @escaping @Sendable (ReplayRequest) -> ReplayAnswer) {
        self.log = log
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            span = log.start()
        case .body: break
        case .end: respond(context: context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        nextPiece?.cancel()
        nextPiece = nil
        noteEnd()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func respond(context: ChannelHandlerContext) {
        guard let head, let span else { return }
        let request = ReplayRequest(
            method: head.method.rawValue,
            target: head.uri,
            headers: head.headers.map { HeaderField($0.name, $0.value) })
        let plan = ResponsePlan(for: request, answer: answer)
        entry = log.append(request, plan: plan, span: span)
        switch plan {
        case .silence: break
        case .reset: reset(context: context)
        case .send(let response):
            guard case .late(let milliseconds) = response.delivery else {
                return send(response, to: head, context: context)
            }
            nextPiece = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) {
                self.send(response, to: head, context: context)
            }
        }
    }

    /// Notes that the answer under way has ended; before its last piece goes out, so that nothing the client does on
    /// its arrival can come first.
    private func noteEnd() {
        if let entry { log.end(entry) }
        entry = nil
    }

    private func send(_ response: ResponsePlan.Response, to head: HTTPRequestHead, context: ChannelHandlerContext) {
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        if !head.isKeepAlive { headers.add(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: response.status)
        let responseHead = HTTPResponseHead(version: head.version, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(responseHead)), promise: nil)
        switch response.delivery {
        case .whole, .late:
            writePiece(response.body[...], context: context)
            end(context: context)
        case .headOnly:
            end(context: context)
        case .cut:
            cut(response.body.prefix(response.bodyBytes), context: context)
        case .drip(let pace):
            drip(response.body[...], pace: pace, context: context)
        case .endless(let body):
            writePiece(body.opening[...], context: context)
            let piece = ByteBuffer(repeating: body.filler, count: min(body.fillerBytes, Self.endlessPieceBytes))
            sendEndless(piece: piece, remaining: body.fillerBytes, context: context)
        }
    }
}

// MARK: Ways for a body to leave

extension ReplayConnection {
    private func writePiece(_ bytes: ArraySlice<UInt8>, context: ChannelHandlerContext) {
        guard !bytes.isEmpty else { return }
        if let entry { log.handOut(bytes.count, of: entry) }
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
    }

    /// Ends the response, and the connection with it where the client wants no other.
    private func end(context: ChannelHandlerContext) {
        noteEnd()
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        guard head?.isKeepAlive == false else { return }
        written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    /// Sends the beginning of a body and closes in order, so that only the announced length tells of the loss.
    private func cut(_ beginning: ArraySlice<UInt8>, context: ChannelHandlerContext) {
        writePiece(beginning, context: context)
        noteEnd()
        context.flush()
        context.close(promise: nil)
    }

    private func drip(_ rest: ArraySlice<UInt8>, pace: DripPace, context: ChannelHandlerContext) {
        writePiece(rest.prefix(pace.pieceBytes), context: context)
        let left = rest.dropFirst(pace.pieceBytes)
        guard !left.isEmpty else { return end(context: context) }
        context.flush()
        let pause = TimeAmount.milliseconds(Int64(pace.pauseMilliseconds))
        nextPiece = context.eventLoop.assumeIsolated().scheduleTask(in: pause) {
            self.drip(left, pace: pace, context: context)
        }
    }

    /// Sends a piece and, once the system has taken it, the next: a client that does not read holds the body up. The
    /// next piece waits for a turn of the event loop, so that a fast client starves no other.
    private func sendEndless(piece: ByteBuffer, remaining: Int, context: ChannelHandlerContext) {
        guard remaining > 0 else { return end(context: context) }
        let slice = piece.getSlice(at: piece.readerIndex, length: min(remaining, piece.readableBytes)) ?? piece
        if let entry { log.handOut(slice.readableBytes, of: entry) }
        let written = context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(slice))))
        written.assumeIsolated().whenSuccess {
            context.eventLoop.assumeIsolated().execute {
                self.sendEndless(piece: piece, remaining: remaining - slice.readableBytes, context: context)
            }
        }
    }

    /// Closes without lingering, which makes the system send a reset in place of an orderly end.
    private func reset(context: ChannelHandlerContext) {
        noteEnd()
        guard let socket = context.channel as? any SocketOptionProvider else { return context.close(promise: nil) }
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }
}
