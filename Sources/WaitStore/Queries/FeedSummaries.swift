import GRDB
package import WaitCore

/// A feed with its life, and how it was last heard of.
package struct FeedSummary: Sendable {
    package let feed: Feed
    package let life: Feed.Life
    /// Seconds since 1970 of the last live attempt, and of the last one that brought a document that was read, or "not
    /// modified" after one.
    package let lastAttemptUnix: Int?
    package let lastGoodUnix: Int?
    package let lastOutcome: String?
    /// The last live document's own time.
    package let observedAt: HongKongMinute?
}

extension WaitDatabase {
    /// Every feed, in the order of this version's list; look-ups by key.
    package func feedSummaries() throws -> [FeedSummary] {
        try access.read { db in try Feed.all.map { try Self.summary(of: $0, db) } }
    }

    private static func summary(of feed: Feed, _ db: Database) throws -> FeedSummary {
        let attempts = try feed.documents.compactMap { try LastAttempt.at($0.url, db) }
        let last = attempts.max { $0.id < $1.id }
        let row = try Row.fetchOne(db, sql: "SELECT * FROM feed WHERE name = ?", arguments: [feed.id])
        return FeedSummary(
            feed: feed,
            life: Feed.Life(
                from: (row?["life_from_minute"] as Int?).map(HongKongMinute.init(sinceEpoch:)),
                to: (row?["life_to_minute"] as Int?).map(HongKongMinute.init(sinceEpoch:)),
                evidence: row?["evidence"] ?? ""),
            lastAttemptUnix: last?.capturedUnix, lastGoodUnix: attempts.compactMap(\.goodUnix).max(),
            lastOutcome: last?.outcome?.rawValue, observedAt: try newestObservation(of: feed, db))
    }

    private static func newestObservation(of feed: Feed, _ db: Database) throws -> HongKongMinute? {
        try feed.documents.compactMap { document in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT observed_minute FROM attempt WHERE document_id = (SELECT id FROM document WHERE url = ?)
                    AND outcome IN ('new', 'duplicate', 'partial') AND origin = 'live' ORDER BY id DESC LIMIT 1
                    """, arguments: [document.url])
        }.max().map(HongKongMinute.init(sinceEpoch:))
    }
}
