import Foundation
import GRDB

/// A file that is read and not changed, neither it nor anything beside it where that can be helped.
///
/// A reader of a file in WAL mode makes files of its own beside it. Where the folder, or a full disk, does not let it, and no `-wal` says that
/// the file is being written, SQLite reads it as unchanging (`immutable`): what is written from then on is not seen reliably,
/// which whoever may write that folder has to know.
struct ReadOnlyFile {
    let path: String
    var configuration = Configuration()

    /// What to do when reading the usual way fails.
    enum Retry {
        case none, immutable, refuse

        /// - Parameters:
        ///   - hasWAL: whether a log lies beside the file.
        ///   - hasFrames: whether there is anything in it.
        init(after error: DatabaseError, hasWAL: Bool, hasFrames: Bool) {
            switch error.resultCode {
            case .SQLITE_READONLY, .SQLITE_CANTOPEN: self = hasWAL ? .refuse : .immutable
            // The disk has no room for the files of a reader, which without a log are not needed; an earlier try has left an
            // empty one.
            case .SQLITE_IOERR, .SQLITE_FULL: self = hasFrames ? .none : .immutable
            default: self = .none
            }
        }
    }

    /// Opens the file for reading; `check` is the first to read.
    func open(checking check: (any DatabaseReader) throws -> Void) throws -> DatabasePool {
        do {
            return try open(immutable: false, checking: check)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
            throw StoreError.unfinished(path)
        } catch let error as DatabaseError where FileManager.default.isReadableFile(atPath: path) {
            switch Retry(after: error, hasWAL: hasWAL, hasFrames: hasFrames) {
            case .none: throw error
            case .immutable: return try open(immutable: true, checking: check)
            case .refuse: throw StoreError.needsWritableFolder(path)
            }
        }
    }

    /// Lets `refuse` read what is there before anything is written; a file that is empty, or not there, holds nothing.
    ///
    /// Beside a file whose writing ended with the power lies a journal, which SQLite rolls back only for a writer: that is done
    /// first, in another program's file, too, as its own next reader would. (SQLite, "File Locking And Concurrency", 4.0.)
    func lookBeforeWriting(_ refuse: (any DatabaseReader, String) throws -> Void) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)  // none: nothing there to be looked at
        guard let size = attributes?[.size] as? Int, size > 0 else { return }
        guard hasJournal else { return try open(immutable: !hasWAL) { try refuse($0, path) }.close() }
        let writer = try DatabaseQueue(path: path, configuration: configuration)
        try refuse(writer, path)
        try writer.close()
    }

    func open(
        immutable: Bool, checking check: (any DatabaseReader) throws -> Void = { _ in }
    ) throws -> DatabasePool {
        var configuration = configuration
        configuration.readonly = true
        let name = immutable ? "\(URL(fileURLWithPath: path).absoluteString)?immutable=1" : path
        let pool = try DatabasePool(path: name, configuration: configuration)
        try check(pool)
        return pool
    }

    private var hasFrames: Bool { (FileIdentity(path: "\(path)-wal")?.bytes ?? 0) > 0 }

    private var hasJournal: Bool { FileManager.default.fileExists(atPath: "\(path)-journal") }

    private var hasWAL: Bool { FileManager.default.fileExists(atPath: "\(path)-wal") }
}
