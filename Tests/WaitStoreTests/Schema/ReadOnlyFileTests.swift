import Foundation
import GRDB
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
}
