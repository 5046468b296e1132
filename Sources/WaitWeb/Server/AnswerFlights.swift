import Synchronization

/// Computations that are under way: requests for the same answer wait for one of them.
///
/// At each new slot all clients ask for the same; the first has it computed, on a worker's thread and not in the task of its
/// connection, so that a client that goes away takes nothing from the others.
final class AnswerFlights: Sendable {
    struct Key: Hashable, Sendable {
        let target: String
        let isGzip: Bool
        /// The state of the record when the request came: one that comes after a write does not share an answer from before it.
        let stamp: Stamp
    }

    typealias Outcome = Result<ResponseService.Built, any Error>

    private let waiting = Mutex<[Key: [CheckedContinuation<Outcome, Never>]]>([:])

    /// How many requests wait now.
    var waitingCount: Int {
        waiting.withLock { waiting in waiting.values.map(\.count).reduce(0, +) }
    }

    /// Waits for the answer of `key`; the first that asks has it computed.
    ///
    /// - Parameter start: begins the computation without waiting for it, and has its argument called once with what came out.
    /// - Throws: what the computation threw, to all that wait for it.
    func join(
        _ key: Key, start: (_ finish: @escaping @Sendable (Outcome) -> Void) -> Void
    ) async throws -> ResponseService.Built {
        let outcome = await withCheckedContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                waiting[key, default: []].append(continuation)
                return waiting[key]?.count == 1
            }
            guard isFirst else { return }
            start { outcome in
                let all = self.waiting.withLock { $0.removeValue(forKey: key) ?? [] }
                for continuation in all { continuation.resume(returning: outcome) }
            }
        }
        return try outcome.get()
    }
}
