package import Foundation
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
package import WaitStore

/// The HTTP API of a record: listens, answers, and ends within two seconds of being told to, whatever its clients do.
package struct WebService: Service {
    private let configuration: WebConfiguration
    private let responseService: ResponseService
    private let logger: Logger
    private let onListening: @Sendable (ListenAddress) async -> Void

    /// - Parameters:
    ///   - database: is only read.
    ///   - onListening: learns the address, with the port that was free where the configuration has 0.
    /// - Throws: `StoreError`, or GRDB's `DatabaseError`, where the record cannot be opened once more.
    package init(
        configuration: WebConfiguration, database: WaitDatabase,
        clock: @escaping @Sendable () -> Date, logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) throws {
        try self.init(
            configuration: configuration, database: database, clock: clock, logger: logger,
            routes: RouteMap(database.catalogue),
            onListening: onListening)
    }

    init(
        configuration: WebConfiguration, database: WaitDatabase,
        clock: @escaping @Sendable () -> Date, logger: Logger, routes: RouteMap,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) throws {
        self.configuration = configuration
        (self.logger, self.onListening) = (logger, onListening)
        responseService = try ResponseService(
            configuration: configuration, database: database, clock: clock, logger: logger, routes: routes)
    }

    /// - Throws: `WebError` where the address cannot be listened on.
    package func run() async throws {
        let workers = Workers(configuration.limits)
        do {
            try await application(workers).run()
        } catch let error as IOError {
            try await workers.shutDown()
            throw WebError(error, at: configuration.listen)
        } catch {
            try await workers.shutDown()
            throw error
        }
        try await workers.shutDown()
    }

    func application(_ workers: Workers) -> Application<WebResponder> {
        var limits = configuration.limits
        limits.connections = Descriptors.affordable(limits.connections)
        let (metrics, clock, listening) = (responseService.metrics, responseService.clock, onListening)
        let log = AccessLog(logger: configuration.hasAccessLog ? logger : nil)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .notice)
        return Application(
            responder: WebResponder(responseService: responseService, workers: workers, limits: limits, log: log),
            server: HTTPServerBuilder { [limits] responder in
                WebChannel(responder: responder, limits: limits, metrics: metrics, log: log, clock: clock)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.listen.host, port: configuration.listen.port), backlog: 1_024,
                // Refused connections linger for a moment; past these, clients wait to be accepted.
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections + 64, logger: quiet)),
            onServerRunning: { [configuration] channel in
                let port = channel.localAddress?.port ?? configuration.listen.port
                await listening(ListenAddress(host: configuration.listen.host, port: port))
            },
            logger: quiet)
    }
}

/// Why the API cannot be served; one sentence.
package struct WebError: Error, CustomStringConvertible {
    package let description: String

    init(_ error: IOError, at address: ListenAddress) {
        description =
            switch error.errnoCode {
            case EADDRINUSE:
                "\(address) is in use by another process; end that one, or name another port with --listen."
            case EACCES: "\(address) may not be listened on; name a port above 1023 with --listen."
            default: "\(address) cannot be listened on (\(error)); name another address with --listen."
            }
    }
}
