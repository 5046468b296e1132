package import Foundation
import GRDB
package import WaitCore

/// The validators of the last answer of a document that was read.
package struct Validators: Hashable, Sendable {
    package var entityTag: String?
    package var lastModified: String?

    package init(entityTag: String? = nil, lastModified: String? = nil) {
        (self.entityTag, self.lastModified) = (entityTag, lastModified)
    }
}

/// What is known of a feed's last live attempts: where a poller takes up again after a restart.
package struct PollHistory: Sendable {
    package let lastAttemptAt: Date?
    /// What came of it; where that is a failure and another document's last attempt was good, what came of that one.
    package let lastOutcome: Outcome?
    /// The last live readings' own time: what the archive sent says nothing on how far the feed is.
    package let observedAt: HongKongMinute?

    package init(lastAttemptAt: Date?, lastOutcome: Outcome?, observedAt: HongKongMinute?) {
        (self.lastAttemptAt, self.lastOutcome, self.observedAt) = (lastAttemptAt, lastOutcome, observedAt)
    }
}

extension WaitDatabase {
    /// Validators of the document's last live answer that was read; empty where there is none.
    package func validators(of document: Document) throws -> Validators {
        try access.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT entity_tag, last_modified FROM attempt JOIN document ON document.id = attempt.document_id
                    WHERE url = ? AND outcome IN ('new', 'duplicate', 'partial') AND origin = 'live'
                    ORDER BY attempt.id DESC LIMIT 1
                    """, arguments: [document.url])
            return try Validators(entityTag: row?["entity_tag"], lastModified: row?["last_modified"])
        }
    }

    /// The last live attempt at any of the documents, and the newest time any of them was observed at.
    ///
    /// The outcome is no failure where the last attempt at any of the documents was good.
    package func pollHistory(of documents: [Document]) throws -> PollHistory {
        try access.read { db in
            let attempts = try documents.compactMap { try LastAttempt.at($0.url, db) }.sorted { $0.id < $1.id }
            let newest = try Self.newestObservation(of: documents, db)
            let last = attempts.last
            let decisive = last?.outcome?.isFailure == false ? last : attempts.last(where: \.isGood) ?? last
            return PollHistory(
                lastAttemptAt: last.map { Date(timeIntervalSince1970: Double($0.capturedUnix)) },
                lastOutcome: decisive?.outcome, observedAt: newest)
        }
    }
}
