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
    /// Metrics for which readings have no figure, and in how many.
    package let missing: [(metric: String, readings: Int)]
    /// Quota texts that are neither a number nor known to mean that there is no session, and of how many days.
    package let unreadQuotas: [(text: String, days: Int)]
    /// What was reported once about the documents' keys.
    package let drift: [DriftRecord]
    package let faults: Int
    package let revisions: Int
    /// Places heard of by name only.
    package let unplaced: [(kind: String, code: String)]
    /// Hong Kong days that the record has readings or captures of.
    package let days: Int
    /// Why records were quarantined, and how many, the most frequent first.
    package let faultReasons: [(reason: String, count: Int)]

    /// About how many bytes the file grows by in a day: its bytes by the days it holds; nil where it holds less than a week, in
    /// which what every record begins with counts for most.
    package var bytesADay: Int? {
        days < 7 ? nil : databaseBytes / days
    }
}

extension WaitDatabase {
    /// - Parameter now: seconds since 1970, for "the last 24 hours".
    package func status(now: Int) throws -> RecordStatus {
        try access.read { db in
            RecordStatus(
                feeds: try catalogue.feeds.map { try Self.status(of: $0, now: now, db) },
                payloads: try Self.count("payload", db), captures: try Self.count("attempt", db),
                databaseBytes: try Self.bytes(db),
                unrecognised: try Self.unrecognised(db), missing: try Self.missing(db),
                unreadQuotas: try Self.unreadQuotas(db), drift: try DriftRecord.all(db),
                faults: try Self.count("fault", db),
                revisions: try Self.count("disagreement", db), unplaced: try Self.unplaced(db),
                days: try Self.days(db),
                faultReasons: try Row.fetchAll(
                    db,
                    sql: "SELECT reason, count(*) FROM fault GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 10"
                ).map { try ($0[0], $0[1]) })
        }
    }

    /// What the file takes, without its write-ahead log.
    static func bytes(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
    }

    /// Days of readings, which an import or the archive brings many of at once, and days of captures.
    private static func days(_ db: Database) throws -> Int {
        var days = try Set(
            Int.fetchAll(db, sql: "SELECT DISTINCT (captured_unix + 28800) / 86400 FROM attempt"))
        for table in ReadingTable.all {
            if let open = try table.newestDay(db) { days.insert(open) }
            for hospital in try table.hospitals(db) {
                days.formUnion(
                    try Int.fetchAll(
                        db, sql: "SELECT day FROM packed_day WHERE hospital_id = ? AND metric = ?",
                        arguments: [hospital, table.packedOrigin.metric]))
            }
        }
        return days.count
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
        // Damaged texts of different bytes may read the same.
        return try Dictionary(rows.map { try ($0[0], $0[1]) }, uniquingKeysWith: +)
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

    /// Looks through the readings only where there is such a phrase at all.
    private static func missing(_ db: Database) throws -> [(metric: String, readings: Int)] {
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM phrase WHERE qualifier = 'missing'")
        guard !ids.isEmpty else { return [] }
        let list = ids.map(String.init).joined(separator: ", ")
        return try ReadingTable.all.flatMap { table in
            try table.columns.map { column in
                let count = try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM \(table.name) WHERE \(column) IN (\(list))")
                return (metric: column, readings: count ?? 0)
            }
        }.filter { $0.readings > 0 }
    }

    private static func unreadQuotas(_ db: Database) throws -> [(text: String, days: Int)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT value, count(*) FROM quota_record, json_each(texts) WHERE texts IS NOT NULL AND value IS NOT NULL
                GROUP BY value ORDER BY count(*) DESC, value
                """
        ).map { try (text: $0[0], days: $0[1]) }.filter { QuotaText.isUnread($0.text) }
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
        return try rows.compactMap { row in
            try PhraseKind(rawValue: row["kind"]).map { try (Phrase(kind: $0, text: row["text"]), row["readings"]) }
        }
    }

    private static func unplaced(_ db: Database) throws -> [(kind: String, code: String)] {
        try Row.fetchAll(db, sql: "SELECT kind, code FROM place WHERE latitude IS NULL ORDER BY kind, code")
            .map { try ($0[0], $0[1]) }
    }
}
