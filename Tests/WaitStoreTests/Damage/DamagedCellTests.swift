import GRDB
import Testing
import WaitCore

@testable import WaitStore

/// What a flipped bit or an overwritten page leaves in a row: cells of another type, NULL where there is none, numbers that no
/// clock says. SQLite hands them out without a word, so nothing that decodes a row may take them for what was written.
@Suite("A damaged cell is an error or an answer, never the end of the process")
struct DamagedCellTests {
    static let values = [
        "NULL", "x'ff00fe'", "x''", "'ar#hive'", "''", "CAST(x'ff41' AS TEXT)", "9223372036854775807",
        "-9223372036854775808", "-1", "0", "281474976710656", "1e300", "-1e300",
    ]

    @Test(
        "in whatever column it is",
        arguments: [
            "attempt", "document", "feed", "payload", "phrase", "place", "place_name", "wait_reading",
            "top_wait_reading", "quota_text", "quota_record", "disagreement", "fault", "archive_day",
            "archive_version", "packed_day", "incident_row", "generation", "grdb_migrations",
        ])
    func cells(table: String) throws {
        var changed = 0
        for column in try Self.columns(of: table) {
            for (index, value) in Self.values.enumerated() {
                // All rows, so that whatever asks meets one; and one alone, behind others that are whole.
                for isAlone in [index % 2 == 0, index % 2 == 1].prefix(table == "attempt" ? 2 : 1) {
                    changed += try Self.damage(table, column, value, isAlone: isAlone) ? 1 : 0
                }
            }
        }
        #expect(changed >= Self.values.count)
    }

    private static func columns(of table: String) throws -> [String] {
        var columns: [String] = []
        try FilledRecord.withCopy { database in
            columns = try database.values("SELECT name FROM pragma_table_info('\(table)')").compactMap { $0 }
        }
        return columns
    }

    /// Returns whether the value could be put in.
    private static func damage(_ table: String, _ column: String, _ value: String, isAlone: Bool) throws -> Bool {
        var isChanged = false
        try FilledRecord.withCopy { database in
            isChanged = try Damage.write(value, in: column, of: table, isAlone: isAlone, database)
            guard isChanged else { return }
            try Questions.askAll(database)
            // Whatever it meets, `verify` goes to its end.
            _ = try database.verify()
            try writeAnew(database)
        }
        return isChanged
    }

    /// A reparse, and new captures: writers read rows, too.
    private static func writeAnew(_ database: WaitDatabase) throws {
        let writes: [() throws -> Void] = [
            { _ = try database.reparse() },
            { try database.record(.fixture(.aeWait, .en)) },
            { try database.record(.fixture(.clinicQuota, .en)) },
            { try database.record(.fixture(.hospitalDirectory)) },
            { try database.setLives([Feed.aeWait.id: Feed.aeWait.life]) },
        ]
        for write in writes {
            do {
                try write()
            } catch {
                #expect(StoreError.sentence(error, path: "The record").hasSuffix("."), "\(error)")
            }
        }
    }
}

/// Puts values into rows that SQLite itself would refuse.
enum Damage {
    /// - Returns: false where the value cannot be in that column of any file, such as text in a row's number.
    static func write(
        _ value: String, in column: String, of table: String, isAlone: Bool, _ database: WaitDatabase
    ) throws -> Bool {
        try database.access.writeWithoutTransaction { db in
            let schema = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
            try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            try edit(schema: "replace(replace(replace(sql, 'STRICT, ', ''), 'STRICT', ''), 'NOT NULL', '')", db)
            let row = "ORDER BY \(try db.primaryKey(table).columns[0]) DESC LIMIT 1"
            let keys = try db.primaryKey(table).columns.joined(separator: ", ")
            var changes = 0
            do {
                try db.execute(
                    sql: isAlone
                        ? "UPDATE OR IGNORE \(table) SET \(column) = \(value) WHERE (\(keys)) IN (SELECT \(keys) FROM \(table) \(row))"
                        : "UPDATE OR IGNORE \(table) SET \(column) = \(value)")
                changes = db.changesCount
            } catch is DatabaseError {
                changes = 0
            }
            for row in schema {
                try db.execute(
                    sql: "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = :sql WHERE name = :name",
                    arguments: ["sql": row["sql"] as String?, "name": row["name"] as String])
            }
            try db.execute(sql: "PRAGMA writable_schema = RESET")
            return changes > 0
        }
    }

    private static func edit(schema expression: String, _ db: Database) throws {
        try db.execute(
            sql: """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET sql = \(expression) WHERE type = 'table' AND sql IS NOT NULL;
                PRAGMA writable_schema = RESET
                """)
    }
}
