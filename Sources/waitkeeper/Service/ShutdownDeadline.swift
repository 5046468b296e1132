import ServiceLifecycle
import WaitStore

/// The service that is told first that the process is to end: from then on no wait for a lock lasts longer than a moment, so
/// that those told after it end in time.
struct ShutdownDeadline: Service {
    let database: WaitDatabase

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await gracefulShutdown()
        } onGracefulShutdown: {
            database.endWaiting()
        }
    }
}

extension ShutdownDeadline: CustomStringConvertible {
    /// As logs name it.
    var description: String { "end of waiting" }
}
