import GRDB

extension WaitDatabase {
    /// Reads what every answer is made from: places, documents, phrases, and the newest reading of every hospital with its capture
    /// and its packed days.
    ///
    /// Cost: a few hundred rows; under a millisecond.
    /// - Throws: GRDB's `DatabaseError` where a page of the file cannot be read, `StoreError` where what is there cannot be right.
    package func probe() throws {
        try access.read { db in
            _ = try Self.generation(db)
            for sql in Self.tablesOfProbe { _ = try Int.fetchOne(db, sql: sql) }
            for table in ReadingTable.all { try Self.probeNewest(of: table, db) }
        }
    }

    /// Every row whole: lengths make SQLite read the texts, and no index has all of a row's columns that are named here.
    private static let tablesOfProbe = [
        "SELECT sum(length(text) + length(qualifier)) FROM phrase",
        "SELECT sum(length(code) + length(name_en)) FROM place", "SELECT sum(length(url) + feed_id) FROM document",
        "SELECT sum(length(name) + length(evidence)) FROM feed",
    ]

    private static func probeNewest(of table: ReadingTable, _ db: Database) throws {
        let phrases = table.columns.map { column in
            "(r.\(column) IS NULL OR EXISTS (SELECT 1 FROM phrase WHERE id = r.\(column)))"
        }
        let damaged = try String.fetchOne(
            db,
            sql: """
                SELECT place.code FROM place JOIN \(table.name) r ON r.hospital_id = place.id AND r.observed_minute =
                    (SELECT max(observed_minute) FROM \(table.name) WHERE hospital_id = place.id)
                WHERE place.kind = 'hospital' AND NOT (\(phrases.joined(separator: " AND "))
                    AND EXISTS (SELECT 1 FROM attempt WHERE id = r.attempt_id AND origin IN ('live', 'archive', 'import'))
                    AND (SELECT length(cells) FROM packed_day WHERE hospital_id = place.id ORDER BY metric, day LIMIT 1)
                        IS NOT 0) LIMIT 1
                """)
        if let damaged {
            throw StoreError(
                code: .damaged,
                message: "The newest reading of \(damaged) is damaged; \"waitkeeper verify\" says more.")
        }
    }
}
