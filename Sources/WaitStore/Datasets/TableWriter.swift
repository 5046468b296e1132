import Foundation
import GRDB
import WaitCore

/// Cuts the editions of a dataset into versions of its rows (docs/datasets.md, "Versions of rows").
///
/// A new edition at the end is compared with what stands. One that arrives late, from the archive, has what follows it cut anew from
/// the payloads: any order of arrival gives the same tables.
struct TableWriter {
    private let table: DatasetTable
    private let db: Database
    private var dataset: Dataset { table.dataset }
    private let keyPositions: [Int]
    /// A payload whose rows are read already.
    private let read: (payload: Int64, rows: RowSet)?

    init(_ dataset: Dataset, read: (payload: Int64, rows: RowSet)? = nil, _ db: Database) {
        table = DatasetTable(dataset)
        (self.read, self.db) = (read, db)
        keyPositions = dataset.table.key.compactMap(dataset.table.position)
    }

    /// Brings the tables up to date with the captures.
    func update() throws {
        let editions = try Edition.all(of: dataset, db)
        let stored = try Edition.stored(table, db)
        var same = 0
        while same < min(stored.count, editions.count), stored[same].isSameRun(as: editions[same]),
            try !isWithdrawing(stored[same], editions[same], number: same + 1)
        {
            same += 1
        }
        if same < stored.count { try forget(after: same) }
        for index in 0..<same where stored[index] != editions[index] {
            let new = editions[index]
            try db.cachedStatement(
                sql:
                    "UPDATE \(table.editions) SET last_attempt_id = ?, captures = ?, seen_last_unix = ? WHERE number = ?"
            ).execute(arguments: [new.lastAttempt, new.captures, new.seenLast, index + 1])
        }
        for index in same..<editions.count { try apply(editions[index], number: index + 1) }
    }

    /// Drops the tables and makes them of the payloads, by this version's reader.
    func makeAnew() throws {
        try table.make(db)
        for (index, edition) in try Edition.all(of: dataset, db).enumerated() { try apply(edition, number: index + 1) }
    }

    /// Takes back what the editions after the first so many did.
    private func forget(after count: Int) throws {
        try db.execute(sql: "DELETE FROM \(table.unconfirmed) WHERE from_edition > ?", arguments: [count])
        try db.execute(
            sql: "UPDATE \(table.unconfirmed) SET until_edition = NULL WHERE until_edition > ?", arguments: [count])
        try db.execute(sql: "DELETE FROM \(table.rows) WHERE first_edition > ?", arguments: [count])
        try db.execute(
            sql: "UPDATE \(table.rows) SET until_edition = NULL, ending = NULL WHERE until_edition > ?",
            arguments: [count])
        try db.execute(sql: "DELETE FROM \(table.editions) WHERE number > ?", arguments: [count])
    }

    /// Whether a second capture confirms what an edition that was not whole lacks.
    private func isWithdrawing(_ old: Edition, _ new: Edition, number: Int) throws -> Bool {
        guard old.captures == 1, new.captures > 1, dataset.editions == .whole else { return false }
        return try Bool.fetchOne(
            db, sql: "SELECT is_whole = 0 FROM \(table.editions) WHERE number = ?", arguments: [number]) ?? false
    }

    private func apply(_ edition: Edition, number: Int) throws {
        let rows =
            if let read, read.payload == edition.payload { read.rows } else {
                try DatasetPayload.rows(edition, of: dataset, db)
            }
        let isWhole = try EditionWithdrawal.isWhole(rows, after: table.wholeCount(of: edition, before: number, db))
        try db.cachedStatement(
            sql: "INSERT INTO \(table.editions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            number, edition.document, edition.payload, edition.firstAttempt, edition.lastAttempt, edition.captures,
            edition.seenFrom, edition.seenLast, rows.count, isWhole,
        ])
        let standing = try Standing(table, document: edition.document, db)
        // What stands and is there again.
        var met = Set<Int64>(minimumCapacity: standing.isEmpty ? 0 : rows.count)
        let insertion = try Insertion(table, db)
        for index in 0..<rows.count {
            let values = rows[index].map { $0.databaseValue }
            let before = standing.isEmpty ? nil : try standing.find(keyPositions.map { values[$0] })
            if let before, before.cells == values {
                met.insert(before.id)
                continue
            }
            if let before { try close(before.id, as: "corrected", number: number) }
            let id = try insertion.insert(values, record: rows.records[index], edition: edition, number: number)
            if !standing.isEmpty { met.insert(id) }
        }
        // At first nothing stands that could be missing.
        if !standing.isEmpty { try closeMissing(rows, met: met, isWhole: isWhole, edition: edition, number: number) }
    }

    private func close(_ id: Int64, as ending: String, number: Int) throws {
        try db.cachedStatement(sql: "UPDATE \(table.rows) SET until_edition = ?, ending = ? WHERE id = ?")
            .execute(arguments: [number, ending, id])
    }

    /// Closes the rows that an edition withdraws, and notes which others it leaves unconfirmed.
    private func closeMissing(_ rows: RowSet, met: Set<Int64>, isWhole: Bool, edition: Edition, number: Int) throws {
        let withdrawal = EditionWithdrawal(rows, of: dataset, isConfirmed: isWhole || edition.captures > 1)
        let open = try Int64.fetchSet(
            db, sql: "SELECT row_id FROM \(table.unconfirmed) WHERE until_edition IS NULL")
        for id in open.intersection(met) {
            try db.cachedStatement(
                sql: "UPDATE \(table.unconfirmed) SET until_edition = ? WHERE row_id = ? AND until_edition IS NULL"
            ).execute(arguments: [number, id])
        }
        let columns = dataset.table.columns.map(\.sqlName).joined(separator: ", ")
        let standing = try Row.fetchAll(
            db,
            sql: """
                SELECT id, \(columns) FROM \(table.rows)
                WHERE until_edition IS NULL AND document_id = ? AND first_edition < ?
                """, arguments: [edition.document, number])
        for row in standing {
            let id: Int64 = try row["id"]
            guard !met.contains(id) else { continue }
            if withdrawal.withdraws(row.dropFirst().map { Cell($0.1) }) {
                try close(id, as: "withdrawn", number: number)
            } else if !open.contains(id) {
                try db.cachedStatement(sql: "INSERT INTO \(table.unconfirmed) (row_id, from_edition) VALUES (?, ?)")
                    .execute(arguments: [id, number])
            }
        }
    }
}

/// Finds the version of a row that stands. Where nothing stands, nothing need be looked for, since keys of one edition are unique: the
/// first edition is as fast as its inserts.
private final class Standing {
    struct Version {
        let id: Int64
        let cells: [DatabaseValue]
    }

    private let statement: Statement
    private let document: Int64
    let isEmpty: Bool

    init(_ table: DatasetTable, document: Int64, _ db: Database) throws {
        self.document = document
        let key = table.schema.keySQL.map { "\($0) = ?" }.joined(separator: " AND ")
        let columns = table.schema.columns.map(\.sqlName).joined(separator: ", ")
        isEmpty =
            try Bool.fetchOne(
                db,
                sql: "SELECT NOT EXISTS (SELECT 1 FROM \(table.rows) WHERE until_edition IS NULL AND document_id = ?)",
                arguments: [document]) ?? false
        statement = try db.makeStatement(
            sql: """
                SELECT id, \(columns) FROM \(table.rows)
                WHERE \(key) AND document_id = ? AND until_edition IS NULL
                """)
    }

    func find(_ key: [DatabaseValue]) throws -> Version? {
        statement.setUncheckedArguments(StatementArguments(key + [document.databaseValue]))
        return try Row.fetchOne(statement).map { row in
            Version(id: try row["id"], cells: row.dropFirst().map(\.1))
        }
    }
}

/// Enters new versions of rows.
private final class Insertion {
    private let statement: Statement
    private let db: Database

    init(_ table: DatasetTable, _ db: Database) throws {
        self.db = db
        let columns = table.schema.columns.map(\.sqlName)
        let marks = Array(repeating: "?", count: columns.count + 3).joined(separator: ", ")
        statement = try db.makeStatement(
            sql: """
                INSERT INTO \(table.rows) (\(columns.joined(separator: ", ")), record, document_id, first_edition)
                VALUES (\(marks))
                """)
    }

    func insert(_ values: [DatabaseValue], record: Int, edition: Edition, number: Int) throws -> Int64 {
        statement.setUncheckedArguments(
            StatementArguments(
                values + [record.databaseValue, edition.document.databaseValue, number.databaseValue]))
        try statement.execute()
        return db.lastInsertedRowID
    }
}

/// Which rows an edition withdraws by lacking them.
struct EditionWithdrawal {
    /// Whether it withdraws anything.
    private let isActive: Bool
    private let contested: Set<[Cell]>
    private let keyPositions: [Int]
    private let period: (from: Int, to: Int)?
    /// First and last day that the edition is about.
    private let span: (from: String, to: String)?

    /// - Parameter isConfirmed: it was read whole and is not much shorter than the one before, or was captured twice.
    init(_ rows: RowSet, of dataset: Dataset, isConfirmed: Bool) {
        let schema = dataset.table
        isActive = isConfirmed && dataset.editions == .whole && rows.count > 0
        contested = rows.contested
        keyPositions = schema.key.compactMap(schema.position)
        let period = schema.period.flatMap { names in
            schema.position(names.from).flatMap { from in schema.position(names.to).map { (from: from, to: $0) } }
        }
        self.period = period
        guard let period else {
            span = nil
            return
        }
        var (first, last): (String?, String?) = (nil, nil)
        for row in 0..<rows.count {
            let cells = rows[row]
            if let from = cells[cells.startIndex + period.from].text { first = min(first ?? from, from) }
            if let to = cells[cells.startIndex + period.to].text { last = max(last ?? to, to) }
        }
        span = first.flatMap { first in last.map { (first, $0) } }
    }

    /// A row whose period lies outside of the edition's has slid out, and of a contested key the edition says nothing.
    func withdraws(_ cells: [Cell]) -> Bool {
        guard isActive, !contested.contains(keyPositions.map { cells[$0] }) else { return false }
        guard let period, let span, let from = cells[period.from].text, let to = cells[period.to].text else {
            return true
        }
        return from >= span.from && to <= span.to
    }

    /// Whether an edition can be believed to lack what it lacks: each record was read, and it is not more than a fifth shorter than the
    /// last one that was whole.
    static func isWhole(_ rows: RowSet, after previous: Int?) -> Bool {
        rows.faults.isEmpty && rows.count > 0 && rows.count * 5 >= (previous ?? 0) * 4
    }
}

/// What the bytes of an edition say.
enum DatasetPayload {
    /// Without rows where this version cannot read them, or the payload is damaged: `verify` names it, and nothing else waits for it.
    static func rows(_ edition: Edition, of dataset: Dataset, _ db: Database) throws -> RowSet {
        let row = try Row.fetchOne(
            db,
            sql:
                "SELECT sha256, payload.bytes AS bytes, deflated, url FROM payload, document WHERE payload.id = ? AND document.id = ?",
            arguments: [edition.payload, edition.document])
        guard let row, let bytes = try? Deflate.decompress(row["deflated"], byteCount: row["bytes"]),
            SHA256.hash(data: bytes) == (try? row["sha256"] as Data)
        else { return .unread(ReadFault(text: "", reason: "The bytes are damaged."), of: dataset.table) }
        let url: String = try row["url"]
        let document = dataset.documents.first { $0.isAt(url) } ?? Document(url: url)
        do throws(ReadFault) {
            return try dataset.rows(in: bytes, of: document)
        } catch {
            return .unread(error, of: dataset.table)
        }
    }
}
