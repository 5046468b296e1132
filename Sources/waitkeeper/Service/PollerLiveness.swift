import Foundation
import Synchronization
import WaitIngest

/// When each poller was last seen to move, by the clock it waits on: that clock is handed out here.
///
/// A poller that waits moves every half minute; one that fetches and stores does not until it is done. Time that the machine
/// was asleep does not count.
final class PollerLiveness: Sendable {
    typealias Instant = SuspendingClock.Instant

    private let lastMoves = Mutex<[String: Instant]>([:])
    private let now: @Sendable () -> Instant

    init(now: @escaping @Sendable () -> Instant = { .now }) {
        self.now = now
    }

    /// `clock` for the poller of this name; from now on the poller is expected to move.
    func clock(of poller: String, _ clock: WallClock) -> WallClock {
        moved(poller)
        return WallClock(
            now: clock.now,
            pause: { seconds in
                self.moved(poller)
                try await clock.sleep(clock.now().addingTimeInterval(seconds))
                self.moved(poller)
            })
    }

    /// The pollers that have not moved for longer than `limit`.
    func standingStill(longerThan limit: Duration) -> [String] {
        let now = now()
        return lastMoves.withLock { $0.filter { now - $1 > limit }.keys.sorted() }
    }

    private func moved(_ poller: String) {
        let now = now()
        lastMoves.withLock { $0[poller] = now }
    }
}
