/// A ZIP made by hand, with the lies that no packer would write. Its content is stored as it is given.
struct OddZIP {
    struct Entry {
        var name: [UInt8]
        var content: [UInt8]
        /// 0 stored, 8 deflated.
        var method: UInt16 = 0
        /// Bit 11: the name is UTF-8.
        var flags: UInt16 = 0
        /// What the headers claim.
        var checksum: UInt32
        var packedBytes: UInt32
        var unpackedBytes: UInt32

        init(_ name: [UInt8], _ text: String) {
            self.name = name
            content = Array(text.utf8)
            checksum = OddZIP.checksum(content)
            packedBytes = UInt32(content.count)
            unpackedBytes = packedBytes
        }

        init(_ name: String, _ text: String) { self.init(Array(name.utf8), text) }
    }

    var entries: [Entry]
    var hasDirectory = true

    var bytes: [UInt8] {
        var result: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            directory += [0x50, 0x4b, 0x01, 0x02] + short(20, 20) + header(entry)
            directory += short(0, 0, 0) + long(0, UInt32(result.count)) + entry.name
            result += [0x50, 0x4b, 0x03, 0x04] + short(20) + header(entry) + entry.name + entry.content
        }
        guard hasDirectory else { return result }
        let end = long(UInt32(directory.count), UInt32(result.count)) + short(0)
        let count = UInt16(entries.count)
        return result + directory + [0x50, 0x4b, 0x05, 0x06] + short(0, 0, count, count) + end
    }

    private func header(_ entry: Entry) -> [UInt8] {
        short(entry.flags, entry.method, 0, 0x21) + long(entry.checksum, entry.packedBytes, entry.unpackedBytes)
            + short(UInt16(entry.name.count), 0)
    }

    private func short(_ numbers: UInt16...) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    }

    private func long(_ numbers: UInt32...) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    }

    /// CRC-32 as ZIP has it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
        }
    }
}
