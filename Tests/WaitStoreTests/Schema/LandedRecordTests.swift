import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// A file in Fixtures/records, made by the version whose last migration it is named after.
struct LandedRecord: CustomTestStringConvertible {
    let url: URL
    var migration: String { url.deletingPathExtension().lastPathComponent }
    var testDescription: String { migration }

    static let all: [LandedRecord] = {
        let folder = Documents.root.appending(path: "Fixtures/records")
        // No folder: the first test says that the newest schema's record is missing.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".sqlite") }.map { LandedRecord(url: folder.appending(path: $0)) }
    }()

    /// Its views' rows as they are before the file is brought up to date, each row its columns by name.
    func rows() throws -> [String: [[String: DatabaseValue]]] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: "file:\(url.path)?immutable=1", configuration: configuration)
        return try queue.read { try $0.viewRows() }
    }
}

extension Database {
    fileprivate func tableTexts() throws -> [String] {
        try String.fetchAll(
            self,
            sql: "SELECT sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY name"
        )
        // Records that version 1 began lack the check (SchemaV10).
        .map { $0.replacing("bytes INTEGER NOT NULL CHECK (bytes >= 0)", with: "bytes INTEGER NOT NULL") }
    }

    fileprivate func viewRows() throws -> [String: [[String: DatabaseValue]]] {
        let views = try String.fetchAll(self, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'")
        return try Dictionary(
            uniqueKeysWithValues: views.map { view in
                (
                    view,
                    try Row.fetchAll(self, sql: "SELECT * FROM \(view)").map { Dictionary($0) { first, _ in first } }
                )
            })
    }
}

@Suite("A record that a landed version left")
struct LandedRecordTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "record.sqlite")
    }

    private func open(_ record: LandedRecord) throws -> WaitDatabase {
        try FileManager.default.copyItem(atPath: record.url.path, toPath: path)
        return try WaitDatabase.open(path: path)
    }

    @Test("is among the fixtures for each schema that landed: Fixtures/records/make.py makes it with that version")
    func all() throws {
        // v5, v6 and v7 landed together with v9.
        let landed = Schema.migrations.map(\.name).filter { !["v5", "v6", "v7"].contains($0) }
        #expect(Set(LandedRecord.all.map(\.migration)) == Set(landed))
    }

    /// The SQL of each migration as it landed. A new one gets a line; none is ever changed.
    static let digests = [
        (name: "v1", digest: "169af211c1092b6d"),
        (name: "v2", digest: "88eb4357ab14f93c"),
        (name: "v3", digest: "9af9254eb656df0c"),
        (name: "v4", digest: "35361f8095b715a8"),
        (name: "v5", digest: "7ca987dce88d37c3"),
        (name: "v6", digest: "422ddf07d1092bc0"),
        (name: "v7", digest: "97fedfbe835ec39a"),
        (name: "v9", digest: "45a59f24f954ffde"),
        (name: "v10", digest: "4a718092b556a690"),
    ]

    @Test("was migrated by SQL that is still the same")
    func frozenMigrations() {
        #expect(Schema.migrations.map(\.name) == Self.digests.map(\.name))
        for (migration, landed) in zip(Schema.migrations, Self.digests) {
            let digest = String(SHA256.hash(data: Data(migration.sql.utf8)).hexText.prefix(16))
            #expect(digest == landed.digest, "\(migration.name)")
        }
    }

    @Test("has the schema that it is named after", arguments: LandedRecord.all)
    func named(record: LandedRecord) throws {
        try FileManager.default.copyItem(atPath: record.url.path, toPath: path)
        let applied = try DatabaseQueue(path: path).read { try Schema.migrator.appliedMigrations($0) }
        #expect(applied.last == record.migration)
    }

    @Test("has the tables of a new record once it is brought up to date", arguments: LandedRecord.all)
    func tables(record: LandedRecord) throws {
        let new = try WaitDatabase.inMemory().access.read { try $0.tableTexts() }
        #expect(try open(record).access.read { try $0.tableTexts() } == new)
    }

    @Test("is brought up to date, and verify names its damaged payload", arguments: LandedRecord.all)
    func verified(record: LandedRecord) throws {
        let database = try open(record)
        #expect(try database.verify().findings.filter { $0.table == "payload" }.count == 1)
        try database.access.write(Self.repair)
        #expect(try database.verify().findings == [])
    }

    /// The last bit of the damaged payload is turned again (Fixtures/records/make.py).
    private static func repair(_ db: Database) throws {
        let row = try #require(
            try Row.fetchOne(
                db,
                sql: """
                    SELECT payload.id, deflated FROM payload JOIN attempt ON payload_id = payload.id
                    JOIN document ON document.id = document_id
                    WHERE url LIKE '%aedwtdata2%' ORDER BY payload.id DESC LIMIT 1
                    """))
        var bytes: Data = row["deflated"]
        bytes[bytes.count - 1] ^= 1
        try db.execute(sql: "UPDATE payload SET deflated = ? WHERE id = ?", arguments: [bytes, row["id"] as Int])
    }

    @Test("says in every view what it said before", arguments: LandedRecord.all)
    func views(record: LandedRecord) throws {
        let before = try record.rows()
        let after = try open(record).access.read { try $0.viewRows() }
        for (view, rows) in before {
            var columns = Set(rows.first?.keys.map { $0 } ?? [])
            // Version 1 named the English document's capture, although another was read first and stands.
            if record.migration == "v1", view == "clinic_quota" { columns.remove("capture_id") }
            #expect(Self.counted(rows, columns) == Self.counted(after[view] ?? [], columns), "\(view)")
        }
    }

    private static func counted(
        _ rows: [[String: DatabaseValue]], _ columns: Set<String>
    ) -> [[String: DatabaseValue]: Int] {
        rows.reduce(into: [:]) { $0[$1.filter { columns.contains($0.key) }, default: 0] += 1 }
    }
}
