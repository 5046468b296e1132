import Foundation
import Synchronization

/// Runs what blocks (unpacking, hashing, SQLite) on a thread of its own, so that Swift's few threads stay free for the pollers
/// and for signals.
package enum BlockingWork {
    /// Whether the task that waits was cancelled: work that takes long looks at it now and then.
    package final class StopSign: Sendable {
        private let isRaised = Atomic(false)

        package var isStopped: Bool { isRaised.load(ordering: .relaxed) }

        fileprivate func raise() { isRaised.store(true, ordering: .relaxed) }

        /// - Throws: `CancellationError` where the task was cancelled.
        package func check() throws {
            if isStopped { throw CancellationError() }
        }
    }

    /// The value of `work`, which runs to its end even where the task is cancelled, unless it looks at its stop sign.
    /// - Throws: what `work` throws; `CancellationError` where the task was cancelled before it began.
    package static func run<Value: Sendable>(
        _ work: @escaping @Sendable (StopSign) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        let sign = StopSign()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try work(sign) }) }
            }
        } onCancel: {
            sign.raise()
        }
    }
}
