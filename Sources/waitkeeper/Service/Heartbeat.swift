import Foundation
import Logging
import ServiceLifecycle
import WaitStore
import WaitWeb

/// Tells the service manager when `run` is ready and when it ends, and that it lives: only while all pollers move and the record
/// answers. A process that hangs is silent, and is started again.
struct Heartbeat: Service {
    let socket: NotifySocket
    /// Time between two signs of life; nil where they are not wanted.
    let interval: Duration?
    /// Yields where the API listens, or ends where it is not served.
    let listening: AsyncStream<ListenAddress>
    let healthCheck: HealthCheck
    let logger: Logger
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Runs until the service group shuts down or the task is cancelled.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            let address = await listening.first { _ in true }
            guard !Task.isCancelled else { return }
            let words = address.map { "Collecting; API at http://\($0)/." } ?? "Collecting."
            tell("READY=1", "STATUS=\(words)")
            await showLife()
        }
        tell("STOPPING=1", "STATUS=Ends.")
    }

    private func showLife() async {
        do {
            guard let interval else { return try await gracefulShutdown() }
            while true {
                try await sleep(interval)
                switch healthCheck.sign() {
                case .alive(let status): tell("WATCHDOG=1", "STATUS=\(status)")
                case .still(let cause): logger.warning("no sign of life sent", metadata: ["cause": "\(cause)"])
                }
            }
        } catch {
            // Cancelled: it is time to end.
        }
    }

    private func tell(_ lines: String...) {
        do throws(NotifySocket.SendError) {
            try socket.send(lines.joined(separator: "\n"))
        } catch {
            logger.warning("service manager not notified", metadata: ["cause": "\(error)"])
        }
    }
}

extension Heartbeat {
    /// How often to give a sign of life: twice in the time the service manager waits for one, where it waits for one of ours.
    static func interval(environment: [String: String], processID: Int32 = getpid()) -> Duration? {
        guard let wait = environment["WATCHDOG_USEC"].flatMap(Int64.init), wait > 0,
            (environment["WATCHDOG_PID"] ?? "\(processID)") == "\(processID)"
        else { return nil }
        return .microseconds(wait / 2)
    }
}

/// What a sign of life rests on.
struct HealthCheck: Sendable {
    enum Sign: Hashable {
        /// With a line about how far the record is.
        case alive(String)
        /// Nothing moves, and why we think so.
        case still(String)
    }

    let liveness: PollerLiveness
    let database: WaitDatabase
    /// Longer than any pass takes.
    let patience: Duration

    /// One look at the pollers and a few look-ups in the record.
    func sign() -> Sign {
        let still = liveness.standingStill(longerThan: patience)
        guard still.isEmpty else { return .still("no progress by \(still.joined(separator: ", "))") }
        do {
            let newest = try database.feedSummaries().filter { ReadingTable.of(feed: $0.feed.id) != nil }
                .compactMap(\.observedAt).max()
            return .alive(newest.map { "Collecting; newest reading \($0.rfc3339)." } ?? "Collecting; no reading yet.")
        } catch {
            // An answer, too: to be started again would help nothing, and lose what waits in memory to be stored.
            return .alive("Collecting; \(StoreError.sentence(error, of: database))")
        }
    }
}
