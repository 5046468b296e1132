import GRDB
import Testing
import WaitCore

@testable import WaitStore

/// What a flipped bit or an overwritten page leaves in a row: cells of another type, NULL where there is none, numbers that no
/// clock says. SQLite hands them out without a word, so nothing that decodes a row may take them for what was written.
@Suite("A damaged cell is an error or an answer, never the end of the process")
struct DamagedCellTests {
    /// A column of texts refuses all numbers alike, one of numbers all texts.
    private static func values(for column: DamagedCells.Column) -> [String] {
        ["NULL", "x'ff00fe'", "'ar#hive'", "9223372036854775807"]
            + (column.isNumber ? ["-9223372036854775808", "1e300"] : ["CAST(x'ff41' AS TEXT)"])
    }

    static let tables = [
        "attempt", "document", "feed", "payload", "phrase", "place", "place_name", "wait_reading", "top_wait_reading",
        "quota_text", "quota_record", "disagreement", "fault", "archive_day", "archive_version", "packed_day",
        "incident_row", "generation",
    ]

    @Test("in whatever column it is, for every question", arguments: tables)
    func questions(table: String) throws {
        var changed = 0
        try FilledRecord.withCopy { database in
            let cells = try DamagedCells(table, of: database)
            for column in cells.distinctColumns {
                for value in Self.values(for: column) where try cells.write(value, in: column.name) {
                    changed += 1
                    try Questions.askAll(database)
                    try cells.restore()
                }
            }
        }
        #expect(changed > 6)
    }

    @Test("in whatever column it is, for `verify`, which goes to its end", arguments: tables, ["NULL", "x'ff00fe'"])
    func verify(table: String, value: String) throws {
        try FilledRecord.withCopy { database in
            let cells = try DamagedCells(table, of: database)
            for column in cells.columns where try cells.write(value, in: column) {
                _ = try database.verify()
                try cells.restore()
            }
        }
    }

    @Test("in whatever table it is, for those who write", arguments: tables, ["NULL", "9223372036854775807"])
    func writers(table: String, value: String) throws {
        let writes: [(WaitDatabase) throws -> Void] = [
            { _ = try $0.reparse() }, { try $0.record(.fixture(.aeWait, .en)) },
            { try $0.record(.fixture(.clinicQuota, .en)) }, { try $0.record(.fixture(.hospitalDirectory)) },
            { try $0.setLives([Feed.aeWait.id: Feed.aeWait.life]) },
        ]
        for write in writes {
            try FilledRecord.withCopy { database in
                let cells = try DamagedCells(table, of: database)
                for column in cells.columns { _ = try cells.write(value, in: column) }
                Questions.expectSentence("a writer") { try write(database) }
            }
        }
    }
}

/// A table that takes in what SQLite itself would refuse, and can be made whole again.
struct DamagedCells {
    struct Column {
        let name: String
        let isNumber: Bool
    }

    let table: String
    let distinctColumns: [Column]
    let columns: [String]
    private let database: WaitDatabase
    /// Read by the same loop as a neighbour: Monday and Sunday stand for the other days, a median for its 95th percentile.
    private static let alike: Set = [
        "tuesday", "wednesday", "thursday", "friday", "saturday", "t3_p95", "t45_p95", "t2_managing",
    ]

    /// Loosens the schema of `database`: no types, nothing that must not be NULL. Who reads does not see that.
    init(_ table: String, of database: WaitDatabase) throws {
        (self.table, self.database) = (table, database)
        let types = try database.rows("SELECT name, type IN ('INTEGER', 'REAL') FROM pragma_table_info('\(table)')")
        columns = types.compactMap { $0[0] }
        distinctColumns = types.map { Column(name: $0[0] ?? "", isNumber: $0[1] == "1") }
            .filter { !$0.name.hasSuffix("_tc") && !Self.alike.contains($0.name) }
        try database.access.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON;
                    UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT, ', ''), 'STRICT', ''), 'NOT NULL', '')
                    WHERE type = 'table' AND sql IS NOT NULL;
                    PRAGMA writable_schema = RESET;
                    DROP TABLE IF EXISTS temp.kept; CREATE TEMP TABLE kept AS SELECT * FROM main.\(table)
                    """)
        }
    }

    /// Writes an SQL expression into a column of all rows; of a unique one into the first.
    /// - Returns: false where no file can hold it there, such as text in a row's number.
    func write(_ value: String, in column: String) throws -> Bool {
        try database.access.writeWithoutTransaction { db in
            do {
                try db.execute(sql: "UPDATE OR IGNORE main.\(table) SET \(column) = \(value)")
                return db.changesCount > 0
            } catch is DatabaseError {
                return false
            }
        }
    }

    func restore() throws {
        try database.access.writeWithoutTransaction { db in
            try db.execute(sql: "DELETE FROM main.\(table); INSERT INTO main.\(table) SELECT * FROM temp.kept")
        }
    }
}
