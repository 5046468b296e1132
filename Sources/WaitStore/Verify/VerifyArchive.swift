import GRDB
import WaitCore

/// What the archive answered and what a person was told: rows against their seals, and captures against the versions they are.
extension Verifier {
    func checkArchive() throws {
        try checkSeals("archive_day", ArchiveDayRow.columns)
        try checkSeals("archive_version", ArchiveVersionRow.columns)
        let strangers = try Row.fetchAll(
            db,
            sql: """
                SELECT stamp_minute FROM archive_version v LEFT JOIN attempt ON attempt.id = v.attempt_id
                WHERE v.attempt_id IS NOT NULL AND (attempt.document_id, attempt.origin, attempt.captured_unix)
                    IS NOT (v.document_id, 'archive', v.stamp_minute * 60)
                """)
        for row in strangers {
            found("archive_version", Self.version(row[0]), "The capture it names is not of this version.")
        }
    }

    /// Incidents against their seals; ids are given without gaps and rows are never deleted.
    func checkIncidents() throws {
        try checkSeals("incident_row", IncidentRow.columns)
        let row = try Row.fetchOne(db, sql: "SELECT ifnull(max(id), 0), count(*) FROM incident_row")
        if let row, row[0] as Int != row[1] {
            found("incident_row", "incidents 1 to \(row[0] as Int)", "There are \(row[1] as Int): others were deleted.")
        }
    }

    private func checkSeals(_ table: String, _ columns: String) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT seal, \(columns) FROM \(table)")
        while let row = try rows.next() {
            guard RowSeal.digest(of: row.dropFirst().map(\.1)) != row["seal"] as Int64 else { continue }
            let name =
                row.hasColumn("day")
                ? "day \(row["day"] as Int)"
                : row.hasColumn("subject") ? "incident \(row["id"] as Int)" : Self.version(row["stamp_minute"])
            found(table, name, "The row was changed after it was written.")
        }
    }

    private static func version(_ minute: Int) -> String {
        "version of \(HongKongMinute(sinceEpoch: minute).rfc3339)"
    }
}
