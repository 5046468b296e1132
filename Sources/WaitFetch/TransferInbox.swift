internal import Synchronization

/// The client's inbox: messages under a lock; each wakes the client's thread.
final class TransferInbox: Sendable {
    enum Message: Sendable {
        case begin(FetchOrder)
        case cancel(FetchTicket)
    }

    private struct State {
        var messages: [Message] = []
        var isOpen = true
    }

    private let multi: MultiHandle
    private let state = Mutex(State())

    init(multi: MultiHandle) { self.multi = multi }

    /// Puts a message into the inbox; false where it is closed.
    ///
    /// The wake-up is inside the lock: the thread learns of the closing under the same lock and releases the handle
    /// only after, so no wake-up meets a released handle.
    @discardableResult
    func post(_ message: Message) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            state.messages.append(message)
            multi.wakeUp()
            return true
        }
    }

    /// Takes no messages from now on. Messages left before are still read.
    func close() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            multi.wakeUp()
        }
    }

    /// Empties the inbox, and says whether it is still open.
    func collect() -> (messages: [Message], isOpen: Bool) {
        state.withLock { state in
            defer { state.messages = [] }
            return (state.messages, state.isOpen)
        }
    }
}
