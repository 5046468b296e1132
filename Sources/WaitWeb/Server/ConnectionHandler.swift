import Foundation
import NIOCore
import NIOHTTP1
import WaitCore

/// Refuses what is not a request, forwards the rest, and closes connections that take too long.
///
/// Between the HTTP decoder and the codec to Hummingbird's types, where the HTTP version is still known and a parser's error can
/// be answered. It holds a request until it is whole (requests have no bodies).
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        case open
        /// The last request was taken; what comes is dropped, and after its answer the connection ends.
        case last
        /// Everything was sent: the client may read it and close.
        case lingering
    }

    private let limits: WebLimits
    private let metrics: WebMetrics
    private let log: AccessLog
    /// The service's clock: an answer's `Date` goes by it, as its figures do.
    private let clock: @Sendable () -> Date
    /// There are too many connections already.
    private let isRefused: Bool

    private var phase = Phase.open
    private var held: HTTPRequestHead?
    /// Requests forwarded and not answered yet, oldest first: whether each asks for the head alone.
    private var awaited: [Bool] = []
    private var inFlight: Int { awaited.count }
    /// The answer that is being sent ends with its head, which tells of chunks.
    private var endsWithHead = false
    /// The last request is of HTTP/1.0: a client that knows no chunks.
    private var isHTTP10 = false
    private var activeAt = NIODeadline.now()
    private var headBeganAt: NIODeadline?
    private var blockedAt: NIODeadline?
    private var endsAt: NIODeadline?
    private var timer: Scheduled<Void>?

    init(limits: WebLimits, metrics: WebMetrics, log: AccessLog, clock: @escaping @Sendable () -> Date, isRefused: Bool)
    {
        self.limits = limits
        self.metrics = metrics
        self.log = log
        self.clock = clock
        self.isRefused = isRefused
    }

    /// Whether bytes that come are of no use any more.
    var isDeaf: Bool { phase != .open }

    func bytesArrived() {
        activeAt = .now()
        if headBeganAt == nil { headBeganAt = activeAt }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        watch(context)
        if isRefused { refuse(.busy, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }
}

// What comes in.
extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase == .open else { return }
        switch unwrapInboundIn(data) {
        case .head(let head) where !head.namesItsHost: refuse(.host, context, isHead: head.method == .HEAD)
        case .head(let head) where head.endsConnectionEarly: take(head, context)
        case .head(let head): held = head
        case .body: break
        case .end: if let head = held { take(head, context) }
        }
    }

    private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        held = nil
        headBeganAt = nil
        isHTTP10 = head.version == .http1_0
        if isHTTP10 || !head.isKeepAlive || head.endsConnectionEarly { phase = .last }
        awaited.append(head.method == .HEAD)
        context.fireChannelRead(wrapInboundOut(.head(head)))
        context.fireChannelRead(wrapInboundOut(.end(nil)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        refuse(error == .headerOverflow ? .headersTooLarge : .unreadable, context)
    }

    /// Answers what is not a request, and ends; where an answer is still being made, that one is the last.
    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext, isHead: Bool = false) {
        guard phase == .open else { return }
        phase = .last
        held = nil
        guard inFlight == 0 else { return }
        endsWithHead = false
        metrics.count(route: nil, status: problem.status, seconds: 0)
        log.write(method: nil, target: nil, status: problem.status, bytes: isHead ? 0 : problem.bytes.count, seconds: 0)
        let bytes = problem.bytes
        var headers = HTTPHeaders((problem.fields + ResponseService.everywhere).map { ($0.name, $0.value) })
        headers.add(name: "content-length", value: String(bytes.count))
        headers.add(name: "connection", value: "close")
        headers.add(name: "date", value: HTTPDate.text(clock()))
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: problem.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !isHead { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil) }
        end(context)
    }
}

// What goes out.
extension ConnectionHandler {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            // A client of HTTP/1.0 knows no chunks; its answer ends with the connection.
            if isLastAnswer && isHTTP10 { head.version = .http1_0 }
            if isLastAnswer { head.headers.replaceOrAdd(name: "connection", value: "close") }
            head.headers.replaceOrAdd(name: "date", value: HTTPDate.text(clock()))
            endsWithHead =
                awaited.first == true && head.version == .http1_1 && !head.headers.contains(name: "content-length")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            let isLast = isLastAnswer
            if !awaited.isEmpty { awaited.removeFirst() }
            activeAt = .now()
            if isLast { end(context, promise) } else { context.write(ending, promise: promise) }
        case .body:
            context.write(data, promise: promise)
        }
    }

    /// Whether the answer that is being sent is the connection's last.
    private var isLastAnswer: Bool { phase == .last && inFlight == 1 }

    /// The end of an answer; where its head was all of it, nothing: the end of chunks would be taken for the next answer.
    private var ending: NIOAny {
        wrapOutboundOut(endsWithHead ? .body(.byteBuffer(ByteBuffer())) : .end(nil))
    }

    /// Sends the last answer's end, then closes our half: the client can read all of it before it closes its own.
    private func end(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil) {
        phase = .lingering
        // Until the client has taken it; an order to end, given before, stands.
        closeWithin(limits.stallMilliseconds)
        let promise = promise ?? context.eventLoop.makePromise()
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.closeWithin(min(self.limits.stallMilliseconds, 2_000))
            context.close(mode: .output, promise: nil)
        }
        context.writeAndFlush(ending, promise: promise)
    }

    private func closeWithin(_ milliseconds: Int) {
        let deadline = NIODeadline.now() + .milliseconds(Int64(milliseconds))
        endsAt = min(endsAt ?? deadline, deadline)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        blockedAt = context.channel.isWritable ? nil : .now()
        context.fireChannelWritabilityChanged()
    }
}

// What takes too long.
extension ConnectionHandler {
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        guard inFlight > 0 else { return context.close(promise: nil) }
        phase = .last
        endsAt = .now() + .milliseconds(Int64(limits.shutdownMilliseconds))
        watch(context)
    }

    /// When the connection is to be closed if nothing happens until then.
    private var deadline: NIODeadline? {
        let stall = blockedAt.map { $0 + .milliseconds(Int64(limits.stallMilliseconds)) }
        if let endsAt { return min(endsAt, stall ?? endsAt) }
        if let stall { return stall }
        guard inFlight == 0 else { return nil }
        if let headBeganAt { return headBeganAt + .milliseconds(Int64(limits.headMilliseconds)) }
        return activeAt + .milliseconds(Int64(limits.idleMilliseconds))
    }

    /// Looks at the deadline when it is there, and now and then: it can come nearer.
    private func watch(_ context: ChannelHandlerContext) {
        timer?.cancel()
        let now = NIODeadline.now()
        if let deadline, deadline <= now { return context.close(promise: nil) }
        let soon = now + .milliseconds(Int64(max(10, min(limits.headMilliseconds, limits.stallMilliseconds) / 4)))
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: min(deadline ?? soon, soon)) {
            self.watch(context)
        }
    }
}

extension HTTPRequestHead {
    /// Whether there is one Host field, as there must be; HTTP/1.0 knows none (RFC 9112, 3.2).
    fileprivate var namesItsHost: Bool {
        let count = headers["host"].count
        return count == 1 || (count == 0 && version == .http1_0)
    }

    /// Whether what follows is not for us to read: a body, or another protocol.
    fileprivate var endsConnectionEarly: Bool {
        headers.contains(name: "transfer-encoding") || headers.first(name: "content-length").map { $0 != "0" } ?? false
            || method == .CONNECT || headers.contains(name: "upgrade")
    }
}

/// Bytes before they are read as HTTP: what comes after the last request is dropped, so that the client can finish sending
/// and read our answer.
final class InboundGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: ConnectionHandler

    init(_ connection: ConnectionHandler) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !connection.isDeaf else { return }
        connection.bytesArrived()
        context.fireChannelRead(data)
    }
}
