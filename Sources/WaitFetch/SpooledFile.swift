package import FoundationEssentials
internal import Glibc
internal import Synchronization

/// Bytes too many for memory, in a temporary file that has no name any more: the file is gone with the last reference
/// to this object, and with the process whatever ends it.
///
/// It is read by position, any number of times, from several tasks at once if need be. Reading blocks like any file's.
package final class SpooledFile: Sendable {
    /// The folder that temporary files go to: `TMPDIR`, or else `/tmp`. It should be on a disk, not in memory.
    static var systemFolder: String {
        let own = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        return own.isEmpty ? "/tmp" : own
    }

    /// Open for reading and writing.
    let descriptor: Int32
    private let folder: String
    private let count = Atomic<Int>(0)

    /// Makes an empty file.
    ///
    /// - Throws: `cannotSpool`.
    convenience init(folder: String) throws(FetchError) {
        let path = "\(folder)/waitkeeper-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { throw Self.failure("no temporary file can be made", in: folder) }
        self.init(descriptor: descriptor, folder: folder)
        guard unlink(path) == 0 else { throw Self.failure("a temporary file cannot be unlinked", in: folder) }
    }

    /// Takes a descriptor over, which ends with this object.
    init(descriptor: Int32, folder: String) {
        self.descriptor = descriptor
        self.folder = folder
    }

    /// Makes a file of these bytes, as a stand-in for a fetched one.
    ///
    /// - Throws: `cannotSpool`.
    package convenience init(copying bytes: Data) throws(FetchError) {
        try self.init(folder: Self.systemFolder)
        let result = bytes.withUnsafeBytes { buffer in Result { () throws(FetchError) in try append(buffer) } }
        try result.get()
    }

    deinit { close(descriptor) }

    /// Bytes in the file.
    package var byteCount: Int { count.load(ordering: .acquiring) }

    /// Reads up to `count` bytes from `offset` on; fewer at the end of the file, and none beyond it.
    ///
    /// - Throws: `cannotSpool`.
    package func bytes(at offset: Int, upTo count: Int) throws(FetchError) -> Data {
        let end = min(max(0, byteCount - offset), max(0, count))
        guard offset >= 0, end > 0 else { return Data() }
        var data = Data(count: end)
        var filled = 0
        while filled < end {
            let read = data.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw Self.failure("a temporary file cannot be read", in: folder) }
            filled += read
        }
        return data
    }

    /// Writes bytes at the end. For one writer, before anybody else has the file.
    ///
    /// - Throws: `cannotSpool`.
    func append(_ bytes: UnsafeRawBufferPointer) throws(FetchError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = write(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.failure("a temporary file takes no more bytes", in: folder) }
            count.add(written, ordering: .releasing)
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    private static func failure(_ what: String, in folder: String) -> FetchError {
        let cause = String(cString: strerror(errno))
        return FetchError(
            .cannotSpool, "In \(folder) \(what); free some space there, or set TMPDIR to another folder.", cause: cause)
    }
}
