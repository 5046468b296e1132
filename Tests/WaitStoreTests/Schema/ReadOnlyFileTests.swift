import Foundation
import GRDB
import TestSupport
import Testing

@testable import WaitStore

@Suite("A record in a folder that cannot be written")
struct ReadOnlyFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "record #1?%20.sqlite")
    }

    static let refusals: [(ResultCode, Bool, ReadOnlyFile.Retry)] = [
        (.SQLITE_READONLY, false, .immutable), (.SQLITE_CANTOPEN, false, .immutable),
        (.SQLITE_READONLY_CANTINIT, false, .immutable), (.SQLITE_READONLY_DIRECTORY, false, .immutable),
        (.SQLITE_CANTOPEN, true, .refuse), (.SQLITE_READONLY_CANTINIT, true, .refuse),
        (.SQLITE_NOTADB, false, .none), (.SQLITE_BUSY, true, .none), (.SQLITE_CORRUPT, false, .none),
        (.SQLITE_IOERR_SHMSIZE, false, .immutable), (.SQLITE_FULL, false, .immutable),
        (.SQLITE_IOERR_SHMSIZE, true, .none),
    ]

    @Test("is read as unchanging where nothing stands beside it that says otherwise", arguments: refusals)
    func retry(code: ResultCode, hasWAL: Bool, expected: ReadOnlyFile.Retry) {
        #expect(
            ReadOnlyFile.Retry(after: DatabaseError(resultCode: code), hasWAL: hasWAL, hasFrames: hasWAL) == expected)
    }

    @Test("is read as unchanging on a full disk beside an empty log, which a try has left")
    func emptyLog() {
        let error = DatabaseError(resultCode: .SQLITE_IOERR_SHMSIZE)
        #expect(ReadOnlyFile.Retry(after: error, hasWAL: true, hasFrames: false) == .immutable)
    }

    @Test("can be read whole as unchanging, and leaves nothing beside it")
    func immutable() throws {
        try record()
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let reader = try ReadOnlyFile(path: path).open(immutable: true)
        #expect(try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM ae_wait") } == 18)
        #expect(throws: DatabaseError.self) { try reader.read { try $0.execute(sql: "DELETE FROM phrase") } }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == before)
    }

    private func record() throws {
        try WaitDatabase.open(path: path).record(.fixture(.aeWait, .en))
    }

    @Test("says what to do where another process writes it")
    func sentence() {
        let error = StoreError.needsWritableFolder("record.sqlite")
        #expect(error.code == .readOnly)
        #expect(
            error.message == """
                record.sqlite is being written, or was left unfinished, and its folder cannot be written, which reading it \
                needs: read it from a writable folder, or a copy made by "waitkeeper backup".
                """)
    }

    /// A file as a power cut leaves it inside a transaction with a rollback journal; `sql` has begun that transaction.
    private func cutOff(_ sql: String) throws {
        let writer = try DatabaseQueue(path: folder.path(of: "written.sqlite"))
        try writer.writeWithoutTransaction { db in
            // Pages go to the file, and their old content to the journal, before the transaction ends.
            try db.execute(sql: "PRAGMA cache_size = 1; \(sql)")
            for _ in 0..<400 { try db.execute(sql: "INSERT INTO begun VALUES (hex(randomblob(500)))") }
            for end in ["", "-journal"] {
                try FileManager.default.copyItem(
                    atPath: folder.path(of: "written.sqlite\(end)"), toPath: "\(path)\(end)")
            }
            try db.execute(sql: "ROLLBACK")
        }
        // The process that wrote it is gone: nothing holds a lock of the copies.
    }

    @Test("that was cut off while it was written is taken up by a writer, and a reader says so")
    func hotJournal() throws {
        try cutOff("CREATE TABLE begun (text TEXT); BEGIN")
        let error = #expect(throws: StoreError.self) { try WaitDatabase.openReadOnly(path: path) }
        #expect(error?.message.contains("run \"waitkeeper poll\" once, which takes back what is unfinished.") == true)
        // Another program's table: it is refused as such, and not as one that cannot be written.
        #expect(#expect(throws: StoreError.self) { try WaitDatabase.open(path: path) }?.code == .notARecord)
        #expect(try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM begun") } == 0)
    }

    @Test("that was cut off while it was begun is begun again")
    func begun() throws {
        try cutOff("BEGIN; CREATE TABLE begun (text TEXT)")
        try record()
        #expect(try WaitDatabase.openReadOnly(path: path).verify().findings == [])
    }
}
