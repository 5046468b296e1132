import Foundation
import GRDB
package import WaitCore

/// A feed with its life, and how it was last heard of.
package struct FeedSummary: Sendable {
    package let feed: Feed
    package let life: Feed.Life
    /// The last live attempt.
    package let lastCaptureID: Int64?
    /// Seconds since 1970 of the last live attempt, and of the last one that brought a document that was read, or "not
    /// modified" after one.
    package let lastAttemptUnix: Int?
    package let lastGoodUnix: Int?
    /// The first live attempt after the last good one; nil where the last attempt at any of the documents was good.
    package let failingSinceUnix: Int?
    package let lastOutcome: String?
    /// The last live document's own time; for quotas the last day of the newest period.
    package let observedAt: HongKongMinute?
    /// When the collector asks next, where that is later than the feed's rhythm lets expect.
    package let nextDueUnix: Int?

    package init(
        feed: Feed, life: Feed.Life, lastCaptureID: Int64? = nil, lastAttemptUnix: Int?, lastGoodUnix: Int?,
        failingSinceUnix: Int?, lastOutcome: String?, observedAt: HongKongMinute?, nextDueUnix: Int? = nil
    ) {
        self.nextDueUnix = nextDueUnix
        (self.feed, self.life, self.lastCaptureID, self.observedAt) = (feed, life, lastCaptureID, observedAt)
        (self.lastAttemptUnix, self.lastGoodUnix) = (lastAttemptUnix, lastGoodUnix)
        (self.failingSinceUnix, self.lastOutcome) = (failingSinceUnix, lastOutcome)
    }

    /// What its health is judged by.
    package var facts: FeedHealth.Facts {
        func date(_ unix: Int?) -> Date? { unix.map { Date(timeIntervalSince1970: Double($0)) } }
        return FeedHealth.Facts(
            rhythm: feed.rhythm, life: life, lastAttemptAt: date(lastAttemptUnix), lastGoodAt: date(lastGoodUnix),
            failingSince: date(failingSinceUnix), observedAt: observedAt, nextDueAt: date(nextDueUnix))
    }
}

extension WaitDatabase {
    /// Every feed, in the order of this version's list; look-ups by key.
    package func feedSummaries() throws -> [FeedSummary] {
        try access.read { db in try catalogue.feeds.map { try Self.summary(of: $0, db) } }
    }

    /// A feed's life as the settings said last; this version's where the feed was never registered.
    package func life(of feed: String) throws -> Feed.Life {
        try access.read { db in try Self.life(of: feed, db) }
    }

    static func summary(of feed: Feed, _ db: Database) throws -> FeedSummary {
        let all = try feed.documents.compactMap { try LastAttempt.at($0.url, db) }
        let last = all.max { $0.id < $1.id }
        // A document that the settings ask for no more says nothing of how the feed is.
        let attempts = all.filter { ($0.capturedUnix - (last?.capturedUnix ?? 0)).magnitude <= Self.together(feed) }
        return FeedSummary(
            feed: feed, life: try life(of: feed.id, db), lastCaptureID: last?.id, lastAttemptUnix: last?.capturedUnix,
            lastGoodUnix: attempts.compactMap(\.goodUnix).max(),
            failingSinceUnix: attempts.contains(where: \.isGood) ? nil : try failingSince(feed, attempts, db),
            lastOutcome: last?.outcome?.rawValue,
            observedAt: try newestPeriod(of: feed, db) ?? newestObservation(of: feed.documents, db),
            nextDueUnix: try Int.fetchOne(
                db.cachedStatement(
                    sql: "SELECT due_unix FROM poll_due JOIN feed ON feed.id = feed_id WHERE name = ?"),
                arguments: [feed.id]))
    }

    /// Documents of a feed whose last attempts are within so many seconds are asked for together.
    private static func together(_ feed: Feed) -> Int { feed.rhythm == .quarterHourly ? 3_600 : 2 * 86_400 }

    /// The earliest attempt after the last good one that was made in the time from that one to the last: what a clock that was
    /// wrong for a while has written counts only where there is nothing else.
    private static func failingSince(_ feed: Feed, _ attempts: [LastAttempt], _ db: Database) throws -> Int? {
        let documents = Set(feed.documents.map(\.url))
        let good = attempts.filter { $0.goodID != nil }.max { ($0.goodID ?? 0) < ($1.goodID ?? 0) }
        let last = attempts.map(\.capturedUnix).max() ?? 0
        let marks = databaseQuestionMarks(count: documents.count)
        return try Int.fetchOne(
            db,
            sql: """
                SELECT captured_unix FROM attempt
                WHERE id > ? AND origin = 'live' AND document_id IN (SELECT id FROM document WHERE url IN (\(marks)))
                ORDER BY captured_unix NOT BETWEEN ? AND ?, captured_unix LIMIT 1
                """,
            arguments: [good?.goodID ?? 0] + StatementArguments(documents) + [good?.goodUnix ?? 0, last])
    }

    static func life(of feed: String, _ db: Database) throws -> Feed.Life {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM feed WHERE name = ?", arguments: [feed])
        return try Feed.Life(
            from: row?.minute("life_from_minute"), to: row?.minute("life_to_minute"),
            evidence: row?["evidence"] ?? "")
    }

    /// The newest of the times that the documents' last live answers that were read had.
    static func newestObservation(of documents: [Document], _ db: Database) throws -> HongKongMinute? {
        try documents.compactMap { document in
            try Int.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT observed_minute FROM attempt WHERE document_id = (SELECT id FROM document WHERE url = ?)
                        AND outcome IN ('new', 'duplicate', 'partial') AND origin = 'live' ORDER BY id DESC LIMIT 1
                        """), arguments: [document.url])
        }.max().map { try HongKongMinute(stored: $0) }
    }

    private static func newestPeriod(of feed: Feed, _ db: Database) throws -> HongKongMinute? {
        guard feed.id == Feed.clinicQuota.id else { return nil }
        return try Int.fetchOne(db, sql: "SELECT max(period_to) FROM quota_record").flatMap { day in
            HongKongMinute(dayNumber: day)
        }
    }
}
