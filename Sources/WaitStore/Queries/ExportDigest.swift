import Foundation

/// The size and SHA-256 of bytes that pass by.
package struct ExportDigest {
    package private(set) var byteCount = 0
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ bytes: [UInt8]) {
        byteCount += bytes.count
        hash.update(data: bytes)
    }

    /// The digest of all bytes so far, in lower-case hex.
    package var sha256: String {
        hash.finalize().hexText
    }
}
