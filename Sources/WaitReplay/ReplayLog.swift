import Synchronization

/// When a request was in progress.
package struct ReplaySpan: Sendable, Equatable {
    /// When the request came in, by a clock that never turns back, since the server started.
    package let startedAtMilliseconds: Int
    /// The place of the request's coming in among all such comings and all endings of answers, from 0.
    package let startOrder: Int
    /// The place of the answer's end among the same: where its last piece was handed out, or the connection ended
    /// before; nil until then. A client that asks one thing after the other never has two in progress.
    package var endOrder: Int?

    package init(startedAtMilliseconds: Int, startOrder: Int, endOrder: Int? = nil) {
        self.startedAtMilliseconds = startedAtMilliseconds
        self.startOrder = startOrder
        self.endOrder = endOrder
    }
}

/// One request the stand-in publisher saw, and what it sent in return.
package struct ReplayLogEntry: Sendable, Equatable {
    package let request: ReplayRequest
    /// The status sent; nil where none was: a stall, a reset.
    package let status: Int?
    /// How many bytes of body were sent or set out to be sent, before any chunking.
    package let bodyBytes: Int
    /// How many of them were handed to the system so far: of an endless body, as many as the client made room for.
    package internal(set) var handedOutBytes = 0
    package internal(set) var span: ReplaySpan

    package init(request: ReplayRequest, status: Int?, bodyBytes: Int, span: ReplaySpan) {
        self.request = request
        self.status = status
        self.bodyBytes = bodyBytes
        self.span = span
    }

    package var method: String { request.method }
    package var path: String { request.path }
    package var query: String? { request.query }
    package var kind: ReplayRequestKind { request.kind }
    /// The entity tags the client holds, as sent.
    package var ifNoneMatch: String? { request.headers.value(of: "If-None-Match") }
    /// The date of the client's copy, as sent.
    package var ifModifiedSince: String? { request.headers.value(of: "If-Modified-Since") }
}

/// The requests of one server, in the order of their answers; written by every connection, read by anyone.
final class ReplayLog: Sendable {
    private struct State {
        var entries: [ReplayLogEntry] = []
        /// How many requests came in, and how many answers ended.
        var events = 0

        mutating func nextOrder() -> Int {
            defer { events += 1 }
            return events
        }
    }

    private let isKept: Bool
    private let openedAt = ContinuousClock.now
    private let state = Mutex(State())

    /// - Parameter isKept: false for a server that runs for so long that its log would count.
    init(isKept: Bool = true) {
        self.isKept = isKept
    }

    var entries: [ReplayLogEntry] { state.withLock { $0.entries } }

    /// Notes that a request has come in.
    func start() -> ReplaySpan {
        state.withLock { state in
            let milliseconds = Int((ContinuousClock.now - openedAt) / .milliseconds(1))
            return ReplaySpan(startedAtMilliseconds: milliseconds, startOrder: state.nextOrder())
        }
    }

    /// Notes what is answered to a request.
    ///
    /// - Returns: the entry's index, for ``end(_:)``; nil where no log is kept.
    func append(_ request: ReplayRequest, plan: ResponsePlan, span: ReplaySpan) -> Int? {
        guard isKept else { return nil }
        let entry = ReplayLogEntry(request: request, status: plan.status, bodyBytes: plan.bodyBytes, span: span)
        return state.withLock { state in
            state.entries.append(entry)
            return state.entries.count - 1
        }
    }

    /// Notes that so many more bytes of an entry's body go out.
    func handOut(_ bytes: Int, of index: Int) {
        state.withLock { $0.entries[index].handedOutBytes += bytes }
    }

    /// Notes that the answer of an entry has ended.
    func end(_ index: Int) {
        state.withLock { $0.entries[index].span.endOrder = $0.nextOrder() }
    }
}
