internal import Synchronization

/// Lets at most so many in at once, in the order they came.
final class Semaphore: Sendable {
    private struct Waiter {
        let ticket: FetchTicket
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var waiting: [Waiter] = []
    }

    private let state: Mutex<State>

    init(permits: Int) { state = Mutex(State(free: max(1, permits))) }

    /// How many wait to be let in.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Waits for a place, which ``leave()`` gives back; false where the task was cancelled and holds none.
    func enter() async -> Bool {
        let ticket = FetchTicket()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { admit(Waiter(ticket: ticket, continuation: $0)) }
        } onCancel: {
            ticket.cancel()
            giveUp(ticket)
        }
    }

    /// Gives a place to the one who has waited longest.
    func leave() {
        let next = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() as Waiter? }
            state.free += 1
            return nil
        }
        next?.continuation.resume(returning: true)
    }

    private func admit(_ waiter: Waiter) {
        // A cancellation that came first is seen here, under the lock; a later one finds the waiter in the line.
        let answer: Bool? = state.withLock { state in
            guard !waiter.ticket.isCancelled else { return false }
            guard state.free > 0 else {
                state.waiting.append(waiter)
                return nil
            }
            state.free -= 1
            return true
        }
        if let answer { waiter.continuation.resume(returning: answer) }
    }

    private func giveUp(_ ticket: FetchTicket) {
        let waiter = state.withLock { state in
            state.waiting.firstIndex { $0.ticket === ticket }.map { state.waiting.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: false)
    }
}
