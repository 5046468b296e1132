import Logging
import WaitCore
import WaitStore

/// What is said in the log of a feed's failures: the first with its sentence, and that it answers again; not one for each try.
struct FailureTeller {
    /// A line of the log.
    struct Message: Hashable {
        let level: Logger.Level
        let text: String
        /// The document in question, or the first one where it is the whole feed.
        let document: Document
        let cause: String
    }

    /// Whether the feed's life is over: then its failures are nothing to look at.
    let isRetired: Bool
    private var failing: Set<Document> = []
    private var isFeedFailing = false

    init(isRetired: Bool = false) {
        self.isRetired = isRetired
    }

    /// The lines to write after a pass, the same however often the same failure comes again.
    mutating func messages(after pass: FeedPass) -> [Message] {
        let failed = pass.results.filter { $0.recorded.outcome.isFailure }
        let begun = failed.filter { !failing.contains($0.document) }
        failing.subtract(pass.results.map(\.document))
        failing.formUnion(failed.map(\.document))
        if pass.isFailure {
            defer { isFeedFailing = true }
            guard !isFeedFailing, let first = failed.first else { return [] }
            return [message(isRetired ? .info : .warning, "feed unavailable", first)]
        }
        let partly = begun.map {
            message(isRetired ? .info : .notice, "document unavailable, others of its feed are available", $0)
        }
        defer { isFeedFailing = false }
        guard isFeedFailing, let document = pass.documents.first else { return partly }
        return [Message(level: .info, text: "feed answers again", document: document, cause: "")] + partly
    }

    private func message(_ level: Logger.Level, _ text: String, _ result: IngestResult) -> Message {
        Message(
            level: level, text: text, document: result.document,
            cause: (result.error ?? result.recorded.outcome.rawValue).withoutControls)
    }
}
