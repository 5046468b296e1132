import Foundation
import Logging
import ServiceLifecycle
import WaitStore

/// Ends the process where the record's path names the open file no longer: else it would collect into a file without a name, or
/// serve one that was replaced, and say nothing.
struct RecordWatch: Service {
    let database: WaitDatabase
    let logger: Logger
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// Ends the process at once, without closing the file.
    var abandon: @Sendable () -> Void = { _exit(EXIT_FAILURE) }

    private static let pause = Duration.seconds(2)

    /// Runs until the service group shuts down or the task is cancelled.
    /// - Throws: `StoreError` where the path names another file or none.
    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try look()
            do {
                try await cancelWhenGracefulShutdown { try await sleep(Self.pause) }
            } catch {
                return
            }
        }
    }

    private func look() throws {
        do throws(StoreError) {
            try database.checkFile()
        } catch {
            logger.critical(
                "the record is no longer the file that was opened; the process ends", metadata: ["cause": "\(error)"])
            guard error.code == .gone else {
                // To close the file would copy what is left of its log over it.
                Console.note("Error: \(error)")
                return abandon()
            }
            database.leaveFile()
            throw error
        }
    }
}
