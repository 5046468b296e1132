import GRDB
package import WaitCore

/// How a feed is doing, as far as the record knows.
package struct FeedStatus: Sendable {
    package let summary: FeedSummary
    /// The last live capture.
    package let lastCapture: CaptureRow?
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
    /// Live captures of the last 7 days.
    package let weeksCaptures: Int
    /// Why records were quarantined, and how many, the most frequent first.
    package let faultReasons: [(reason: String, count: Int)]

    /// About how many bytes the file grows by in a day: its bytes a capture, times a day's live captures over the last 7 days; nil
    /// where there were none.
    package var bytesADay: Int? {
        weeksCaptures == 0 ? nil : Int(Double(databaseBytes) / Double(captures) * Double(weeksCaptures) / 7)
    }
}

extension WaitDatabase {
    /// - Parameter now: seconds since 1970, for "the last 24 hours".
    package func status(now: Int) throws -> RecordStatus {
        try access.read { db in
            RecordStatus(
                feeds: try Feed.all.map { try Self.status(of: $0, now: now, db) },
                payloads: try Self.count("payload", db), captures: try Self.count("attempt", db),
                databaseBytes: try Self.bytes(db),
                unrecognised: try Self.unrecognised(db), faults: try Self.count("fault", db),
                revisions: try Self.count("disagreement", db), unplaced: try Self.unplaced(db),
                weeksCaptures: try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM attempt WHERE captured_unix > ? AND origin = 'live'",
                    arguments: [now - 7 * 86_400]) ?? 0,
                faultReasons: try Row.fetchAll(
                    db,
                    sql: "SELECT reason, count(*) FROM fault GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 10"
                ).map { ($0[0], $0[1]) })
        }
    }

    /// What the file takes, without its write-ahead log.
    static func bytes(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
    }

    private static func count(_ table: String, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
    }

    private static func status(of feed: Feed, now: Int, _ db: Database) throws -> FeedStatus {
        let summary = try summary(of: feed, db)
        return FeedStatus(
            summary: summary,
            lastCapture: try summary.lastCaptureID.flatMap {
                try Row.fetchOne(db, sql: "SELECT * FROM capture WHERE id = ?", arguments: [$0])
            }.map(CaptureRow.init),
            rows: try rows(of: feed, db), lastDay: try lastDay(of: feed, now: now, db))
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

    private static func rows(of feed: Feed, _ db: Database) throws -> Int {
        if let table = ReadingTable.of(feed: feed.id) { return try count(table.name, db) }
        if feed.id == Feed.clinicQuota.id { return try quotaRows(db) }
        return try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM place JOIN attempt ON attempt.id = place.attempt_id
                JOIN document ON document.id = document_id JOIN feed ON feed.id = feed_id WHERE feed.name = ?
                """, arguments: [feed.id]) ?? 0
    }

    /// Rows of the view `clinic_quota`: a week a clinic and period, under however many names and languages it was read.
    private static func quotaRows(_ db: Database) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT 7 * count(*) FROM (SELECT DISTINCT place_id, period_from, period_to FROM quota_record
                JOIN place_name ON place_name.id = name_id)
                """) ?? 0
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
