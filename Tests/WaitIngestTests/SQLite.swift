import Foundation
import TestSupport

/// Asks a record with the plain `sqlite3` command, as people who open the file themselves do.
enum SQLite {
    /// Rows of a query, columns parted by `|`.
    static func rows(_ path: String, _ sql: String) throws -> [String] {
        String(decoding: try output(path, sql, []), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Values of a query with one column, which may hold line breaks.
    static func text(_ path: String, _ sql: String) throws -> [String] {
        let bytes = try output(path, sql, ["-newline", "\u{1}"])
        return String(decoding: bytes, as: UTF8.self).split(separator: "\u{1}").map(String.init)
    }

    /// Changes something behind the record's back.
    static func change(_ path: String, _ sql: String) throws {
        _ = try output(path, sql, [], isReadOnly: false)
    }

    private static func output(
        _ path: String, _ sql: String, _ options: [String], isReadOnly: Bool = true
    ) throws -> Data {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = (isReadOnly ? ["-readonly"] : []) + options + [path, sql]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(sql: sql) }
        return bytes
    }

    struct Failed: Error {
        let sql: String
    }
}
