import GRDB
package import WaitCore

extension WaitDatabase {
    /// The columns that a question is answered with.
    /// - Throws: `TableRefusal` for a question without an answer; `StoreError`.
    package func columns(of dataset: Dataset, _ question: TableQuestion) throws -> [AnsweredColumn] {
        try access.read { db in try TableQuery(dataset, question, db).columns }
    }

    /// Hands over the rows of a dataset in the order of their keys: the cells in the order of the columns, and the row's key.
    /// - Throws: `TableRefusal` for a question without an answer; `StoreError`; what `body` throws.
    package func rows(
        of dataset: Dataset, _ question: TableQuestion, _ body: ([Cell], _ key: [Cell]) throws -> Void
    ) throws {
        try access.read { db in try TableQuery(dataset, question, db).run(db, body) }
    }

    /// How many rows a question is answered with.
    /// - Throws: `TableRefusal` for a question without an answer; `StoreError`.
    package func count(of dataset: Dataset, _ question: TableQuestion) throws -> Int {
        try access.read { db in try TableQuery(dataset, question, db).count(db) }
    }

    /// What publishers changed between the editions of a dataset, oldest first.
    /// - Parameter from: only changes first seen then or later.
    package func changes(of dataset: Dataset, from: HongKongMinute? = nil) throws -> [TableChange] {
        try access.read { db in
            try DatasetTable(dataset).requireCurrent(db)
            return try TableChanges(dataset).all(db).filter { change in
                from.map { change.atUnix >= $0.secondsSince1970 } ?? true
            }
        }
    }

    /// The editions of a dataset, oldest first.
    package func editions(of dataset: Dataset) throws -> [EditionSummary] {
        let table = DatasetTable(dataset)
        return try access.read { db in
            try table.requireCurrent(db)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT lower(hex(sha256)) AS sha256, url, e.*,
                        (SELECT min(n.seen_from_unix) FROM \(table.editions) n
                         WHERE n.document_id = e.document_id AND n.number > e.number) AS next_unix
                    FROM \(table.editions) e JOIN payload ON payload.id = e.payload_id JOIN document ON document.id = e.document_id
                    ORDER BY e.number
                    """
            ).map { row in
                try EditionSummary(
                    sha256: row["sha256"], document: row["url"], seenFromUnix: row.unix("seen_from_unix"),
                    seenLastUnix: row.unix("seen_last_unix"), nextSeenUnix: row["next_unix"], rows: row["row_count"],
                    isWhole: row["is_whole"], firstCaptureID: row["first_attempt_id"])
            }
        }
    }

    /// The datasets of the catalogue with what the record has of each.
    package func datasetSummaries() throws -> [DatasetSummary] {
        try access.read { db in try catalogue.datasets.map { try Self.summary(of: $0, db) } }
    }

    package func summary(of dataset: Dataset) throws -> DatasetSummary {
        try access.read { db in try Self.summary(of: dataset, db) }
    }

    private static func summary(of dataset: Dataset, _ db: Database) throws -> DatasetSummary {
        let table = DatasetTable(dataset)
        try table.requireCurrent(db)
        let lastDay = dataset.table.period.map { "max(\($0.to))" } ?? "NULL"
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT (SELECT count(*) FROM \(table.rows) WHERE until_edition IS NULL) AS row_count,
                    (SELECT \(lastDay) FROM \(table.rows) WHERE until_edition IS NULL) AS last_day,
                    count(*) AS editions, max(seen_from_unix) AS newest, max(seen_last_unix) AS confirmed
                FROM \(table.editions)
                """)
        return try DatasetSummary(
            dataset: dataset, rows: row?["row_count"] ?? 0, editions: row?["editions"] ?? 0,
            newestEditionUnix: row?["newest"], confirmedUnix: row?["confirmed"], lastDay: row?["last_day"])
    }
}

extension WaitDatabase {
    /// The values of a dimension or period among the rows that stand, by code, with what each is called.
    package func values(
        of field: String, in dataset: Dataset, _ language: Language
    ) throws -> [(code: String, name: String)] {
        let table = DatasetTable(dataset)
        let columns = table.viewColumns
        guard let code = columns.first(where: { $0.name == field }) else { return [] }
        let names = ["\(field)_\(language.rawValue)", "\(field)_text"].compactMap { name in
            columns.first { $0.name == name }?.expression
        }
        let name = names.isEmpty ? code.expression : "coalesce(\((names + [code.expression]).joined(separator: ", ")))"
        return try access.read { db in
            try table.requireCurrent(db)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT CAST(\(code.expression) AS TEXT) AS code, CAST(min(\(name)) AS TEXT) AS name
                    FROM \(table.rows) r
                    \(table.joins)
                    WHERE r.until_edition IS NULL GROUP BY \(code.expression) ORDER BY \(code.expression)
                    """
            ).map { try ($0["code"], $0["name"]) }
        }
    }
}
