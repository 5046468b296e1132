import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("A backup")
struct BackupTests {
    private struct Enough: Error {}

    private let folder: TemporaryFolder
    private let path: String
    private let copyPath: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "record.sqlite")
        copyPath = folder.path(of: "copy.sqlite")
    }

    private func record() throws -> WaitDatabase {
        let database = try WaitDatabase.open(path: path)
        try database.recordEach(
            .fixture(.aeWait, .en), .fixture(.aeTopWait, .en), .fixture(.clinicQuota, .tc), .fixture(.clinicQuota, .en))
        return database
    }

    @Test("holds what the record holds, says how much, and leaves nothing beside it")
    func whole() throws {
        let database = try record()
        let facts = try database.backUp(to: copyPath)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: copyPath)).count
        #expect(
            try facts
                == BackupFacts(
                    bytes: bytes, generation: database.generation(), captures: 4,
                    newestReadingAt: HongKongMinute(text: "2026-11-14T09:15")))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
        #expect(try WaitDatabase.open(path: copyPath).contents() == database.contents())
    }

    @Test("is the record of its first moment, although somebody writes between all its steps")
    func whileWriting() throws {
        let database = try record()
        let writer = try WaitDatabase.open(path: path)
        let (before, views) = try (database.contents(), viewRows(database))
        var written = 0
        let facts = try database.backUp(to: copyPath, pagesPerStep: 5) { done, total in
            guard done < total else { return }
            let time = "\((written / 4).padded(2)):\((written % 4 * 15).padded(2))"
            try writer.record(AEDocument(at: "2026-11-15T\(time)").capture())
            written += 1
        }
        #expect(written >= 10)
        #expect(try database.count("attempt") == 4 + written)
        #expect(facts.captures == 4)
        let copy = try WaitDatabase.open(path: copyPath)
        #expect(try copy.contents() == before)
        #expect(try viewRows(copy) == views)
        #expect(try copy.findings() == [])
    }

    private func viewRows(_ database: WaitDatabase) throws -> [[[String?]]] {
        try Views.all(.standard).map { try database.rows("SELECT * FROM \($0.name) ORDER BY 1, 2, 3, 4") }
    }

    @Test("can be written to and backed up in its turn")
    func again() throws {
        _ = try record().backUp(to: copyPath)
        let copy = try WaitDatabase.open(path: copyPath)
        try copy.record(AEDocument(at: "2026-11-15T09:00").capture())
        #expect(try copy.backUp(to: folder.path(of: "second.sqlite")).captures == 5)
    }

    @Test("is of a record without captures, too")
    func empty() throws {
        let facts = try WaitDatabase.open(path: path).backUp(to: copyPath)
        #expect(facts.captures == 0 && facts.newestReadingAt == nil)
    }

    @Test("ends with what its progress throws, while it copies and while it checks", arguments: [false, true])
    func interrupted(isCopied: Bool) throws {
        let database = try record()
        #expect(throws: Enough.self) {
            _ = try database.backUp(to: copyPath, pagesPerStep: 5) { done, total in
                if isCopied == (done == total) { throw Enough() }
            }
        }
    }

    @Test("of a damaged record is none, and says so")
    func damaged() throws {
        let pages = try record().access.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        try damage(fromPage: pages / 2)
        let error = #expect(throws: StoreError.self) {
            _ = try WaitDatabase.openReadOnly(path: path).backUp(to: copyPath)
        }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains { $0.isNewline } == false)
    }

    /// Writes over four pages in the middle of the file.
    private func damage(fromPage page: Int) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(page * 4_096))
        try file.write(contentsOf: Data(repeating: 0x5A, count: 4 * 4_096))
        try file.close()
    }

    @Test("that cannot be written says what to do")
    func noFolder() throws {
        let database = try record()
        let error = #expect(throws: StoreError.self) {
            _ = try database.backUp(to: folder.path(of: "nowhere/copy.sqlite"))
        }
        #expect(error?.message.contains("The copy could not be written") == true)
    }
}
