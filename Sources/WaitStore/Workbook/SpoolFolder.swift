import Foundation

/// A folder for temporary files that this user alone can read.
struct SpoolFolder {
    let path: String

    /// - Throws: `StoreError` where none can be made.
    init() throws {
        let pattern = FileManager.default.temporaryDirectory.appending(path: "waitkeeper-XXXXXX").path
        var bytes = Array(pattern.utf8CString)
        guard mkdtemp(&bytes) != nil else {
            throw StoreError(
                code: .other,
                message:
                    "\(pattern) cannot be made: \(String(cString: strerror(errno))); free some space, or set TMPDIR.")
        }
        path = String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes it with all that is in it.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
