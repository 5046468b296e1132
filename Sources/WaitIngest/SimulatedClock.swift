package import Foundation
import Synchronization

/// A clock that stands still until somebody waits, and then is where they wanted to be: days pass in seconds.
///
/// For one poller at a time, in the demo and in tests.
package final class SimulatedClock: Sendable {
    private let time: Mutex<Date>
    private let end: Date

    /// - Parameter end: waiting past this throws `CancellationError`, which ends a poller.
    package init(startingAt start: Date, endingAt end: Date) {
        time = Mutex(start)
        self.end = end
    }

    package var now: Date { time.withLock { $0 } }

    package var wallClock: WallClock {
        WallClock(now: { self.now }, sleep: { try self.advance(to: $0) })
    }

    private func advance(to until: Date) throws {
        try Task.checkCancellation()
        guard until <= end else { throw CancellationError() }
        time.withLock { $0 = max($0, until) }
    }
}
