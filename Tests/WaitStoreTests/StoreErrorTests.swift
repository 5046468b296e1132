import GRDB
import Testing

@testable import WaitStore

@Suite("An error of the store")
struct StoreErrorTests {
    static let sentences: [(ResultCode, StoreError.Code, String)] = [
        (.SQLITE_CANTOPEN, .cannotOpen, "cannot be opened (cause): check that its folder exists and may be written."),
        (
            .SQLITE_NOTADB, .notARecord,
            """
            is not an SQLite database (cause): if it was a record, its beginning is damaged: restore a backup; else name \
            another file with --database.
            """
        ),
        (
            .SQLITE_FULL, .diskFull,
            "cannot grow (cause): free space on its disk; nothing committed is lost."
        ),
        (
            .SQLITE_IOERR_SHMSIZE, .diskFull,
            "cannot grow (cause): free space on its disk; nothing committed is lost."
        ),
        (.SQLITE_BUSY, .busy, "is held by another process (cause): try again when it has finished."),
        (.SQLITE_LOCKED, .busy, "is held by another process (cause): try again when it has finished."),
        (.SQLITE_READONLY, .readOnly, "cannot be written (cause): check the permissions of the file and its folder."),
        (
            .SQLITE_READONLY_DIRECTORY, .readOnly,
            "cannot be written (cause): check the permissions of the file and its folder."
        ),
        (.SQLITE_PERM, .readOnly, "cannot be written (cause): check the permissions of the file and its folder."),
        (.SQLITE_CORRUPT, .damaged, "is damaged (cause): restore a backup, or recover it with sqlite3's .recover."),
        (.SQLITE_IOERR, .other, "answered with an error (cause): check its disk, then try again."),
    ]

    @Test("is one sentence with the cause and what to do", arguments: sentences)
    func sentence(result: ResultCode, code: StoreError.Code, sentence: String) {
        let error = StoreError(DatabaseError(resultCode: result, message: "cause"), path: "record.sqlite")
        #expect(error.description == "record.sqlite \(sentence)")
        #expect(error.code == code)
    }

    @Test("goes through translation as it is")
    func passedOn() {
        #expect {
            try StoreError.translating("record.sqlite") { throw StoreError(code: .busy, message: "Wait.") }
        } throws: {
            ($0 as? StoreError)?.message == "Wait."
        }
    }

    @Test("names the file for errors of other kinds")
    func others() {
        struct Odd: Error {}
        #expect {
            try StoreError.translating("record.sqlite") { throw Odd() }
        } throws: {
            ($0 as? StoreError)?.message == "record.sqlite: Odd()"
        }
    }
}
