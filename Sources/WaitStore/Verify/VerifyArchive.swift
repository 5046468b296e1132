import GRDB
import WaitCore

/// Answers of the archive and reported incidents: rows against their seals, and captures against the versions they are.
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
            found("archive_version", Self.version(row), "The capture it names is not of this version.")
        }
    }

    /// Incidents against their seals; ids are given without gaps and rows are never deleted.
    func checkIncidents() throws {
        try checkSeals("incident_row", IncidentRow.columns)
        let row = try Row.fetchOne(db, sql: "SELECT ifnull(max(id), 0), count(*) FROM incident_row")
        guard let row else { return }
        let (last, count): (Int, Int) = try (row[0], row[1])
        if last != count {
            found("incident_row", "incidents 1 to \(last)", "There are \(count): others were deleted.")
        }
    }

    private func checkSeals(_ table: String, _ columns: String) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT seal, \(columns) FROM \(table)")
        while let row = try rows.next() {
            guard !RowChecksum.holds(row) else { continue }
            let name =
                row.hasColumn("day")
                ? "day \(Self.text("day", of: row))"
                : row.hasColumn("subject") ? "incident \(Self.text("id", of: row))" : Self.version(row)
            found(table, name, "The row was changed after it was written.")
        }
    }

    /// A cell as it stands, whatever is in it.
    private static func text(_ column: String, of row: Row) -> String {
        (row[column] as (any DatabaseValueConvertible)?).map { "\($0)" } ?? "NULL"
    }

    private static func version(_ row: Row) -> String {
        // A stamp that is not a time is shown as it stands.
        let stamp = try? row.minute("stamp_minute") as HongKongMinute
        return "version of \(stamp?.rfc3339 ?? text("stamp_minute", of: row))"
    }
}
