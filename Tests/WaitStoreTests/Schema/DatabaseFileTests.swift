import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("A record as a file")
struct DatabaseFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "record.sqlite")
    }

    @Test(
        "is opened as the storage rules say",
        arguments: [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")])
    func pragmas(name: String, expected: String) throws {
        let database = try WaitDatabase.open(path: path)
        let value = try database.access.writeWithoutTransaction { db in
            try Row.fetchOne(db, sql: "PRAGMA \(name)").map { "\($0[0] as DatabaseValue)" }
        }
        #expect(value?.trimmingCharacters(in: ["\""]) == expected)
    }

    @Test("has STRICT tables only")
    func strict() throws {
        let loose = try WaitDatabase.open(path: path).values(
            """
            SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
            AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'
            """)
        #expect(loose == [])
    }

    @Test("is not changed by being opened again")
    func reopening() throws {
        try withRecord { try $0.record(.fixture(.aeWait, .en)) }
        var contents: [[String: [[String?]]]] = []
        for _ in 0..<2 { try withRecord { try contents.append($0.contents()) } }
        #expect(contents[0] == contents[1])
    }

    @Test("keeps the lives it was given when it is opened again")
    func lives() throws {
        let life = Feed.Life(from: HongKongMinute(year: 2025, month: 9, day: 1), evidence: "A setting.")
        try withRecord { try $0.setLives(["ae-wait": life]) }
        let feed = try WaitDatabase.open(path: path).status(now: 0).feeds.first { $0.summary.feed.id == "ae-wait" }
        #expect(feed?.summary.life == life)
    }

    @Test("keeps its schema when it is opened again")
    func schema() throws {
        let sql = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY name"
        let first = try WaitDatabase.open(path: path)
        let before = try first.rows(sql)
        try first.access.close()
        #expect(try WaitDatabase.open(path: path).rows(sql) == before)
    }

    @Test("gets back a view that an earlier version wrote otherwise")
    func views() throws {
        let first = try WaitDatabase.open(path: path)
        try first.execute("DROP VIEW hospital; CREATE VIEW hospital AS SELECT 1 AS one")
        try first.access.close()
        #expect(try WaitDatabase.open(path: path).count("hospital") == 18)
    }

    @Test("can be read while it is open for writing")
    func readOnly() throws {
        let writing = try WaitDatabase.open(path: path)
        try writing.record(.fixture(.aeWait, .en))
        #expect(try WaitDatabase.openReadOnly(path: path).count("ae_wait") == 18)
        try writing.access.close()
    }

    @Test("cannot be written by a reader")
    func readerDoesNotWrite() throws {
        try WaitDatabase.open(path: path).access.close()
        let reader = try WaitDatabase.openReadOnly(path: path)
        #expect(throws: DatabaseError.self) { try reader.record(.fixture(.aeWait, .en)) }
    }

    @Test("is not made by a reader")
    func readerDoesNotCreate() throws {
        expectRefusal(.cannotOpen, saying: "cannot be opened") { () throws(StoreError) in
            try WaitDatabase.openReadOnly(path: path)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("is not migrated by a reader")
    func readerDoesNotMigrate() throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT)") }
        expectRefusal(.needsMigration, saying: "run \"waitkeeper poll\" once") { () throws(StoreError) in
            try WaitDatabase.openReadOnly(path: path)
        }
    }

    @Test("is refused where the file is no database")
    func noDatabase() throws {
        try Data(repeating: 0x41, count: 4_096).write(to: URL(fileURLWithPath: path))
        expectRefusal(.notARecord, saying: "is not an SQLite database") { () throws(StoreError) in
            try WaitDatabase.open(path: path)
        }
    }

    @Test("is refused to a reader where the file is no database")
    func noDatabaseToRead() throws {
        try Data(repeating: 0x41, count: 4_096).write(to: URL(fileURLWithPath: path))
        expectRefusal(.notARecord, saying: "is not an SQLite database") { () throws(StoreError) in
            try WaitDatabase.openReadOnly(path: path)
        }
    }

    @Test("is refused, and gets no table of ours, where another program's are in the file")
    func anotherProgram() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "CREATE TABLE feed (url TEXT)") }
        expectRefusal(.notARecord, saying: "another program's") { () throws(StoreError) in
            try WaitDatabase.open(path: path)
        }
        #expect(try queue.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema") } == ["feed"])
    }

    @Test("is refused, and left as it is to the byte, where it is another's", arguments: ["delete", "wal"])
    func untouched(journal: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = \(journal); CREATE TABLE feed (url TEXT)")
        }
        try queue.close()
        try expectUntouched { expectRefusal(.notARecord, saying: "another program's", $0) }
    }

    @Test("is left as it is to the byte where a later version wrote it")
    func untouchedLater() throws {
        try writeByLaterVersion()
        try expectUntouched { expectRefusal(.fromLaterVersion, saying: "later version", $0) }
    }

    /// The folder is the same after the record was opened as before.
    private func expectUntouched(_ expect: (() throws(StoreError) -> WaitDatabase) -> Void) throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        expect { () throws(StoreError) in try WaitDatabase.open(path: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["record.sqlite"])
    }

    @Test("is made in a file that is empty")
    func emptyFile() throws {
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(try WaitDatabase.open(path: path).count("hospital") == 18)
    }

    @Test("is refused where a later version wrote it")
    func laterVersion() throws {
        try writeByLaterVersion()
        expectRefusal(.fromLaterVersion, saying: "later version") { () throws(StoreError) in
            try WaitDatabase.open(path: path)
        }
    }

    @Test("is refused to a reader where a later version wrote it")
    func laterVersionToRead() throws {
        try writeByLaterVersion()
        expectRefusal(.fromLaterVersion, saying: "later version") { () throws(StoreError) in
            try WaitDatabase.openReadOnly(path: path)
        }
    }

    @Test("is refused where its folder does not exist")
    func noFolder() {
        let path = folder.path(of: "nowhere/record.sqlite")
        expectRefusal(.cannotOpen, saying: "check that its folder exists", about: path) { () throws(StoreError) in
            try WaitDatabase.open(path: path)
        }
    }

    private func writeByLaterVersion() throws {
        try withRecord { try $0.execute("INSERT INTO grdb_migrations (identifier) VALUES ('v999')") }
    }

    /// Opens the record for the time of `body`; gone, its connections leave one whole file.
    private func withRecord(_ body: (WaitDatabase) throws -> Void) throws {
        try body(WaitDatabase.open(path: path))
    }

    /// The sentence names the file, says what is wrong and ends like a sentence.
    private func expectRefusal(
        _ code: StoreError.Code, saying words: String, about file: String? = nil,
        _ open: () throws(StoreError) -> WaitDatabase
    ) {
        do throws(StoreError) {
            _ = try open()
            Issue.record("it was opened")
        } catch {
            #expect(error.code == code)
            #expect(error.message.hasPrefix(file ?? path) && error.message.hasSuffix("."))
            #expect(error.message.contains(words))
        }
    }
}
