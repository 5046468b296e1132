import FoundationEssentials
import Synchronization

@testable import WaitFetch

/// A clock that stands still until somebody waits, and then is where they wanted to be.
final class StillClock: Sendable {
    private let time = Mutex(Date(timeIntervalSinceReferenceDate: 0))

    /// Milliseconds since the clock was made.
    var milliseconds: Int { Int((now.timeIntervalSinceReferenceDate * 1_000).rounded()) }
    var now: Date { time.withLock { $0 } }

    func date(_ milliseconds: Int) -> Date { Date(timeIntervalSinceReferenceDate: Double(milliseconds) / 1_000) }

    func sleep(until date: Date) throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, date) }
    }

    func set(_ milliseconds: Int) { time.withLock { $0 = date(milliseconds) } }
}

/// Stands in for the other side: notes when each request starts, and answers it at once or when it is told to.
final class PacedServer: Sendable {
    private struct State {
        var urls: [String] = []
        var startsAt: [Int] = []
        var running = 0
        var mostRunning = 0
    }

    let clock = StillClock()
    private let state = Mutex(State())
    /// Where requests wait to be answered.
    private let exit = Semaphore(permits: 1)
    private let holdsAnswers: Bool

    init(holdsAnswers: Bool = false) async {
        self.holdsAnswers = holdsAnswers
        if holdsAnswers { _ = await exit.enter() }
    }

    var urls: [String] { state.withLock { $0.urls } }
    /// When each request started, in the clock's milliseconds.
    var startsAt: [Int] { state.withLock { $0.startsAt } }
    var mostRunning: Int { state.withLock { $0.mostRunning } }

    func pacer(_ pace: RequestPace = RequestPace()) -> RequestPacer {
        RequestPacer(answer, pace: pace, now: { self.clock.now }, sleep: { try self.clock.sleep(until: $0) })
    }

    func pacer(sleep: @escaping @Sendable (Date) async throws -> Void) -> RequestPacer {
        RequestPacer(answer, now: { self.clock.now }, sleep: sleep)
    }

    /// Lets all held answers go.
    func release() { exit.leave() }

    func answer(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        state.withLock { state in
            state.urls.append(request.url)
            state.startsAt.append(clock.milliseconds)
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
        }
        defer { state.withLock { $0.running -= 1 } }
        if holdsAnswers, await exit.enter() { exit.leave() }
        if request.url == "bad" { throw FetchError(.cutShort, "The answer was cut.") }
        return FetchResponse(status: 200, url: request.url)
    }
}

extension RequestPacer {
    /// The code of the error that a fetch ends with, nil for an answer.
    func outcome(_ url: String) async -> FetchError.Code? {
        do throws(FetchError) {
            _ = try await fetch(FetchRequest(url: url))
            return nil
        } catch {
            return error.code
        }
    }
}

/// Lets other tasks go on until something has come about.
func until(_ condition: () -> Bool) async {
    // Cancelled, it goes on looking: the test that asked ends by its own limit.
    while !condition() { try? await Task.sleep(for: .milliseconds(2)) }
}
