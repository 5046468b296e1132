#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The lock that `run` holds beside the database: two collectors of one record would only ask twice.
///
/// An advisory lock of the operating system, gone with the process however it ends.
package struct RunLock: Sendable {
    private let descriptor: Int32

    /// Locks `PATH.lock`.
    /// - Throws: `StoreError` where another process holds it, or it cannot be made.
    package static func acquire(besides databasePath: String) throws(StoreError) -> RunLock {
        let path = databasePath + ".lock"
        let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StoreError(
                code: .cannotOpen,
                message:
                    "\(path) cannot be made (\(String(cString: strerror(errno)))): check that the folder exists and may be written."
            )
        }
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
}
