package import GRDB

/// What can go wrong with the record as a file; each message is one sentence that says what to do.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        case cannotOpen, notARecord, needsMigration, fromLaterVersion, diskFull, busy, readOnly, damaged, tooLarge,
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

    /// Days as they are packed that are no cells.
    static let damagedPackedDay = StoreError(
        code: .damaged,
        message: "A packed day is damaged; \"waitkeeper verify\" names it, \"waitkeeper reparse\" makes it anew.")

    static let noGeneration = StoreError(
        code: .damaged,
        message: "The record's generation is gone; any command that writes, such as \"waitkeeper poll\", makes it anew."
    )

    /// A phrase whose row cannot be ours.
    static func damagedPhrase(_ id: Int) -> StoreError {
        StoreError(code: .damaged, message: "Phrase \(id) is damaged; \"waitkeeper verify\" says more.")
    }

    /// Runs `body` and turns SQLite's errors into sentences about the file at `path`.
    package static func translating<Result>(_ path: String, _ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        } catch {
            throw StoreError(code: .other, message: "\(path): \(error)")
        }
    }

    /// An error of the store as a sentence about this record; any other in its own words.
    package static func sentence(_ error: any Error, of database: WaitDatabase) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        return StoreError(error, path: database.access.pool?.path ?? "The record").message
    }

    /// Whether another process held the record for longer than we wait at a time.
    package static func isBusy(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return error.resultCode == .SQLITE_BUSY
    }

    /// - Parameter path: where the record lies, for the sentence.
    package init(_ error: DatabaseError, path: String) {
        let cause = error.message ?? "no detail"
        switch error.resultCode {
        case .SQLITE_CANTOPEN:
            self.init(.cannotOpen, path, "cannot be opened", cause, "check that its folder exists and may be written")
        case .SQLITE_NOTADB:
            self.init(.notARecord, path, "is not an SQLite database", cause, "name another file with --database")
        case .SQLITE_FULL:
            self.init(.diskFull, path, "cannot grow", cause, "free space on its disk; nothing committed is lost")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, path, "is held by another process", cause, "try again when that one is done")
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(.readOnly, path, "cannot be written", cause, "check the permissions of the file and its folder")
        case .SQLITE_CORRUPT:
            self.init(.damaged, path, "is damaged", cause, "restore a backup, or recover it with sqlite3's .recover")
        default:
            self.init(.other, path, "answered with an error", cause, "see the cause")
        }
    }

    private init(_ code: Code, _ path: String, _ what: String, _ cause: String, _ advice: String) {
        self.init(code: code, message: "\(path) \(what) (\(cause)): \(advice).")
    }
}
