import GRDB
package import WaitCore

/// How a feed is doing, as far as the record knows.
package struct FeedStatus: Sendable {
    package let feed: String
    package let life: Feed.Life
    /// The last live capture, and when it was.
    package let lastCapture: CaptureRow?
    package let lastCaptureUnix: Int?
    /// Seconds since 1970 of the last attempts that tell how the feed is, and of the last one that was read, or "not modified"
    /// after it was read before: the latter is no earlier exactly where the last attempt at one of the documents was good.
    package let lastAttemptUnix: Int?
    package let lastGoodUnix: Int?
    /// The newest live readings' own time; for quotas the last day of the newest period.
    package let observedAt: HongKongMinute?
    /// Readings, or for quotas and directories records and places.
    package let rows: Int
    /// Outcome → live captures of the last 24 hours.
    package let lastDay: [String: Int]
}

/// The whole record in a few numbers.
package struct RecordStatus: Sendable {
    package let feeds: [FeedStatus]
    package let payloads: Int
    package let captures: Int
    package let databaseBytes: Int
    package let unrecognised: [(phrase: Phrase, readings: Int)]
    package let faults: Int
    package let revisions: Int
    /// Places heard of by name only.
    package let unplaced: [(kind: String, code: String)]
}

extension WaitDatabase {
    /// - Parameter now: seconds since 1970, for "the last 24 hours".
    package func status(now: Int) throws -> RecordStatus {
        try access.read { db in
            RecordStatus(
                feeds: try Feed.all.map { try Self.status(of: $0, now: now, db) },
                payloads: try Self.count("payload", db), captures: try Self.count("attempt", db),
                databaseBytes: try Int.fetchOne(
                    db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0,
                unrecognised: try Self.unrecognised(db), faults: try Self.count("fault", db),
                revisions: try Self.count("disagreement", db), unplaced: try Self.unplaced(db))
        }
    }

    private static func count(_ table: String, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
    }

    private static func status(of feed: Feed, now: Int, _ db: Database) throws -> FeedStatus {
        let urls = try String.fetchAll(
            db, sql: "SELECT url FROM document JOIN feed ON feed.id = feed_id WHERE feed.name = ?", arguments: [feed.id]
        )
        let attempts = try urls.compactMap { try LastAttempt.at($0, db) }
        let last = attempts.max { $0.id < $1.id }
        let times = times(of: attempts)
        let observed = try Int.fetchOne(
            db,
            sql: """
                SELECT max(observed_minute) FROM attempt JOIN document ON document.id = document_id
                JOIN feed ON feed.id = feed_id WHERE feed.name = ? AND origin = 'live'
                """, arguments: [feed.id])
        return FeedStatus(
            feed: feed.id, life: try life(of: feed, db),
            lastCapture: try last.flatMap {
                try Row.fetchOne(db, sql: "SELECT * FROM capture WHERE id = ?", arguments: [$0.id])
            }.map(CaptureRow.init),
            lastCaptureUnix: last?.capturedUnix, lastAttemptUnix: times.attempt, lastGoodUnix: times.good,
            observedAt: try newestPeriod(of: feed, db) ?? observed.map(HongKongMinute.init(sinceEpoch:)),
            rows: try rows(of: feed, db),
            lastDay: try lastDay(of: feed, now: now, db))
    }

    /// Of the documents whose last attempt was good, else of all, the last time asked; and the last good time.
    private static func times(of attempts: [LastAttempt]) -> (attempt: Int?, good: Int?) {
        let good = attempts.compactMap(\.goodUnix).max()
        if let attempt = attempts.filter(\.isGood).map(\.capturedUnix).max() { return (attempt, good) }
        guard let attempt = attempts.map(\.capturedUnix).max() else { return (nil, nil) }
        // Both can be of one second, and a clock can be set back: what failed since is later all the same.
        return (attempt, good.map { min($0, attempt - 1) })
    }

    private static func life(of feed: Feed, _ db: Database) throws -> Feed.Life {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM feed WHERE name = ?", arguments: [feed.id])
        return Feed.Life(
            from: (row?["life_from_minute"] as Int?).map(HongKongMinute.init(sinceEpoch:)),
            to: (row?["life_to_minute"] as Int?).map(HongKongMinute.init(sinceEpoch:)), evidence: row?["evidence"] ?? ""
        )
    }

    private static func lastDay(of feed: Feed, now: Int, _ db: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT outcome, count(*) FROM attempt JOIN document ON document.id = document_id
                JOIN feed ON feed.id = feed_id WHERE feed.name = ? AND captured_unix > ? AND origin = 'live'
                GROUP BY outcome
                """, arguments: [feed.id, now - 86_400])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }

    private static func newestPeriod(of feed: Feed, _ db: Database) throws -> HongKongMinute? {
        guard feed.id == Feed.clinicQuota.id else { return nil }
        return try Int.fetchOne(db, sql: "SELECT max(period_to) FROM quota_record").flatMap { day in
            HongKongMinute(dayNumber: day)
        }
    }

    private static func rows(of feed: Feed, _ db: Database) throws -> Int {
        if let table = ReadingTable.of(feed: feed.id) { return try count(table.name, db) }
        if feed.id == Feed.clinicQuota.id { return try count("quota_record", db) }
        return try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM place JOIN attempt ON attempt.id = place.attempt_id
                JOIN document ON document.id = document_id JOIN feed ON feed.id = feed_id WHERE feed.name = ?
                """, arguments: [feed.id]) ?? 0
    }

    private static func unrecognised(_ db: Database) throws -> [(phrase: Phrase, readings: Int)] {
        let uses = ReadingTable.all.flatMap { table in
            table.columns.map { "SELECT \($0) AS id FROM \(table.name) WHERE \($0) IN (SELECT id FROM unread)" }
        }
        let rows = try Row.fetchAll(
            db,
            sql: """
                WITH unread AS (SELECT id FROM phrase WHERE qualifier = 'unrecognised')
                SELECT kind, text, (SELECT count(*) FROM (\(uses.joined(separator: " UNION ALL "))) used
                    WHERE used.id = phrase.id) AS readings
                FROM phrase WHERE id IN (SELECT id FROM unread) ORDER BY readings DESC, text
                """)
        return rows.compactMap { row in
            PhraseKind(rawValue: row["kind"]).map { (Phrase(kind: $0, text: row["text"]), row["readings"]) }
        }
    }

    private static func unplaced(_ db: Database) throws -> [(kind: String, code: String)] {
        try Row.fetchAll(db, sql: "SELECT kind, code FROM place WHERE latitude IS NULL ORDER BY kind, code")
            .map { ($0[0], $0[1]) }
    }
}
