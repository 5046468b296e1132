import GRDB
import GRDBSQLite
package import WaitCore

/// A copy of the record, as it was at one moment.
package struct BackupFacts: Sendable, Hashable {
    package let bytes: Int
    package let generation: Int
    package let captures: Int
    /// The newest reading's own time, of whichever feed.
    package let newestReadingAt: HongKongMinute?
}

extension WaitDatabase {
    /// Copies the record as it is at this moment into the file at `path`, opens the copy and checks it.
    ///
    /// SQLite starts a backup again when another process has written between two of its steps, so that a busy record would never
    /// be copied. Here all steps are made in one read transaction, which sees the record as it was at the first: nothing begins
    /// anew, and no writer is held up; only the write-ahead log grows meanwhile, by what they write. (SQLite, "Online Backup API".)
    ///
    /// The copy is made without a journal and is not synced: until this returns it is half a file, and keeping it on the disk is
    /// the caller's. Memory stays constant; about as long as reading the file twice.
    /// - Parameters:
    ///   - path: of a file that is empty or not there yet.
    ///   - pagesPerStep: after how many pages to tell of progress.
    ///   - progress: told how many of how many pages are copied, and called while the copy is checked, many times a second; what it
    ///     throws ends the backup and is thrown.
    /// - Returns: what the copy itself says it holds.
    /// - Throws: `StoreError` where the record cannot be read, the copy not written, or the copy is damaged.
    package func backUp(
        to path: String, pagesPerStep: Int32 = 1_024,
        progress: @escaping (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws -> BackupFacts {
        do {
            let pages = try copyPages(to: path, perStep: pagesPerStep, progress: progress)
            return try ReadOnlyFile(path: path).open(immutable: true).read { copy in
                try InterruptibleCheck(copy) { try progress(pages, pages) }.run()
                return try Self.facts(copy)
            }
        } catch let error as DatabaseError {
            throw StoreError(backup: error)
        }
    }

    /// Returns how many pages there are.
    private func copyPages(
        to path: String, perStep: Int32, progress: @escaping (Int, Int) throws -> Void
    ) throws -> Int {
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF") }
        let target = try DatabaseQueue(path: path, configuration: configuration)
        var pages = 0
        try access.read { source in
            // The first look into the file is what the transaction sees to its end.
            _ = try Self.generation(source)
            try target.writeWithoutTransaction { copy in
                try source.backup(to: copy, pagesPerStep: perStep) { step in
                    pages = step.totalPageCount
                    try progress(step.completedPageCount, step.totalPageCount)
                }
            }
        }
        try target.close()
        return pages
    }

    private static func facts(_ db: Database) throws -> BackupFacts {
        return BackupFacts(
            bytes: try bytes(db),
            generation: try generation(db),
            captures: try Int.fetchOne(db, sql: "SELECT count(*) FROM attempt") ?? 0,
            newestReadingAt: try ReadingTable.all.compactMap { try $0.newestMinute(db) }.max())
    }
}

/// SQLite's check of a whole file, which takes long and can be given up in the middle.
private final class InterruptibleCheck {
    private let db: Database
    private let goOn: () throws -> Void
    private var interruption: (any Error)?

    init(_ db: Database, goOn: @escaping () throws -> Void) {
        (self.db, self.goOn) = (db, goOn)
    }

    /// - Throws: what `goOn` throws; `StoreError` where the file is damaged; GRDB's `DatabaseError`.
    func run() throws {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            db.sqliteConnection, 10_000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<InterruptibleCheck>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            }, context)
        defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
        do {
            let answers = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
            guard answers == ["ok"] else { throw StoreError.damagedCopy(answers.first ?? "no answer") }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
            throw interruption ?? error
        }
    }

    /// Called by SQLite every so many of its steps.
    private var isOver: Bool {
        do {
            try goOn()
            return false
        } catch {
            interruption = error
            return true
        }
    }
}

extension StoreError {
    fileprivate static func damagedCopy(_ answer: String) -> StoreError {
        StoreError(
            code: .damaged,
            message: """
                The copy is damaged (\(answer.onOneLine)) and was not kept: the record or a disk is at fault; "waitkeeper verify" \
                says which rows.
                """)
    }

    /// An error is reported of the record if reading it failed, otherwise of the copy.
    fileprivate init(backup error: DatabaseError) {
        switch error.extendedResultCode {
        case .SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ, .SQLITE_IOERR_CORRUPTFS,
            _ where Self.isOfRecord(error):
            self.init(error, path: "The record")
        default:
            // A backup leaves no words of its own with the connection.
            let cause = String(cString: sqlite3_errstr(error.extendedResultCode.rawValue))
            self.init(
                code: error.resultCode == .SQLITE_FULL ? .diskFull : .other,
                message: """
                    The copy could not be written (\(cause)): free space on its disk, or name a file on \
                    another; nothing was left behind, and the record is as it was.
                    """)
        }
    }

    private static func isOfRecord(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
    }
}
