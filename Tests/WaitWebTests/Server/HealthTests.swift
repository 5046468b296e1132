import Foundation
import GRDB
import HTTPTypes
import Testing
import WaitStore

@testable import WaitWeb

@Suite("Health is not ok where the record cannot be read")
struct HealthTests {
    @Test(
        "whatever of it is damaged",
        arguments: [
            "DELETE FROM generation", "PRAGMA foreign_keys = OFF; DELETE FROM phrase",
            "PRAGMA foreign_keys = OFF; DELETE FROM attempt", "ALTER TABLE phrase RENAME COLUMN text TO gone",
            "DROP VIEW IF EXISTS ae_wait; ALTER TABLE wait_reading RENAME TO gone",
            "PRAGMA ignore_check_constraints = ON; UPDATE attempt SET origin = 'ar#hive'",
            "PRAGMA foreign_keys = OFF; UPDATE wait_reading SET t3_p50 = 99999",
        ])
    func damaged(sql: String) async throws {
        let database = try WebFixture.record()
        let before = try await WebFixture.get("/healthz", of: database)
        #expect(try before.status == .ok && before.json()["status"] as? String == "ok")
        try database.access.writeWithoutTransaction { try $0.execute(sql: sql) }
        let after = try await WebFixture.get("/healthz", of: database)
        #expect(after.status == .serviceUnavailable && after.headers[.contentType] == "application/problem+json")
    }

    @Test(
        "and where a table's pages are overwritten",
        arguments: ["phrase", "place", "document", "wait_reading", "attempt"])
    func overwritten(table: String) async throws {
        try await WebFixture.withFile { writer, path in
            let page = try #require(
                try await writer.access.read { db in
                    try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
                })
            let size = try #require(try await writer.access.read { try Int.fetchOne($0, sql: "PRAGMA page_size") })
            // A reader is closed last, which leaves the log as it is: pages in it would be read in place of the file's.
            try writer.access.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try writer.access.close()
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: UInt64((page - 1) * size))
            try file.write(contentsOf: Data(repeating: 0xA5, count: size))
            try file.close()
            let reader = try WaitDatabase.openReadOnly(path: path)
            let answer = try await WebFixture.get("/healthz", of: reader)
            #expect(answer.status == .serviceUnavailable)
        }
    }
}
