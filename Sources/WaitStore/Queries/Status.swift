import GRDB
package import WaitCore

/// How a feed is doing, as far as the record knows.
package struct FeedStatus: Sendable {
    package let feed: String
    package let life: Feed.Life
    package let lastCapture: CaptureRow?
    /// Seconds since 1970 of the last capture, and of the last that was read or answered "not modified".
    package let lastCaptureUnix: Int?
    package let lastGoodUnix: Int?
    package let observedAt: HongKongMinute?
    /// Readings, or for quotas and directories records and places.
    package let rows: Int
    /// Outcome → captures of the last 24 hours.
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
        let life = try Row.fetchOne(db, sql: "SELECT * FROM feed WHERE name = ?", arguments: [feed.id])
        let last = try Row.fetchOne(
            db, sql: "SELECT * FROM capture WHERE feed = ? ORDER BY id DESC LIMIT 1", arguments: [feed.id])
        let times = try Row.fetchOne(
            db,
            sql: """
                SELECT max(captured_unix) AS last, max(captured_unix) FILTER (WHERE outcome IN
                    ('new', 'duplicate', 'notModified', 'partial')) AS good, max(observed_minute) AS observed
                FROM attempt JOIN document ON document.id = document_id JOIN feed ON feed.id = feed_id WHERE feed.name = ?
                """, arguments: [feed.id])
        let lastDay = try Row.fetchAll(
            db,
            sql: """
                SELECT outcome, count(*) FROM attempt JOIN document ON document.id = document_id
                JOIN feed ON feed.id = feed_id WHERE feed.name = ? AND captured_unix > ? GROUP BY outcome
                """, arguments: [feed.id, now - 86_400])
        return FeedStatus(
            feed: feed.id,
            life: Feed.Life(
                from: (life?["life_from_minute"] as Int?).map(HongKongMinute.init(sinceEpoch:)),
                to: (life?["life_to_minute"] as Int?).map(HongKongMinute.init(sinceEpoch:)),
                evidence: life?["evidence"] ?? ""),
            lastCapture: last.map(CaptureRow.init), lastCaptureUnix: times?["last"], lastGoodUnix: times?["good"],
            observedAt: (times?["observed"] as Int?).map(HongKongMinute.init(sinceEpoch:)),
            rows: try rows(of: feed, db),
            lastDay: Dictionary(uniqueKeysWithValues: lastDay.map { ($0[0], $0[1]) }))
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
