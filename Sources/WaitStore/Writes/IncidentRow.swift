import GRDB
package import WaitCore

extension WaitDatabase {
    /// Writes what began and what ended, in one transaction; nothing where `changes` is empty.
    /// - Parameter now: seconds since 1970.
    /// - Throws: GRDB's `DatabaseError`; then nothing is written.
    package func apply(_ changes: [IncidentChange], now: Int) throws {
        guard !changes.isEmpty else { return }
        try write { db in
            for change in changes {
                switch change {
                case .open(let matter, let since, let opening):
                    try IncidentRow.insert(
                        matter, sinceUnix: min(since, now), openedUnix: now, opening: opening, db)
                case .close(let incident, let closing):
                    try IncidentRow.close(incident.id, closedUnix: max(now, incident.openedUnix), closing: closing, db)
                }
            }
        }
    }

    /// Incidents that are not over, the oldest first.
    package func openIncidents() throws -> [Incident] {
        try access.read { db in
            try IncidentRow.fetch("WHERE closed_unix IS NULL ORDER BY id", [], db)
        }
    }

    /// The incidents that began last, the newest first.
    package func incidents(atMost count: Int) throws -> [Incident] {
        try access.read { db in try IncidentRow.fetch("ORDER BY id DESC LIMIT ?", [count], db) }
    }
}

/// A row of `incident_row`, sealed as rows are that no payload proves.
enum IncidentRow {
    static let columns = "id, kind, subject, since_unix, opened_unix, opening, closed_unix, closing"

    static func insert(
        _ matter: Incident.Matter, sinceUnix: Int, openedUnix: Int, opening: String, _ db: Database
    ) throws {
        try db.cachedStatement(
            sql: "INSERT INTO incident_row (\(columns), seal) VALUES (NULL, ?, ?, ?, ?, ?, NULL, NULL, 0)"
        ).execute(arguments: [matter.kind.rawValue, matter.subject, sinceUnix, openedUnix, opening])
        try seal(db.lastInsertedRowID, db)
    }

    static func close(_ id: Int64, closedUnix: Int, closing: String, _ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE incident_row SET closed_unix = ?, closing = ? WHERE id = ? AND closed_unix IS NULL"
        ).execute(arguments: [closedUnix, closing, id])
        if db.changesCount > 0 { try seal(id, db) }
    }

    private static func seal(_ id: Int64, _ db: Database) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(columns) FROM incident_row WHERE id = ?"), arguments: [id])
        try db.cachedStatement(sql: "UPDATE incident_row SET seal = ? WHERE id = ?")
            .execute(arguments: [row.map { RowChecksum.digest(of: $0.map(\.1)) }, id])
    }

    /// A kind of a later version is left out.
    static func fetch(_ rest: String, _ arguments: StatementArguments, _ db: Database) throws -> [Incident] {
        try Row.fetchAll(db, sql: "SELECT \(columns) FROM incident_row \(rest)", arguments: arguments).compactMap {
            row in
            guard let kind = try Incident.Kind(rawValue: row["kind"]) else { return nil }
            return try Incident(
                id: row["id"], matter: Incident.Matter(kind, row["subject"]), sinceUnix: row.unix("since_unix"),
                openedUnix: row.unix("opened_unix"), opening: row["opening"], closedUnix: row.unix("closed_unix"),
                closing: row["closing"])
        }
    }
}
