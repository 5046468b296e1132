package import FoundationEssentials
internal import Synchronization

/// How many requests may run at once, and how many may start in a second. Less than 1 counts as 1.
package struct RequestPace: Sendable, Hashable {
    package var concurrent: Int
    package var perSecond: Int

    /// The pace for the archive: docs/feeds.md, "The archive of past versions".
    package init(concurrent: Int = 4, perSecond: Int = 5) {
        self.concurrent = concurrent
        self.perSecond = perSecond
    }
}

/// Keeps requests polite: in the order they were asked for, spread evenly over the second, and none before a moment
/// that the server named.
///
/// `pacer.fetch` is a ``Fetch``.
package final class RequestPacer: Sendable {
    /// A hold is taken for no longer than this, in seconds: one from before the clock was set back may be years away.
    private static let longestHold: TimeInterval = 86_400

    private struct Times {
        var nextStartAt = Date.distantPast
        var heldUntil = Date.distantPast
    }

    private let ask: Fetch
    private let now: @Sendable () -> Date
    private let sleep: @Sendable (Date) async throws -> Void
    private let interval: TimeInterval
    let permits: Semaphore
    /// Where one at a time waits for its moment, so that an unused moment is never lost.
    let entry = Semaphore(permits: 1)
    private let times = Mutex(Times())

    /// - Parameters:
    ///   - ask: what gets a document.
    ///   - now: the clock's time.
    ///   - sleep: returns at that time or later, or earlier to have it looked at again; throws where the task is cancelled.
    package init(
        _ ask: @escaping Fetch, pace: RequestPace = RequestPace(), now: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (_ until: Date) async throws -> Void
    ) {
        self.ask = ask
        self.now = now
        self.sleep = sleep
        interval = 1 / TimeInterval(max(1, pace.perSecond))
        permits = Semaphore(permits: pace.concurrent)
    }

    /// Gets a document when its turn has come.
    ///
    /// - Throws: `cancelled` where the task is cancelled before its turn, and then no request is made; otherwise as the fetch.
    package func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        guard await permits.enter() else { throw Self.cancelled(request) }
        defer { permits.leave() }
        guard await waitForTurn() else { throw Self.cancelled(request) }
        return try await ask(request)
    }

    /// Lets no request start before this time, a day ahead at most, as a 429 or 503 asks with `Retry-After`. An earlier
    /// time than one given before changes nothing; requests that run are left alone.
    package func hold(until time: Date) {
        times.withLock { $0.heldUntil = max($0.heldUntil, time) }
    }

    /// False where the task was cancelled, and then its turn is the next one's.
    private func waitForTurn() async -> Bool {
        guard await entry.enter() else { return false }
        defer { entry.leave() }
        while !Task.isCancelled {
            guard let time = takeTurn() else { return true }
            // It throws only where the task is to end.
            guard (try? await sleep(time)) != nil else { return false }
        }
        return false
    }

    /// Takes the turn and returns nil, or the time at which to look again.
    private func takeTurn() -> Date? {
        let now = now()
        return times.withLock { times in
            // A clock that was set back must not stop everything until it has caught up.
            times.nextStartAt = min(times.nextStartAt, now + interval)
            times.heldUntil = min(times.heldUntil, now + Self.longestHold)
            let time = max(times.nextStartAt, times.heldUntil)
            guard time <= now else { return time }
            times.nextStartAt = now + interval
            return nil
        }
    }

    private static func cancelled(_ request: FetchRequest) -> FetchError {
        FetchError(.cancelled, "The fetch of \(request.url) was cancelled; ask again if it is still wanted.")
    }
}
