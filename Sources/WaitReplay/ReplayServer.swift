import NIOCore
import NIOHTTP1
import NIOPosix

/// Why a stand-in publisher could not start.
package enum ReplayServerError: Error, Equatable, CustomStringConvertible {
    /// The address is not one of this machine's own.
    case notLoopback(host: String)
    /// The system did not give the port.
    case cannotListen(host: String, port: Int, reason: String)

    package var description: String {
        switch self {
        case .notLoopback(let host):
            "the stand-in publisher listens on loopback only, and \(host) is not; use 127.0.0.1, ::1 or localhost"
        case .cannotListen(let host, let port, let reason):
            "the stand-in publisher cannot listen on \(host) port \(port): \(reason); use port 0 for any free one"
        }
    }
}

/// A stand-in publisher: an HTTP/1.1 server on loopback that answers by a function and misbehaves where told to.
///
/// What it serves is simulated, and says so in the `Server` and `X-Simulated` headers of every response. It keeps
/// connections alive, answers HEAD, conditional requests and 405 on its own, and logs every request it answers.
package final class ReplayServer: Sendable {
    /// Where the server answers, without a slash at its end: `http://127.0.0.1:41273`.
    package let baseURL: String
    package let port: Int

    private let listener: any Channel
    private let connections: OpenConnections
    private let log: ReplayLog

    /// Every request so far, in the order of the answers. An entry is there before the first byte of its answer is.
    package var requests: [ReplayLogEntry] { log.entries }

    private init(listener: any Channel, host: String, connections: OpenConnections, log: ReplayLog) {
        self.listener = listener
        self.connections = connections
        self.log = log
        port = listener.localAddress?.port ?? 0
        baseURL = "http://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - host: an address of loopback: `127.0.0.1` and its like, `::1`, `localhost`.
    ///   - port: 0 for any free port.
    ///   - keepsLog: whether ``requests`` are kept.
    ///   - answer: called for each GET and HEAD on an event loop, by several at once: it must not block.
    /// - Throws: ``ReplayServerError``.
    package static func start(
        host: String = "127.0.0.1",
        port: Int = 0,
        keepsLog: Bool = true,
        answer: @escaping @Sendable (ReplayRequest) -> ReplayAnswer
    ) async throws -> ReplayServer {
        let host = host == "localhost" ? "127.0.0.1" : host
        guard isLoopback(host) else { throw ReplayServerError.notLoopback(host: host) }
        let connections = OpenConnections()
        let log = ReplayLog(isKept: keepsLog)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                connections.add(channel)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(ReplayConnection(log: log, answer: answer))
                }
            }
        do {
            let listener = try await bootstrap.bind(host: host, port: port).get()
            return ReplayServer(listener: listener, host: host, connections: connections, log: log)
        } catch {
            throw ReplayServerError.cannotListen(host: host, port: port, reason: "\(error)")
        }
    }

    /// Stops listening and ends every open connection, answered or not; returns when all are closed. Calling it again
    /// does nothing.
    package func stop() async throws {
        do {
            try await listener.close()
        } catch ChannelError.alreadyClosed {
            // Stopped before.
        }
        try await connections.closeAll()
    }

    private static func isLoopback(_ host: String) -> Bool {
        switch try? SocketAddress(ipAddress: host, port: 0) {  // nil is no address at all: no loopback either
        case .v4: host.hasPrefix("127.")
        case .v6: host == "::1"
        case .unixDomainSocket, nil: false
        }
    }
}

/// Runs a body with a server that is stopped afterwards, whether the body throws or not.
///
/// - Throws: ``ReplayServerError``, or what the body throws.
package func withReplayServer<Value: Sendable>(
    answer: @escaping @Sendable (ReplayRequest) -> ReplayAnswer,
    _ body: (ReplayServer) async throws -> Value
) async throws -> Value {
    let server = try await ReplayServer.start(answer: answer)
    do {
        let value = try await body(server)
        try await server.stop()
        return value
    } catch {
        try await server.stop()
        throw error
    }
}
