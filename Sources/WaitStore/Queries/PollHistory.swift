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
            return Validators(entityTag: row?["entity_tag"], lastModified: row?["last_modified"])
        }
    }

    /// The last live attempt at any of the documents, and the newest time any of them was observed at.
    package func pollHistory(of documents: [Document]) throws -> PollHistory {
        try access.read { db in
            let last = try documents.compactMap { try Self.lastAttempt(at: $0, db) }.max { $0.id < $1.id }
            let newest = try documents.compactMap { try Self.newestObservation(of: $0, db) }.max()
            return PollHistory(lastAttemptAt: last?.at, lastOutcome: last?.outcome, observedAt: newest)
        }
    }

    private static func lastAttempt(at document: Document, _ db: Database) throws -> (
        id: Int64, at: Date, outcome: Outcome?
    )? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT attempt.id, captured_unix, outcome FROM attempt JOIN document ON document.id = attempt.document_id
                WHERE url = ? AND origin = 'live' ORDER BY attempt.id DESC LIMIT 1
                """, arguments: [document.url]
        ).map { ($0[0], Date(timeIntervalSince1970: $0[1]), Outcome(rawValue: $0[2])) }
    }

    private static func newestObservation(of document: Document, _ db: Database) throws -> HongKongMinute? {
        try Int.fetchOne(
            db,
            sql: """
                SELECT observed_minute FROM attempt JOIN document ON document.id = attempt.document_id
                WHERE url = ? AND outcome IN ('new', 'duplicate', 'partial') AND origin = 'live'
                ORDER BY attempt.id DESC LIMIT 1
                """, arguments: [document.url]
        ).map(HongKongMinute.init(sinceEpoch:))
    }
}
