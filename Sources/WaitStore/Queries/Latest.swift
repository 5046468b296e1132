import GRDB
package import WaitCore

/// The newest reading of a hospital in one feed.
package struct LatestReading: Sendable {
    package let hospital: String
    package let name: Trilingual
    package let cluster: Trilingual
    package let latitude: Double?
    package let longitude: Double?
    /// Nil where the hospital has no reading yet.
    package let observedAt: HongKongMinute?
    package let captureID: Int64?
    package let origin: String?
    /// Metric → what was published; empty where there is no reading.
    package let figures: [String: PublishedFigure]
    /// Metric → how it compares with the year before; waits with a number only.
    package let usual: [String: Usual]
}

/// A published text with what it says.
package struct PublishedFigure: Hashable, Sendable {
    package let metric: String
    package let text: String
    package let meaning: ParsedWait
}

extension [String: PublishedFigure] {
    /// Whether several resuscitations are being managed, as the view `ae_wait` has it: nil where it cannot be known.
    package var isResuscitating: Bool? {
        let qualifiers = ["t1", "t2"].map { self[$0]?.meaning.qualifier }
        if qualifiers.contains(.resuscitation) { return true }
        let unknown: [Qualifier?] = [.unrecognised, .missing, nil]
        return qualifiers.contains(where: unknown.contains) ? nil : false
    }
}

extension WaitDatabase {
    /// The newest reading of every A&E hospital in `table`'s feed, by code, and whether it is usual.
    ///
    /// Hospitals that count nowhere and those that have gone are left out (`HospitalLives`), unless one is asked about.
    /// - Parameters:
    ///   - code: of the one hospital that is asked about; nil: all.
    ///   - now: later readings are left out, so that none from the future passes for a current one; nil: none are.
    /// Cost: a look-up by key for each hospital, and 52 packed days for each of its waits.
    /// - Throws: `StoreError` where packed days are damaged.
    package func latest(
        in table: ReadingTable, of code: String? = nil, now: HongKongMinute? = nil
    ) throws -> [LatestReading] {
        try access.read { db in
            let usual = try UsualReader(db, table: table)
            let chosen =
                try code == nil
                ? "place.id IN (\(Self.present(in: table, db))) AND ?2 IS NULL"
                : "place.kind = 'hospital' AND place.code = ?2"
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT place.*, place.id AS place_id, r.observed_minute, r.attempt_id AS capture_id, attempt.origin
                    FROM place
                    LEFT JOIN \(table.name) r ON r.hospital_id = place.id AND r.observed_minute =
                        (SELECT max(observed_minute) FROM \(table.name)
                            WHERE hospital_id = place.id AND observed_minute <= ?1)
                    LEFT JOIN attempt ON attempt.id = r.attempt_id
                    WHERE \(chosen) ORDER BY place.code
                    """, arguments: [now?.sinceEpoch ?? Int.max, code])
            return try rows.map { try Self.latest($0, table: table, usual: usual, db) }
        }
    }

    /// The ids of the hospitals that are in the feed's documents now, with commas.
    private static func present(in table: ReadingTable, _ db: Database) throws -> String {
        try HospitalLives(table, db).present().map { "\($0.id)" }.joined(separator: ", ")
    }

    private static func latest(
        _ row: Row, table: ReadingTable, usual: UsualReader, _ db: Database
    ) throws -> LatestReading {
        let minute: HongKongMinute? = try row.minute("observed_minute")
        let figures =
            try minute.map {
                try PublishedFigure.all(in: table, hospital: row["place_id"], minute: $0.sinceEpoch, db)
            } ?? []
        let minutes = figures.reduce(into: [String: Int]()) { $0[$1.metric] = $1.meaning.minutes }
        let comparison = try minute.map {
            try usual.usual(of: row["place_id"], at: $0, minutes)
        }
        return try LatestReading(
            hospital: row["code"],
            name: row.trilingual("name"),
            cluster: row.trilingual("cluster"),
            latitude: row["latitude"], longitude: row["longitude"],
            observedAt: minute, captureID: row["capture_id"],
            origin: row["origin"],
            figures: Dictionary(figures.map { ($0.metric, $0) }) { first, _ in first }, usual: comparison ?? [:])
    }
}

extension PublishedFigure {
    /// The figures of one reading in the order of the feed's figures; empty where there is no such reading.
    static func all(in table: ReadingTable, hospital: Int64, minute: Int, _ db: Database) throws -> [PublishedFigure] {
        let columns = table.columns.map { column in
            """
            SELECT '\(column)' AS metric, phrase.* FROM \(table.name) r JOIN phrase ON phrase.id = r.\(column)
            WHERE r.hospital_id = ?1 AND r.observed_minute = ?2
            """
        }
        return try Row.fetchAll(
            db.cachedStatement(sql: columns.joined(separator: " UNION ALL ")), arguments: [hospital, minute]
        ).map { try PublishedFigure(metric: $0["metric"], $0) }
    }

    init(metric: String, _ row: Row) throws {
        self.metric = metric
        text = try row["text"]
        meaning = try ParsedWait(
            minutes: row["minutes"], lower: row["lower_minutes"], upper: row["upper_minutes"],
            qualifier: Qualifier(rawValue: row["qualifier"]) ?? .unrecognised)
        let numbers = [meaning.minutes, meaning.lower, meaning.upper].compactMap(\.self)
        guard numbers.allSatisfy(MetricValues.numbers.contains) else {
            throw StoreError.damagedPhrase(try row["id"])
        }
    }
}
