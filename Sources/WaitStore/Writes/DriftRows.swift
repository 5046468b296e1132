import GRDB
import WaitCore

/// Rows of `drift`: what was reported once about a document's keys.
enum DriftRows {
    /// A document whose keys keep changing is reported no more often than this.
    static let mostADocument = 100

    /// Enters what is new of `drift`, and returns that.
    static func keep(_ drift: [Drift], document: Int64, attempt: Int64, _ db: Database) throws -> [Drift] {
        guard !drift.isEmpty else { return [] }
        let count = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM drift WHERE document_id = ?"), arguments: [document])
        var room = mostADocument - (count ?? 0)
        return try drift.filter { drift in
            guard room > 0 else { return false }
            try db.cachedStatement(
                sql:
                    "INSERT INTO drift (document_id, key, change, attempt_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
            ).execute(arguments: [document, drift.key, drift.change.rawValue, attempt])
            room -= db.changesCount
            return db.changesCount > 0
        }
    }
}
