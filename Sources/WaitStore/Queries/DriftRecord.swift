import GRDB
package import WaitCore

/// A change of a document's keys, with the capture that met it first.
package struct DriftRecord: Hashable, Sendable {
    /// The document's address.
    package let document: String
    package let drift: Drift
    package let captureID: Int64
    /// When that capture was made, RFC 3339.
    package let capturedAt: String

    /// Every change, the latest first.
    static func all(_ db: Database) throws -> [DriftRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT document.url AS url, drift.key AS key, drift.change AS change, attempt_id, captured_unix FROM drift
                JOIN document ON document.id = drift.document_id JOIN attempt ON attempt.id = attempt_id
                ORDER BY drift.id DESC
                """
        ).compactMap { row in
            try Drift.Change(rawValue: row["change"]).map { change in
                try DriftRecord(
                    document: row["url"], drift: Drift(key: row["key"], change: change), captureID: row["attempt_id"],
                    capturedAt: row.instant("captured_unix").rfc3339)
            }
        }
    }
}
