internal import Synchronization

/// The way into the client's thread: letters under a lock, and a wake-up with each.
final class TransferInbox: Sendable {
    enum Letter: Sendable {
        case begin(FetchOrder)
        case cancel(FetchTicket)
    }

    private struct State {
        var letters: [Letter] = []
        var isOpen = true
    }

    private let multi: MultiHandle
    private let state = Mutex(State())

    init(multi: MultiHandle) { self.multi = multi }

    /// Leaves a letter; false where the inbox is closed and nobody would read it.
    ///
    /// The wake-up is inside the lock: the thread learns of the closing under the same lock and releases the handle
    /// only after, so no wake-up meets a released handle.
    @discardableResult
    func post(_ letter: Letter) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            state.letters.append(letter)
            multi.wakeUp()
            return true
        }
    }

    /// Takes no letters from now on. Letters left before are still read.
    func close() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            multi.wakeUp()
        }
    }

    /// Empties the inbox, and says whether it is still open.
    func collect() -> (letters: [Letter], isOpen: Bool) {
        state.withLock { state in
            defer { state.letters = [] }
            return (state.letters, state.isOpen)
        }
    }
}
