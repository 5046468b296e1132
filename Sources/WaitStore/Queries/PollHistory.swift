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

/// The copy of a document that was read live last: what a conditional request may name.
package struct HeldCopy: Hashable, Sendable {
    package var validators: Validators
    /// When it was captured.
    package var readAt: Date
    /// Its own time; nil for documents without one.
    package var observedAt: HongKongMinute?
    /// When the publisher said for the first time after that that it is still the current one; nil where it never did.
    package var notModifiedAt: Date?

    package init(
        validators: Validators, readAt: Date, observedAt: HongKongMinute? = nil, notModifiedAt: Date? = nil
    ) {
        self.validators = validators
        self.readAt = readAt
        self.observedAt = observedAt
        self.notModifiedAt = notModifiedAt
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
        try heldCopy(of: document)?.validators ?? Validators()
    }

    /// The copy of the document's last live answer that was read; nil where there is none.
    package func heldCopy(of document: Document) throws -> HeldCopy? {
        try access.read { db in
            let read = try Row.fetchOne(
                db,
                sql: """
                    SELECT attempt.id, document_id, captured_unix, observed_minute, entity_tag, last_modified
                    FROM attempt JOIN document ON document.id = attempt.document_id
                    WHERE url = ? AND outcome IN ('new', 'duplicate', 'partial') AND origin = 'live'
                    ORDER BY attempt.id DESC LIMIT 1
                    """, arguments: [document.url])
            guard let read else { return nil }
            let (id, readUnix): (Int64, Int) = (try read["id"], try read.unix("captured_unix"))
            let notModifiedUnix = try Int.fetchOne(
                db,
                sql: """
                    SELECT captured_unix FROM attempt
                    WHERE document_id = ? AND id > ? AND outcome = 'notModified' AND origin = 'live' ORDER BY id LIMIT 1
                    """, arguments: [try read["document_id"] as Int64, id])
            return HeldCopy(
                validators: try Validators(entityTag: read["entity_tag"], lastModified: read["last_modified"]),
                readAt: Date(timeIntervalSince1970: Double(readUnix)),
                observedAt: try read.minute("observed_minute"),
                notModifiedAt: notModifiedUnix.map { Date(timeIntervalSince1970: Double($0)) })
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

    /// Remembers when a feed is asked next, where that is later than its rhythm lets expect; nothing is written where it is so already.
    package func setDue(_ due: Date, ofFeed feed: String) async throws {
        let unix = Int(exactly: due.timeIntervalSince1970.rounded(.down)) ?? 0
        try await suspendingWrite { db in
            try db.execute(
                sql: """
                    INSERT INTO poll_due SELECT id, ?1 FROM feed WHERE name = ?2
                    ON CONFLICT (feed_id) DO UPDATE SET due_unix = excluded.due_unix WHERE due_unix <> excluded.due_unix
                    """, arguments: [unix, feed])
        }
    }
}
