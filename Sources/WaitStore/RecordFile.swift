import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file that a record was opened as, and whether its path still names it.
///
/// A process goes on writing into a file that was removed or renamed, and nothing of it is found again. So the path is compared
/// with what was opened before every transaction that writes, and every few seconds by `run` and `serve`. The file itself is
/// never opened here: to close it would drop the locks that SQLite holds for this process (POSIX, fcntl).
final class RecordFile: Sendable {
    let path: String
    /// Without links: SQLite keeps its other files beside the file itself.
    private let realPath: String
    private let opened: FileIdentity
    /// The write-ahead log that this process writes; nil for a reader.
    private let log = Mutex<FileIdentity?>(nil)
    /// The shared memory beside the log, opened once and never closed, for the same reason.
    private let index = Mutex<Int32?>(nil)

    /// Nil where there is no file: a record in memory.
    init?(path: String) {
        guard let opened = FileIdentity(path: path) else { return nil }
        (self.path, self.opened) = (path, opened)
        realPath = FileSystem.realPath(of: path)
    }

    /// Keeps the names of the file and its log on the disk; from now on the log has to stay the one it is.
    ///
    /// SQLite syncs the folder too, and goes on where that fails: after a power cut the whole log would be gone.
    /// - Throws: `StoreError` where the disk does not keep them.
    func keepLog() throws(StoreError) {
        try FileSystem.keepNames(in: FileSystem.folder(of: realPath))
        log.withLock { $0 = FileIdentity(path: logPath) }
    }

    /// Two look-ups in the file system.
    /// - Throws: `StoreError` where the path names another file or none, or the log is another one or gone.
    func check() throws(StoreError) {
        guard let now = FileIdentity(path: path) else { throw StoreError.recordGone(path) }
        guard now.isSameFile(as: opened) else { throw StoreError.recordReplaced(path) }
        guard let log = log.withLock({ $0 }) else { return }
        guard let logNow = FileIdentity(path: logPath), logNow.isSameFile(as: log) else {
            throw StoreError.logGone(path)
        }
    }

    /// Whether the log is shorter than what SQLite has written into it: then frames were cut off, and nothing may be copied from
    /// it into the file.
    ///
    /// (SQLite, "WAL-mode File Format": the index begins with the page size at offset 14 and the number of frames at 16, in the
    /// machine's order; a frame is a page and 24 bytes, behind a header of 32. A log is never cut while its index has frames.)
    func isLogCut() -> Bool {
        guard log.withLock({ $0 }) != nil, let least = leastLogBytes(), least > 0,
            let logNow = FileIdentity(path: logPath)
        else { return false }
        // The same before and after the look at the file: neither was emptied meanwhile, as a checkpoint may.
        return logNow.bytes < least && leastLogBytes() == least
    }

    /// How long the log is at least by its index; nil where there is none.
    private func leastLogBytes() -> Int64? {
        let descriptor = index.withLock { index in
            if index == nil { index = open("\(realPath)-shm", O_RDONLY | O_CLOEXEC) }
            return index ?? -1
        }
        var header = [UInt8](repeating: 0, count: 24)
        guard descriptor >= 0, pread(descriptor, &header, header.count, 0) == header.count, header[12] == 1 else {
            return nil
        }
        let (size, count) = header.withUnsafeBytes {
            (
                $0.loadUnaligned(fromByteOffset: 14, as: UInt16.self),
                $0.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
            )
        }
        let pageBytes = size == 1 ? 65_536 : Int64(size)
        return count == 0 ? 0 : 32 + Int64(count) * (pageBytes + 24)
    }

    /// Takes away the log that would be read as the new file's, where a file has taken the record's name: it is the old one's.
    func removeLog() {
        guard let log = log.withLock({ $0 }), FileIdentity(path: logPath)?.isSameFile(as: log) == true else { return }
        unlink(logPath)
        unlink("\(realPath)-shm")
    }

    private var logPath: String { "\(realPath)-wal" }
}

extension StoreError {
    fileprivate static func recordGone(_ path: String) -> StoreError {
        StoreError(
            code: .gone,
            message: """
                \(path) was removed or renamed while it was open: what is written now would be lost. Give it its name back, \
                or restore a backup, and start again; otherwise a new record is begun and filled from the archive.
                """)
    }

    fileprivate static func recordReplaced(_ path: String) -> StoreError {
        StoreError(
            code: .gone,
            message: """
                Another file has taken the name \(path) while the record was open: what is written now would be lost. Start \
                again to use the new file; end this process before a record is replaced.
                """)
    }

    fileprivate static func logGone(_ path: String) -> StoreError {
        StoreError(
            code: .gone,
            message: """
                \(path)-wal was removed or replaced while the record was open: it holds what was written last. Start again; \
                where "waitkeeper verify" finds damage then, restore a backup.
                """)
    }

    static func logCut(_ path: String) -> StoreError {
        StoreError(
            code: .damaged,
            message: """
                \(path)-wal was cut off while the record was open: what was written last is lost. Start again, then run \
                "waitkeeper verify"; where it finds damage, restore a backup.
                """)
    }
}
