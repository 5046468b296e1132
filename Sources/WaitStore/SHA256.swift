import CCrypto
import Foundation

/// A SHA-256 over bytes that come in pieces: OpenSSL's, of the machine. A value: a copy goes on alone.
struct SHA256: Sendable {
    private var context = SHA256_CTX()

    init() {
        SHA256_Init(&context)
    }

    mutating func update(data: some ContiguousBytes) {
        data.withUnsafeBytes { bytes in _ = SHA256_Update(&context, bytes.baseAddress, bytes.count) }
    }

    /// The 32 bytes of the digest of all that came so far.
    func finalize() -> Data {
        var last = context
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256_Final(&digest, &last)
        return Data(digest)
    }

    /// The 32 bytes of the digest of `data`.
    static func hash(data: some ContiguousBytes) -> Data {
        var hash = SHA256()
        hash.update(data: data)
        return hash.finalize()
    }
}
