internal import Synchronization

/// One fetch as it is handed to the client's thread.
struct FetchOrder: Sendable {
    let request: FetchRequest
    /// The request's address, read and allowed.
    let url: FetchURL
    let ticket: FetchTicket
    /// Resumed exactly once, by the thread.
    let continuation: CheckedContinuation<Result<FetchResponse, FetchError>, Never>
}

/// Names one fetch to the thread and tells whether it was cancelled, even before the thread has heard of it.
final class FetchTicket: Sendable {
    private let cancelled = Atomic<Bool>(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}
