import Synchronization

/// One request the stand-in publisher saw, and what it sent in return.
package struct ReplayLogEntry: Sendable, Equatable {
    package let request: ReplayRequest
    /// The status sent; nil where none was: a stall, a reset.
    package let status: Int?
    /// How many bytes of body were sent or set out to be sent, before any chunking.
    package let bodyBytes: Int

    package var method: String { request.method }
    package var path: String { request.path }
    package var query: String? { request.query }
    /// The entity tags the client holds, as sent.
    package var ifNoneMatch: String? { request.headers.value(of: "If-None-Match") }
    /// The date of the client's copy, as sent.
    package var ifModifiedSince: String? { request.headers.value(of: "If-Modified-Since") }
}

/// The requests of one server, in the order of their answers; written by every connection, read by anyone.
final class ReplayLog: Sendable {
    private let kept = Mutex<[ReplayLogEntry]>([])

    var entries: [ReplayLogEntry] { kept.withLock { $0 } }

    func append(_ entry: ReplayLogEntry) {
        kept.withLock { $0.append(entry) }
    }
}
