import Logging
import ServiceLifecycle
import WaitWeb

/// The API beside a collector: where its address cannot be used, collecting goes on, and the address is tried again every minute.
struct RetryingWebService: Service {
    let web: WebService
    let logger: Logger
    /// Called where the address cannot be used, so that nothing waits for it.
    let onRefused: @Sendable () -> Void

    private static let pause = Duration.seconds(60)

    func run() async throws {
        var isTold = false
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                return try await web.run()
            } catch let error as WebError {
                if !isTold {
                    logger.error(
                        "API not served; collecting goes on, and the address is tried again every minute",
                        metadata: ["cause": "\(error)"])
                }
                isTold = true
                onRefused()
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.pause) }
            } catch {
                return
            }
        }
    }
}
