import Foundation
import GRDB
import Testing
import WaitCore

@testable import WaitStore

/// Plain SQL over a record, as people who open the file themselves ask it.
extension WaitDatabase {
    /// Rows of a query, each as SQLite's texts of its columns; nil is NULL.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [[String?]] {
        try access.read { db in
            try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in row.databaseValues.map(Self.text) }
        }
    }

    /// Values of the first column.
    func values(_ sql: String, _ arguments: StatementArguments = []) throws -> [String?] {
        try rows(sql, arguments).map { $0[0] }
    }

    /// The first value of the first row.
    func value(_ sql: String, _ arguments: StatementArguments = []) throws -> String? {
        try values(sql, arguments).first ?? nil
    }

    func count(_ table: String, where condition: String = "1") throws -> Int {
        try #require(try value("SELECT count(*) FROM \(table) WHERE \(condition)").flatMap(Int.init))
    }

    func execute(_ sql: String) throws {
        try access.write { try $0.execute(sql: sql) }
    }

    /// The base tables of the schema, by name.
    func baseTables() throws -> [String] {
        try values("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'grdb_migrations' ORDER BY name")
            .compactMap { $0 }
    }

    /// Every row of every base table but `excluded`, and without the generation: a capture that brings nothing raises it, too.
    func contents(without excluded: String...) throws -> [String: [[String?]]] {
        var contents: [String: [[String?]]] = [:]
        for table in try baseTables() where !excluded.contains(table) && table != "generation" {
            contents[table] = try rows("SELECT * FROM \(table) ORDER BY 1, 2")
        }
        return contents
    }

    /// The report of `verify` as `table: row: problem`.
    func findings() throws -> [String] {
        try verify().findings.map { "\($0.table): \($0.row): \($0.problem)" }
    }

    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .int64(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): text
        case .blob(let data): data.hexText
        }
    }
}
