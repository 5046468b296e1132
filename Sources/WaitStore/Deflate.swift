import CZlib
package import Foundation

/// zlib streams (RFC 1950), so that any tool can open a payload.
package enum Deflate {
    /// `bytes` compressed at level 9.
    static func compress(_ bytes: Data) -> Data {
        var length = compressBound(uLong(bytes.count))
        var output = Data(count: Int(length))
        let status = output.withUnsafeMutableBytes { output in
            bytes.withUnsafeBytes { input in
                compress2(
                    output.bindMemory(to: Bytef.self).baseAddress, &length,
                    input.bindMemory(to: Bytef.self).baseAddress,
                    uLong(input.count), Z_BEST_COMPRESSION)
            }
        }
        precondition(status == Z_OK, "compress2 fails only for want of memory or room")
        return output.prefix(Int(length))
    }

    /// No payload is larger: a greater number of bytes is damage, and no memory is taken for it.
    static let mostBytes = 100_000_000

    /// The original bytes; nil where `deflated` is damaged or does not hold exactly `byteCount` bytes.
    package static func decompress(_ deflated: Data, byteCount: Int) -> Data? {
        guard (0...mostBytes).contains(byteCount) else { return nil }
        var length = uLong(byteCount)
        var output = Data(count: max(byteCount, 1))
        let status = output.withUnsafeMutableBytes { output in
            deflated.withUnsafeBytes { input in
                uncompress(
                    output.bindMemory(to: Bytef.self).baseAddress, &length,
                    input.bindMemory(to: Bytef.self).baseAddress,
                    uLong(input.count))
            }
        }
        guard status == Z_OK, length == uLong(byteCount) else { return nil }
        return output.prefix(byteCount)
    }
}
