import Foundation

/// A temporary file that has no name any more: it goes with the process, however that ends.
final class SpooledFile: Sendable {
    private let descriptor: Int32

    private static let piece = 64 << 10

    /// A folder that this process alone can read.
    struct Folder {
        let path: String
        var file: String { "\(path)/file" }

        init() throws {
            let pattern = FileManager.default.temporaryDirectory.appending(path: "waitkeeper-XXXXXX").path
            var bytes = Array(pattern.utf8CString)
            guard mkdtemp(&bytes) != nil else { throw SpooledFile.failure(pattern) }
            path = String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        /// Removes it with all that is in it.
        func remove() { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Opens a file, which may then be removed.
    init(_ path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit { close(descriptor) }

    /// The next bytes; nil: that was all.
    func next() throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: Self.piece)
        var count = read(descriptor, &bytes, Self.piece)
        while count < 0, errno == EINTR { count = read(descriptor, &bytes, Self.piece) }
        guard count >= 0 else { throw Self.failure("a temporary file") }
        return count == 0 ? nil : Array(bytes.prefix(count))
    }

    private static func failure(_ path: String) -> StoreError {
        StoreError(
            code: .other,
            message: "\(path) cannot be used: \(String(cString: strerror(errno))); free some space, or set TMPDIR.")
    }
}
