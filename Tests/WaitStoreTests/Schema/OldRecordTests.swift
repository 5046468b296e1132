import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// A record as an earlier version left it: its tables by the frozen SQL of that version, with rows of today's.
private struct OldRecord {
    static let tables = [SchemaV1.tables, SchemaV2.tables, SchemaV3.tables, SchemaV4.tables]

    let path: String
    /// The version of the schema: 1 to 4.
    let version: Int

    /// Writes the file.
    /// - Parameter edit: SQL on top, for what that version wrote otherwise.
    func write(from current: WaitDatabase, _ edit: String = "") throws {
        let rows = try current.access.read { db in
            try db.tables().map { table in (table, try Row.fetchAll(db, sql: "SELECT * FROM \(table)")) }
        }
        let old = try DatabaseQueue(path: path)
        try old.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            for number in 1...version {
                try db.execute(sql: Self.tables[number - 1])
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: ["v\(number)"])
            }
            if version >= 3 { try db.execute(sql: "DELETE FROM generation") }
            for (table, rows) in rows where try db.tableExists(table) && table != "grdb_migrations" {
                try Self.insert(rows, into: table, db)
            }
            try db.execute(sql: edit)
        }
        try old.close()
    }

    private static func insert(_ rows: [Row], into table: String, _ db: Database) throws {
        let columns = try db.columns(in: table).map(\.name)
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        for row in rows {
            try db.execute(
                sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
                arguments: StatementArguments(columns.map { row[$0] as DatabaseValue }))
        }
    }
}

extension Database {
    fileprivate func tables() throws -> [String] {
        try String.fetchAll(
            self, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    }
}

@Suite("A record of an earlier version")
struct OldRecordTests {
    private let path: String
    private let folder: TemporaryFolder

    /// Whether a finding is of the one quota whose text is not a number: earlier versions did not enter such a row, so a copy of it
    /// without its text is not what its document says.
    private static func isOfQuotaText(_ finding: String) -> Bool {
        finding.hasPrefix("quota_record: ") || finding.hasPrefix("disagreement: friday of ")
    }

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "record.sqlite")
    }

    @Test("is brought up to date, and is what a new one would be", arguments: 1...4)
    func opened(version: Int) throws {
        try FilledRecord.withCopy { current in
            try OldRecord(path: path, version: version).write(from: current)
            let opened = try WaitDatabase.open(path: path)
            // Answers of the archive and incidents are in tables of later versions.
            let later = [
                1: ["archive_day", "archive_version", "incident_row"], 2: ["incident_row"], 3: ["incident_row"],
            ]
            var (ours, theirs) = (try opened.contents(), try current.contents())
            // Earlier versions kept no text of a quota and told of no drift; a second reading of the kept bytes does.
            for table in (later[version] ?? []) + ["drift", "quota_record"] {
                (ours[table], theirs[table]) = (nil, nil)
            }
            for table in Set(ours.keys).union(theirs.keys).sorted() {
                #expect(ours[table] == theirs[table], "\(table)")
            }
            #expect(try opened.findings().filter { !Self.isOfQuotaText($0) } == [])
        }
    }

    @Test("that is empty is brought up to date", arguments: 1...4)
    func empty(version: Int) throws {
        let old = try DatabaseQueue(path: path)
        try old.write { db in
            try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            for number in 1...version {
                try db.execute(sql: OldRecord.tables[number - 1])
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: ["v\(number)"])
            }
        }
        try old.close()
        let opened = try WaitDatabase.open(path: path)
        #expect(try opened.count("hospital") == 18)
        #expect(try opened.findings() == [])
        #expect(try opened.contents() == WaitDatabase.inMemory().contents())
    }

    @Test("gets keys of names by this version's rule")
    func keys() throws {
        try FilledRecord.withCopy { current in
            try OldRecord(path: path, version: 4).write(
                from: current, "UPDATE place_name SET key = lower(text) WHERE matched_by <> 'figures'")
            let opened = try WaitDatabase.open(path: path)
            #expect(try opened.hospitals(named: "queen mary") == ["QMH"])
            #expect(try opened.findings().filter { !Self.isOfQuotaText($0) } == [])
        }
    }

    /// What an earlier version shipped, a directory had not spoken of it.
    static let shippedOtherwise = [
        "UPDATE place SET district_en = 'Southern' WHERE code = 'RH'",
        "UPDATE place SET address_en = 'Elsewhere' WHERE code = 'RH'",
        "UPDATE place SET latitude = 22.3, longitude = 114.2 WHERE code = 'RH'",
        "UPDATE place SET name_sc = '律敦治' WHERE code = 'RH'",
        "UPDATE place SET cluster_en = 'Hong Kong East' WHERE code = 'PYN'",
        "UPDATE place SET address_tc = '' WHERE code = 'lek-yuen-family-medicine-clinic'",
        "DELETE FROM place_name WHERE text = '瀝源普通科門診診所'",
        "DELETE FROM place_name WHERE place_id = (SELECT id FROM place WHERE code = 'RH'); DELETE FROM place WHERE code = 'RH'",
    ]

    @Test("gets what ships now, of places no directory has spoken of", arguments: shippedOtherwise)
    func corrected(edit: String) throws {
        try OldRecord(path: path, version: 4).write(from: .inMemory(), edit)
        let opened = try WaitDatabase.open(path: path)
        #expect(try opened.findings() == [])
        let sql =
            "SELECT kind, code, name_sc, cluster_en, district_en, address_en, address_tc, latitude FROM place ORDER BY 1, 2"
        #expect(try opened.rows(sql) == WaitDatabase.inMemory().rows(sql))
    }

    @Test("keeps what a directory said, and a name that ships no more")
    func spoken() throws {
        try OldRecord(path: path, version: 4).write(
            from: .holding(.fixture(.hospitalDirectory)),
            """
            INSERT INTO place_name (kind, text, key, place_id, matched_by)
            SELECT 'hospital', 'Tang Shiu Kin', 'x', id, 'shipped' FROM place WHERE code = 'RH'
            """)
        let opened = try WaitDatabase.open(path: path)
        #expect(try opened.findings() == [])
        #expect(try opened.hospitals(named: "Tang Shiu Kin") == ["RH"])
        #expect(
            try opened.count("hospital", where: "coordinates_source LIKE '%facility-hosp.json (2026-11-14)'") == 18)
    }

    @Test("keeps a place that ships no more, and does not accuse it", arguments: ["hospital", "clinic"])
    func shipsNoMore(kind: String) throws {
        try OldRecord(path: path, version: 4).write(
            from: .inMemory(),
            """
            INSERT INTO place (id, kind, code, is_emergency, name_en, name_tc, name_sc, district_en, latitude, longitude,
                coordinates_source)
            VALUES (999, '\(kind)', 'OLD', '\(kind)' = 'hospital', 'Old Place', '舊地', '旧地', 'Southern', 22.3, 114.2, 'shipped');
            INSERT INTO place_name (kind, text, key, place_id, matched_by)
            VALUES ('\(kind)', 'Old Place', 'old place', 999, 'shipped');
            """)
        let opened = try WaitDatabase.open(path: path)
        #expect(try opened.findings() == [])
        #expect(try opened.value("SELECT code FROM place WHERE name_tc = '舊地'") == "OLD")
    }

    @Test("of a later opening by another version is not accused", arguments: shippedOtherwise.prefix(6))
    func notAccused(edit: String) throws {
        let database = try WaitDatabase.inMemory()
        try database.execute(edit)
        #expect(try database.findings() != [])
        try database.access.write { db in try Upkeep.set(.shippedPlaces, "another version's", db) }
        #expect(try database.findings() == [])
    }

    @Test("takes a hospital that was made of a code for the one with that code")
    func code() throws {
        let current = try WaitDatabase.holding(
            AEDocument(at: DailyDocuments.at(1), hospitals: ["Queen Mary Hospital"]).capture(),
            AEDocument(at: DailyDocuments.at(2), hospitals: ["QMH"]).capture(),
            AEDocument(at: DailyDocuments.at(3), hospitals: ["Queen Mary Hospital"]).capture())
        try OldRecord(path: path, version: 4).write(
            from: current,
            """
            INSERT INTO place (id, kind, code, is_emergency, name_en, name_tc, name_sc)
                VALUES (999, 'hospital', 'qmh', 1, 'QMH', '', '');
            UPDATE place_name SET place_id = 999, matched_by = 'unplaced' WHERE text = 'QMH';
            UPDATE wait_reading SET hospital_id = 999 WHERE attempt_id = 2;
            UPDATE packed_day SET hospital_id = 999 WHERE day = (SELECT max(day) FROM packed_day);
            """)
        let opened = try WaitDatabase.open(path: path)
        #expect(try opened.values("SELECT hospital FROM ae_wait") == ["QMH", "QMH", "QMH"])
        #expect(try opened.hospitals(named: "qmh") == ["QMH"])
        #expect(try opened.findings() == [])
    }
}
