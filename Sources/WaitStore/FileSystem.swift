import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the operating system says of files and disks, for sentences and for the identity of a file.
package enum FileSystem {
    /// A disk with less than this left takes no file that SQLite needs beside the record.
    private static let leastFreeBytes: UInt64 = 65_536

    /// Whether the disk that `path` lies on has no room; false where nothing can be learned of it.
    static func isFull(at path: String) -> Bool {
        var disk = statvfs()
        guard statvfs(folder(of: path), &disk) == 0 else { return false }
        let bytes = UInt64(disk.f_bavail) * UInt64(disk.f_frsize)
        // A file system without a limit of files gives none.
        return bytes < leastFreeBytes || (disk.f_files > 0 && disk.f_favail == 0)
    }

    /// Whether this process can open no further file.
    static var isOutOfDescriptors: Bool {
        let descriptor = open("/", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == EMFILE || errno == ENFILE }
        close(descriptor)
        return false
    }

    /// Keeps the names in a folder on the disk, those that were given and those that were taken away.
    /// - Throws: `StoreError` where the disk does not; the files are there as long as the power is.
    package static func keepNames(in folder: String) throws(StoreError) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        // A folder that may be written and not read cannot be synced.
        if descriptor < 0, errno == EACCES { return }
        defer { if descriptor >= 0 { close(descriptor) } }
        // Some file systems, of networks for one, keep names at once and know no sync of a folder.
        guard descriptor >= 0, fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
            throw StoreError(
                code: .other,
                message:
                    "\(folder) could not be saved on the disk (\(String(cString: strerror(errno)))): check the disk, then do it again."
            )
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    /// The file's path without links; where it does not exist yet, its folder's without links, and its name.
    ///
    /// A link to a file that does not exist is followed, as SQLite does when it creates the file.
    static func realPath(of path: String) -> String {
        var path = path
        // As many as the kernel follows.
        for _ in 0..<40 {
            if let real = resolved(path) { return real }
            // Not a link.
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = target.hasPrefix("/") ? target : "\(folder(of: path))/\(target)"
        }
        let url = URL(fileURLWithPath: path)
        return resolved(folder(of: path)).map { "\($0)/\(url.lastPathComponent)" } ?? url.path
    }

    private static func resolved(_ path: String) -> String? {
        guard let bytes = realpath(path, nil) else { return nil }
        defer { free(bytes) }
        return String(cString: bytes)
    }
}

/// Which file a path names: its device and its number there.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64
    /// How many names the file has.
    let links: UInt64
    let bytes: Int64

    /// Nil where the path names nothing.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
        (links, bytes) = (UInt64(status.st_nlink), Int64(status.st_size))
    }

    func isSameFile(as other: FileIdentity) -> Bool {
        device == other.device && number == other.number
    }
}
