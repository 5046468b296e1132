package import GRDB

/// What can go wrong with the record as a file; each message is one sentence that says what to do.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        case cannotOpen, notARecord, needsMigration, beingUpdated, unfinished, fromLaterVersion, diskFull, busy,
            readOnly, damaged,
            tooLarge,
            gone,
            other
    }

    package let code: Code
    package let message: String

    package var description: String { message }

    package init(code: Code, message: String) {
        (self.code, self.message) = (code, message)
    }

    static func needsMigration(_ path: String) -> StoreError {
        StoreError(
            code: .needsMigration,
            message:
                "\(path) is from an earlier version of Waitkeeper; run \"waitkeeper poll\" once to bring it up to date."
        )
    }

    static func unfinished(_ path: String) -> StoreError {
        StoreError(
            code: .unfinished,
            message: """
                \(path) was cut off while something was written into it; run "waitkeeper poll" once, which takes back what is \
                unfinished.
                """)
    }

    static func beingBroughtUpToDate(_ dataset: String) -> StoreError {
        StoreError(
            code: .beingUpdated,
            message: """
                The table of \(dataset) is being brought up to date; try again later, or run "waitkeeper poll" where nothing collects.
                """)
    }

    static func madeAnew(_ dataset: String) -> StoreError {
        StoreError(
            code: .beingUpdated,
            message: "An older edition of \(dataset) has arrived while its rows were read; ask again for all of them.")
    }

    static func withoutLog(_ path: String) -> StoreError {
        StoreError(
            code: .cannotOpen,
            message:
                "\(path) cannot be given a write-ahead log; see whether the disk is full or failing, then try again.")
    }

    static func notARecord(_ path: String) -> StoreError {
        StoreError(
            code: .notARecord,
            message: "\(path) is another program's SQLite database; name another file with --database.")
    }

    static func fromLaterVersion(_ path: String) -> StoreError {
        StoreError(
            code: .fromLaterVersion,
            message: "\(path) was written by a later version of Waitkeeper; use that version or a newer one.")
    }

    static func needsWritableFolder(_ path: String) -> StoreError {
        StoreError(
            code: .readOnly,
            message: """
                \(path) is being written, or was left unfinished, and its folder cannot be written, which reading it needs: \
                read it from a writable folder, or a copy made by "waitkeeper backup".
                """)
    }

    /// Days as they are packed that are not cells.
    static let damagedPackedDay = StoreError(
        code: .damaged,
        message: "A packed day is damaged; \"waitkeeper verify\" names it, \"waitkeeper reparse\" rebuilds it.")

    static let noGeneration = StoreError(
        code: .damaged,
        message: "The record's generation is gone; any command that writes, such as \"waitkeeper poll\", recreates it."
    )

    /// A cell that is not of its column's type.
    /// - Parameter column: its name, or its place in the answer, from 1.
    static func damagedRow(column: String) -> StoreError {
        StoreError(
            code: .damaged,
            message: "The record is damaged (\(cellCause), column \(column)): \(restoring).")
    }

    private static let cellCause = "a value is not of its column's type"
    private static let restoring = "restore a backup; \"waitkeeper verify\" says which rows are damaged"

    /// Whether an error says that the file is damaged: a page or a cell that cannot be what we wrote.
    static func isDamage(_ error: any Error) -> Bool {
        switch error {
        case let error as StoreError: error.code == .damaged
        case is RowDecodingError: true
        case let error as DatabaseError: [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_MISMATCH].contains(error.resultCode)
        default: false
        }
    }

    /// What an error says of its cause, without advice.
    static func cause(of error: any Error) -> String {
        switch error {
        case let error as StoreError: error.message
        case let error as DatabaseError: error.message ?? "no detail"
        case is RowDecodingError: cellCause
        default: "\(error)"
        }
    }

    /// A phrase whose row cannot be ours.
    static func damagedPhrase(_ id: Int) -> StoreError {
        StoreError(code: .damaged, message: "Phrase \(id) is damaged; \"waitkeeper verify\" says more.")
    }

    /// Runs `body` and turns SQLite's errors into sentences about the file at `path`.
    package static func translating<Result>(_ path: String, _ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch {
            throw StoreError(any: error, path: path)
        }
    }

    /// An error of the store as a sentence about this record; any other in its own words.
    package static func sentence(_ error: any Error, of database: WaitDatabase) -> String {
        sentence(error, path: database.access.pool?.path ?? "The record")
    }

    /// An error of SQLite or of a damaged row as a sentence about the file at `path`; any other in its own words.
    package static func sentence(_ error: any Error, path: String) -> String {
        switch error {
        case let error as DatabaseError: StoreError(error, path: path).message
        case is RowDecodingError: "\(path) is damaged (\(cellCause)): \(restoring)."
        default: "\(error)"
        }
    }

    /// Whether the error is SQLite's, or that of a row that cannot be decoded, and so has no words for people.
    package static func isBare(_ error: any Error) -> Bool {
        error is DatabaseError || error is RowDecodingError
    }

    /// Whether another process held the record for longer than we wait at a time.
    package static func isBusy(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return error.resultCode == .SQLITE_BUSY
    }

    private init(any error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case is RowDecodingError: self.init(code: .damaged, message: Self.sentence(error, path: path))
        default: self.init(code: .other, message: "\(path): \(error)")
        }
    }

    /// - Parameter path: where the record lies, for the sentence.
    package init(_ error: DatabaseError, path: String) {
        let cause = error.message ?? "no detail"
        guard !Self.isDiskFull(error, path: path) else {
            self.init(
                .diskFull, path, "cannot grow", cause, "free space on its disk; nothing committed is lost")
            return
        }
        switch error.resultCode {
        case .SQLITE_CANTOPEN:
            self.init(.cannotOpen, path, "cannot be opened", cause, Self.openingAdvice(path))
        case .SQLITE_NOTADB:
            self.init(
                .notARecord, path, "is not an SQLite database", cause,
                "if it was a record, its beginning is damaged: restore a backup; else name another file with --database"
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, path, "is held by another process", cause, "try again when it has finished")
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(.readOnly, path, "cannot be written", cause, "check the permissions of the file and its folder")
        case .SQLITE_CORRUPT, .SQLITE_MISMATCH:
            self.init(.damaged, path, "is damaged", cause, "restore a backup, or recover it with sqlite3's .recover")
        case .SQLITE_NOMEM:
            self.init(
                .other, path, "needs memory", cause, "end other programs or raise this one's limit, then try again")
        default:
            self.init(.other, path, "answered with an error", cause, "check its disk, then try again")
        }
    }

    private init(_ code: Code, _ path: String, _ what: String, _ cause: String, _ advice: String) {
        self.init(code: code, message: "\(path) \(what) (\(cause.onOneLine)): \(advice).")
    }

    /// SQLite names a full disk only where a page of the file itself could not be written; the shared memory of a reader that
    /// cannot grow is an error of input and output to it.
    private static func isDiskFull(_ error: DatabaseError, path: String) -> Bool {
        switch error.resultCode {
        case .SQLITE_FULL: true
        case .SQLITE_IOERR: error.extendedResultCode == .SQLITE_IOERR_SHMSIZE || FileSystem.isFull(at: path)
        case .SQLITE_CANTOPEN: FileSystem.isFull(at: path)
        default: false
        }
    }

    /// What most often keeps a file from being opened, looked for in this order.
    private static func openingAdvice(_ path: String) -> String {
        if FileSystem.isOutOfDescriptors {
            return "this process may open no more files; raise its limit (ulimit -n, LimitNOFILE)"
        }
        return FileSystem.exists(path)
            ? "check the permissions of the file and its folder"
            : "check that its folder exists and may be written"
    }
}

extension String {
    /// What SQLite answers may have several lines; an error and a finding have one.
    var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
