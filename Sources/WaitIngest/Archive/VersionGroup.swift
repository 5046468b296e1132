import Foundation
import WaitCore
import WaitStore

/// Versions on their way into the record: at most 500, about a quarter of a second's work, go in one transaction.
struct VersionGroup {
    private static let fullCount = 500

    private let feed: Feed
    private let document: Document
    private let key: ArchiveKey
    private var answers: [(version: ArchivedVersion, answer: VersionAnswer)] = []
    private var stamps: Set<HongKongMinute> = []

    init(feed: Feed, document: Document, key: ArchiveKey) {
        (self.feed, self.document, self.key) = (feed, document, key)
    }

    var isFull: Bool { answers.count >= Self.fullCount }

    /// Adds a version's bytes, unless it stood in the bundle before, or is cut: then it is asked for alone.
    mutating func add(_ bytes: Data, stamp: HongKongMinute) {
        guard stamps.insert(stamp).inserted else { return }
        let answer = Self.answer(bytes, of: document, in: feed, stamp: stamp)
        guard case .read = answer else { return }
        answers.append((ArchivedVersion(document: document, key: key, stamp: stamp), answer))
    }

    /// The versions added since the last call.
    mutating func take() -> [(version: ArchivedVersion, answer: VersionAnswer)] {
        defer { answers = [] }
        return answers
    }

    /// What came of asking for a version; its capture time is the archive's own, not when we asked.
    static func answer(_ bytes: Data, of document: Document, in feed: Feed, stamp: HongKongMinute) -> VersionAnswer {
        let capturedAt = stamp.date
        let body = Body(bytes, of: document, in: feed)
        let capture = Capture(
            feed: feed, document: document, origin: .archive, capturedAt: capturedAt, answer: .body(body))
        if case .success = body.content { return .read(capture) }
        return .unreadable(capture)
    }
}
