import Synchronization
import WaitCore
import WaitStore

/// Captures that the record would not take (a full disk, a file that cannot be written): kept in memory, and stored with the next one
/// that it takes. What is on offer for a quarter of an hour is not lost because there is no room for it just then.
final class Backlog: Sendable {
    private struct State {
        var captures: [Capture] = []
        var bytes = 0
    }

    /// Four days of quarter hours of one document.
    private static let mostBytes = 16_000_000

    private let state = Mutex(State())

    /// What waits of a document, the oldest first.
    func captures(of document: Document) -> [Capture] {
        state.withLock { $0.captures.filter { $0.document == document } }
    }

    /// Puts a capture behind the others; one with the bytes of the one before, which was asked for again because nothing could be
    /// stored, is let go, and so are the oldest where there are too many.
    /// - Returns: how many wait now, and how many were let go for want of room.
    func add(_ capture: Capture) -> (waiting: Int, lost: Int) {
        state.withLock { state in
            let last = state.captures.last { $0.document == capture.document }
            guard last.map({ !Self.isSame($0, capture) }) ?? true else { return (state.captures.count, 0) }
            state.captures.append(capture)
            state.bytes += Self.size(capture)
            var lost = 0
            while state.bytes > Self.mostBytes, state.captures.count > 1 {
                state.bytes -= Self.size(state.captures.removeFirst())
                lost += 1
            }
            return (state.captures.count, lost)
        }
    }

    /// Takes away a capture that was stored.
    func remove(_ capture: Capture) {
        state.withLock { state in
            let index = state.captures.firstIndex {
                $0.document == capture.document && $0.capturedAt == capture.capturedAt && Self.isSame($0, capture)
            }
            if let index { state.bytes -= Self.size(state.captures.remove(at: index)) }
        }
    }

    /// The same document, or the same lack of one.
    private static func isSame(_ one: Capture, _ other: Capture) -> Bool {
        switch (one.answer, other.answer) {
        case (.body(let one), .body(let other)): one.sha256 == other.sha256
        case (.notModified, .notModified), (.unreachable, .unreachable), (.refused, .refused): true
        case (.httpError(let one, _), .httpError(let other, _)): one == other
        default: false
        }
    }

    /// About what a capture takes in memory: bytes, compressed bytes and what was read from them.
    private static func size(_ capture: Capture) -> Int {
        if case .body(let body) = capture.answer { body.bytes.count * 3 + 1_000 } else { 1_000 }
    }
}
