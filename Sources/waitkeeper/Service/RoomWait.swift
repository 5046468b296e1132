import Foundation
import Logging
import WaitStore

/// Waits for room on the record's disk: a collector that is started on a full disk begins once there is some, in place of being
/// started again and again.
struct RoomWait {
    let logger: Logger
    /// Tells the service manager that the start takes longer.
    var notify: @Sendable () -> Void = RoomWait.extendStart
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    private static let pause = Duration.seconds(30)

    /// What `open` returns, as soon as the disk has room for it; a warning the first time it has not.
    /// - Throws: what `open` throws but for a full disk; `CancellationError`.
    func callAsFunction<Value>(_ open: () throws -> Value) async throws -> Value {
        var isTold = false
        while true {
            do {
                return try open()
            } catch let error as StoreError where error.code == .diskFull {
                if !isTold {
                    logger.warning(
                        "no room for the record; nothing is collected until there is; trying again every half minute",
                        metadata: ["cause": "\(error)"])
                }
                isTold = true
            }
            notify()
            try await sleep(Self.pause)
        }
    }

    /// (sd_notify(3): the start-up time-out starts again.)
    private static func extendStart() {
        let socket = NotifySocket(environment: ProcessInfo.processInfo.environment)
        // Without a service manager, or one that does not listen, the start has no time-out.
        try? socket?.send("EXTEND_TIMEOUT_USEC=90000000", "STATUS=Waiting for room on the record's disk.")
    }
}
