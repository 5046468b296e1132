import Foundation
import Synchronization
import WaitIngest

/// A clock that is where they wanted to be as soon as somebody waits, but for the waits whose ends a test sets elsewhere:
/// the machine slept, or somebody set the clock.
final class ScriptedClock: Sendable {
    private struct State {
        var now: Date
        var waits: [Date] = []
    }

    private let state: Mutex<State>
    private let limit: Int
    private let jumps: [Int: Date]

    /// - Parameters:
    ///   - waits: after so many of them a wait throws `CancellationError`, which ends a poller.
    ///   - jumps: where the clock is after the wait of that number, from 1.
    init(_ start: Date, waits limit: Int, jumps: [Int: Date] = [:]) {
        state = Mutex(State(now: start))
        (self.limit, self.jumps) = (limit, jumps)
    }

    var now: Date { state.withLock { $0.now } }
    /// The times that were waited for.
    var waits: [Date] { state.withLock { $0.waits } }

    var wallClock: WallClock {
        WallClock(
            now: { self.now },
            sleep: { until in
                try Task.checkCancellation()
                try self.state.withLock { state in
                    state.waits.append(until)
                    guard state.waits.count <= self.limit else { throw CancellationError() }
                    state.now = self.jumps[state.waits.count] ?? until
                }
            })
    }
}
