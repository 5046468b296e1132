import Foundation
import GRDB
import WaitStore

/// All that the views of a record say.
struct RecordDigest: Equatable {
    private var rows: [String: [String]] = [:]

    /// - Parameter changing: columns that are left out.
    init(_ reader: any DatabaseReader, without changing: Set<String> = []) throws {
        try reader.read { db in
            for view in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'") {
                let columns = try db.columns(in: view).map(\.name).filter { !changing.contains($0) }
                let row = columns.map { "quote(\($0.quotedDatabaseIdentifier))" }.joined(separator: " || ',' || ")
                // A file that is imported again is a capture that brings nothing.
                let condition = columns.contains("outcome") ? "WHERE outcome <> 'duplicate'" : ""
                rows[view] = try String.fetchAll(db, sql: "SELECT \(row) FROM \(view) \(condition) ORDER BY 1")
            }
        }
    }

    /// The views that say something else, a few words each.
    func differences(from other: RecordDigest) -> [String] {
        Set(rows.keys).union(other.rows.keys).sorted().filter { rows[$0] != other.rows[$0] }.map { view in
            let (mine, others) = (rows[view] ?? [], other.rows[view] ?? [])
            let example = mine.first { !Set(others).contains($0) } ?? others.first { !Set(mine).contains($0) } ?? ""
            return "\(view) has \(mine.count) rows where \(others.count) are right, or others: \(example.prefix(160))"
        }
    }
}
