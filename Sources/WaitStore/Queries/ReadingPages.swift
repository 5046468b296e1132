import GRDB
package import WaitCore

/// A reading with every figure as it was published.
package struct PublishedReading: Sendable {
    package let observedAt: HongKongMinute
    /// Before the feed's life.
    package let isTrial: Bool
    package let origin: String
    package let captureID: Int64
    /// In the order of the feed's figures.
    package let figures: [PublishedFigure]
}

/// Some readings of a hospital, oldest first, and where the others go on.
package struct PublishedPage: Sendable {
    package let readings: [PublishedReading]
    /// The first minute that the next page may hold; nil: this is the last.
    package let next: HongKongMinute?
}

extension WaitDatabase {
    /// A page of the readings of a hospital in a range, by key: costs what the page costs, wherever it lies.
    ///
    /// - Parameters:
    ///   - code: the hospital's; an unknown one has no readings.
    ///   - includeTrial: also those before the feed's life.
    ///   - limit: readings at most, at least 1.
    package func readings(
        of code: String, in table: ReadingTable, _ range: TimeRange, includeTrial: Bool = false, limit: Int
    ) throws -> PublishedPage {
        try access.read { db in
            let lifeFrom = try Int.fetchOne(
                db, sql: "SELECT life_from_minute FROM feed WHERE name = ?", arguments: [table.feed])
            let start = includeTrial ? range.from.sinceEpoch : max(range.from.sinceEpoch, lifeFrom ?? .min)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT r.*, attempt.origin AS origin FROM \(table.name) r JOIN attempt ON attempt.id = r.attempt_id
                    WHERE r.hospital_id = (SELECT id FROM place WHERE kind = 'hospital' AND code = ?)
                        AND r.observed_minute >= ? AND r.observed_minute < ?
                    ORDER BY r.observed_minute LIMIT ?
                    """, arguments: [code, start, range.to.sinceEpoch, limit + 1])
            let phrases = try PublishedFigure.phrases(used: rows.prefix(limit), in: table, db)
            return PublishedPage(
                readings: try rows.prefix(limit).map { row in
                    try PublishedReading(row, in: table, lifeFrom: lifeFrom, phrases)
                },
                next: rows.count > limit ? try rows[limit].minute("observed_minute") : nil)
        }
    }
}

extension WaitDatabase {
    /// The range that a question about a feed's readings uses, the same as its aggregates'.
    ///
    /// - Parameters:
    ///   - from: nil: from the day of the first reading, or the start of the feed's life.
    ///   - to: nil: up to the end of the running slot, or of the feed's life.
    package func usedRange(
        from: HongKongMinute?, to: HongKongMinute?, in table: ReadingTable, includeTrial: Bool, now: HongKongMinute
    ) throws -> TimeRange {
        guard let metric = Metric.all.first(where: { $0.feed == table.feed }) else {
            return TimeRange(from: now, to: now)
        }
        var question = AggregateQuestion(metric: metric)
        (question.from, question.to, question.includesTrial) = (from, to, includeTrial)
        return try access.read { try SlotPlan(question, table: table, now: now, $0).range }
    }
}

extension PublishedReading {
    fileprivate init(_ row: Row, in table: ReadingTable, lifeFrom: Int?, _ phrases: [Int64: Row]) throws {
        observedAt = try row.minute("observed_minute")
        isTrial = lifeFrom.map { [observedAt] in observedAt.sinceEpoch < $0 } ?? false
        (origin, captureID) = try (row["origin"], row["attempt_id"])
        figures = try table.columns.compactMap { column in
            try phrases[row[column]].map { try PublishedFigure(metric: column, $0) }
        }
    }
}

extension PublishedFigure {
    /// The phrases that the rows speak of, by id: few, however many rows there are.
    fileprivate static func phrases(
        used rows: some Sequence<Row>, in table: ReadingTable, _ db: Database
    ) throws -> [Int64: Row] {
        let ids = try Set(rows.flatMap { row in try table.columns.map { try row[$0] as Int64 } })
        let phrase = try db.cachedStatement(sql: "SELECT * FROM phrase WHERE id = ?")
        return try Dictionary(
            uniqueKeysWithValues: ids.compactMap { id in try Row.fetchOne(phrase, arguments: [id]).map { (id, $0) } })
    }
}
