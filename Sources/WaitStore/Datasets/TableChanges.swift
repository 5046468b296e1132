import GRDB
import WaitCore

/// The differences between the editions of a dataset, each once. The first edition of a document changes nothing.
struct TableChanges {
    private let table: DatasetTable
    private var schema: TableSchema { table.schema }

    init(_ dataset: Dataset) { table = DatasetTable(dataset) }

    func all(_ db: Database) throws -> [TableChange] {
        var editions: [Int: ChangeEdition] = [:]
        var firstOfDocument: [Int64: Int] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table.editions) ORDER BY number") {
            let edition = try ChangeEdition(
                unix: row.unix("seen_from_unix"), capture: row["first_attempt_id"], document: row["document_id"])
            let number: Int = try row["number"]
            editions[number] = edition
            // Bytes that could not be read begin nothing.
            if try row["row_count"] as Int > 0, firstOfDocument[edition.document] == nil {
                firstOfDocument[edition.document] = number
            }
        }
        /// - Throws: `StoreError` where the row's edition is gone: the table is damaged.
        func edition(_ number: Int) throws -> ChangeEdition {
            guard let edition = editions[number] else { throw StoreError.damagedRow(column: "first_edition") }
            return edition
        }
        let columns = schema.columns.map(\.sqlName)
        let key = schema.keySQL.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT document_id, first_edition, until_edition, ending, \(columns.joined(separator: ", "))
                FROM \(table.rows) ORDER BY document_id, \(key), first_edition
                """)
        var changes: [(number: Int, change: TableChange)] = []
        var before: Version?
        while let row = try rows.next() {
            let version = try Version(row, keyPositions: schema.key.compactMap(schema.position))
            let first = try edition(version.first)
            let isBaseline = firstOfDocument[first.document] == version.first
            let standing = before.flatMap { $0.key == version.key && $0.document == version.document ? $0 : nil }
            let found = differences(of: version, from: standing, at: first, isBaseline: isBaseline)
            changes += found.map { (version.first, $0) }
            if let until = version.until, version.ending == "withdrawn" {
                changes.append((until, whole(.withdrawn, version, at: try edition(until))))
            }
            before = version
        }
        return changes.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
            .map(\.element.change)
    }

    private func differences(
        of version: Version, from before: Version?, at edition: ChangeEdition, isBaseline: Bool
    ) -> [TableChange] {
        guard let before else { return isBaseline ? [] : [whole(.added, version, at: edition)] }
        guard before.until == version.first else { return [whole(.returned, version, at: edition)] }
        let differing = schema.columns.indices.filter { before.cells[$0] != version.cells[$0] }
        // Labels alone were changed: the figures stand.
        let isRenamed = differing.allSatisfy { schema.columns[$0].name.hasSuffix("_text") }
        return differing.map { index in
            TableChange(
                atUnix: edition.unix, kind: isRenamed ? .renamed : .corrected, key: version.key,
                column: schema.columns[index].name, before: before.cells[index], after: version.cells[index],
                captureID: edition.capture)
        }
    }

    private func whole(_ kind: TableChange.Kind, _ version: Version, at edition: ChangeEdition) -> TableChange {
        TableChange(
            atUnix: edition.unix, kind: kind, key: version.key, column: nil, before: .null, after: .null,
            captureID: edition.capture)
    }

    private struct ChangeEdition {
        let unix: Int
        let capture: Int64
        let document: Int64
    }

    private struct Version {
        let document: Int64
        let cells: [Cell]
        let key: [Cell]
        let first: Int
        let until: Int?
        let ending: String?

        init(_ row: Row, keyPositions: [Int]) throws {
            document = try row["document_id"]
            (first, until, ending) = try (row["first_edition"], row["until_edition"], row["ending"])
            let cells = row.dropFirst(4).map { Cell($0.1) }
            self.cells = cells
            key = keyPositions.map { cells[$0] }
        }
    }
}
