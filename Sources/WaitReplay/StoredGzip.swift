/// Compressed streams that compress nothing, in any number of pieces: for answers whose content coding is odd.
///
/// Source: RFC 1951, section 3.2.4 (stored blocks), RFC 1952 (gzip).
package enum StoredGzip {
    private static let mostInBlock = 65_535

    /// A gzip file of one member.
    package static func member(_ bytes: [UInt8]) -> [UInt8] {
        let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
        return header + bare(bytes) + littleEndian(crc32(bytes[...]))
            + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// A deflate stream without a wrapper.
    package static func bare(_ bytes: [UInt8]) -> [UInt8] {
        var (stream, rest) = ([UInt8](), bytes[...])
        repeat {
            let block = rest.prefix(mostInBlock)
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            stream += [rest.isEmpty ? 1 : 0]
            stream += [UInt8(length & 0xff), UInt8(length >> 8), UInt8(~length & 0xff), UInt8(~length >> 8)]
            stream += block
        } while !rest.isEmpty
        return stream
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
