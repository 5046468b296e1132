import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("Verifying a record")
struct VerifyTests {
    @Test("finds nothing wrong with an empty one")
    func empty() throws {
        #expect(try WaitDatabase.inMemory().findings() == [])
    }

    @Test("finds nothing wrong with one that has something of everything", arguments: [3, 100])
    func full(recordsADocument: Int) throws {
        #expect(try FilledRecord(recordsADocument: recordsADocument).make().findings() == [])
    }

    @Test("counts what it went through")
    func counts() throws {
        try FilledRecord.withCopy { database in
            let report = try database.verify()
            #expect(try report.payloads == database.count("payload"))
            #expect(try report.captures == database.count("capture"))
        }
    }

    @Test("tells how far it is")
    func progress() throws {
        var steps: [Int] = []
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en), .fixture(.aeTopWait, .en))
        _ = try database.verify { done, total in steps.append(done * 10 + total) }
        #expect(steps == [12, 22])
    }

    @Test("takes the feeds' lives from the settings")
    func lives() throws {
        let database = try WaitDatabase.inMemory()
        let life = Feed.Life(from: HongKongMinute(year: 2025, month: 9, day: 1), evidence: "A setting.")
        try database.setLives(["ae-wait": life])
        var lives = Dictionary(uniqueKeysWithValues: Feed.all.map { ($0.id, $0.life) })
        #expect(
            try database.findings() == [
                "feed: ae-wait: Its life is not what the settings say; run it with the same --config."
            ])
        lives["ae-wait"] = life
        #expect(try database.verify(lives: lives).findings == [])
    }

    @Test("finds a view that is not this version's, and one that is gone", arguments: Views.all(.standard).map(\.name))
    func views(name: String) throws {
        try FilledRecord.withCopy { database in
            try database.execute("DROP VIEW \(name)")
            #expect(try database.findings() == ["sqlite_schema: \(name): The view is gone; \(Self.remedy)"])
            try database.execute("CREATE VIEW \(name) AS SELECT 1")
            #expect(
                try database.findings() == ["sqlite_schema: \(name): The view is not this version's; \(Self.remedy)"])
        }
    }

    private static let remedy = "any command that writes, such as \"waitkeeper poll\", recreates it."

    @Test("writes nothing")
    func readsOnly() throws {
        try FilledRecord.withCopy { database in
            let before = try database.contents()
            _ = try database.verify()
            #expect(try database.contents() == before)
        }
    }
}

@Suite("A record changed behind its back")
struct VerifyChangeTests {
    /// Numbers of rows that nothing refers to: any number will do; and what only says when to ask again.
    private static let free: Set<String> = [
        "disagreement.id", "drift.id", "fault.id", "poll_due.feed_id", "poll_due.due_unix",
        "archive_doubt.document_id", "archive_doubt.key", "archive_doubt.day", "archive_doubt.doubted_on",
    ]

    @Test("is found out by verify, with the table", arguments: Change.all)
    func found(change: Change) throws {
        try FilledRecord.withCopy { database in
            try change.make(in: database)
            #expect(try Set(database.verify().findings.map(\.table)).contains(change.named))
        }
    }

    @Test("is tried in every column of every table")
    func everyColumn() throws {
        // Those of datasets are tried in `RowVersionTests`.
        let database = try WaitDatabase.inMemory(Catalogue([]))
        let columns = try database.baseTables().flatMap { table in
            try database.values("SELECT name FROM pragma_table_info(?)", [table]).map { "\(table).\($0 ?? "")" }
        }
        #expect(Set(columns) == Set(Change.all.map { "\($0.table).\($0.column)" }).union(Self.free))
    }

    @Test(
        "is found out where places are still as they ship",
        arguments: ["AHN", "central-district-family-medicine-clinic"],
        [
            "name_en", "name_tc", "name_sc", "cluster_en", "district_en", "address_sc", "latitude", "longitude",
            "coordinates_source", "code", "is_emergency",
        ])
    func shipped(code: String, column: String) throws {
        let database = try WaitDatabase.inMemory()
        let value = ["latitude", "longitude"].contains(column) ? "\(column) + 0.000001" : "\(column) || 'x'"
        try Change(
            "place", column, column == "is_emergency" ? "1 - is_emergency" : value, where: "code = '\(code)'"
        ).make(in: database)
        #expect(try database.verify().findings.map(\.table).contains("place"))
    }

    static let deletions: [(table: String, condition: String)] = [
        ("wait_reading", "1"), ("top_wait_reading", "1"), ("quota_record", "1"),
        ("quota_record", "name_id = (SELECT id FROM place_name WHERE text = '\(FilledRecord.clinic)')"),
        ("disagreement", "feed_id = (SELECT id FROM feed WHERE name = 'ae-wait')"),
        ("disagreement", "feed_id = (SELECT id FROM feed WHERE name = 'clinic-quota')"),
        ("fault", "payload_id IS NULL"), ("fault", "payload_id IS NOT NULL"),
        ("attempt", "outcome = 'notModified'"), ("attempt", "outcome = 'new'"), ("attempt", "outcome = 'duplicate'"),
        ("payload", "1"), ("phrase", "text = '24 minutes'"), ("phrase", "text = '24 分鐘'"), ("quota_text", "1"),
        ("place", "code = 'AHN'"), ("place", "kind = 'specialist'"), ("place_name", "matched_by = 'directory'"),
        ("place_name", "matched_by = 'figures'"), ("document", "1"), ("feed", "1"),
    ]

    @Test("is found out where a row was deleted", arguments: deletions)
    func deleted(table: String, condition: String) throws {
        try FilledRecord.withCopy { database in
            try database.access.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                let keys = try db.primaryKey(table).columns.joined(separator: ", ")
                let rows = "SELECT \(keys) FROM \(table) WHERE \(condition) LIMIT 1"
                try db.execute(sql: "DELETE FROM \(table) WHERE (\(keys)) IN (\(rows))")
                #expect(db.changesCount == 1)
            }
            #expect(try database.verify().findings != [])
        }
    }

    static let inventions: [(table: String, row: String)] = [
        ("phrase", "SELECT NULL, 't3', '7 minutes', 7, 7, 7, 'exact'"), ("quota_text", "SELECT NULL, 'Mon'"),
        ("fault", "SELECT NULL, attempt_id, document_id, payload_id, record, field, text, reason FROM fault LIMIT 1"),
        (
            "fault",
            "SELECT NULL, attempt_id, document_id, NULL, 1, 'f', 't', 'r' FROM fault WHERE payload_id IS NULL LIMIT 1"
        ),
        (
            "place",
            """
            SELECT NULL, 'clinic', 'x', 0, 'X', '', '', '', '', '', '', '', '', '', '', '', 22.3, 114.1, 'x', NULL
            """
        ),
        ("place_name", "SELECT NULL, 'hospital', 'X', 'x', 1, 'shipped', NULL"),
        ("drift", "SELECT NULL, document_id, 'other', 'added', attempt_id FROM drift LIMIT 1"),
        (
            "disagreement",
            """
            SELECT NULL, feed_id, place_id, observed_minute, 't3_p95', kept_text, other_text, attempt_id FROM disagreement
            LIMIT 1
            """
        ),
        (
            "top_wait_reading",
            "SELECT hospital_id, observed_minute + 15, top_wait, attempt_id FROM top_wait_reading LIMIT 1"
        ),
    ]

    @Test("is found out where a row was made up", arguments: inventions)
    func invented(table: String, row: String) throws {
        try FilledRecord.withCopy { database in
            try database.execute("INSERT INTO \(table) \(row)")
            #expect(try Set(database.verify().findings.map(\.table)).contains(table))
        }
    }
}
