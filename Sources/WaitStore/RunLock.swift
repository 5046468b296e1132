#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The lock that `run` holds beside the database: two collectors of one record would only ask twice.
///
/// An advisory lock of the operating system, gone with the process however it ends. It lies beside the file itself, whatever
/// links lead to it, and only its owner can open it, since whoever can open a file can lock it.
package struct RunLock: Sendable {
    private let descriptor: Int32

    /// Locks `PATH.lock`, where PATH is the record's without links.
    /// - Throws: `StoreError` where another process holds it, or it cannot be made; `diskFull` where there is no room for it.
    package static func acquire(besides databasePath: String) throws(StoreError) -> RunLock {
        let path = FileSystem.realPath(of: databasePath) + ".lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { throw failure(path, errno) }
        // One that an earlier version left open to all; of another owner it cannot be changed, and need not.
        _ = fchmod(descriptor, S_IRUSR | S_IWUSR)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreError(
                code: .busy,
                message:
                    "Another \"waitkeeper run\" collects into \(databasePath); end that one first, or name another --database."
            )
        }
        return RunLock(descriptor: descriptor)
    }

    package func release() {
        close(descriptor)
    }

    private static func failure(_ path: String, _ number: Int32) -> StoreError {
        let cause = String(cString: strerror(number))
        let (code, advice): (StoreError.Code, String) =
            switch number {
            case ENOSPC, EDQUOT: (.diskFull, "free space on its disk")
            case EMFILE, ENFILE: (.cannotOpen, "raise the number of files a process may open (ulimit -n, LimitNOFILE)")
            case ELOOP: (.cannotOpen, "it is a link; remove it")
            case EACCES: (.cannotOpen, "run as the user that owns it, and check that the folder may be written")
            default: (.cannotOpen, "check that the folder exists and may be written")
            }
        return StoreError(code: code, message: "\(path) cannot be made (\(cause)): \(advice).")
    }
}
