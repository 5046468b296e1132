import WaitCore

/// A ZIP being written: stored entries, CRC-32, a central directory; the same bytes for the same members, always.
///
/// Nothing is compressed, and ZIP64 is left out: a file holds at most 65,535 members and 4 GB.
/// Source: PKWARE's APPNOTE.TXT, 4.3.7 (local headers), 4.3.12 (central directory), 4.3.16 (its end).
struct ZIPWriter {
    private var members: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// Appends a member; the same name may come again.
    ///
    /// - Parameter modifiedAt: written as the member's local time, 1980 at the earliest.
    mutating func add(name: String, modifiedAt: HongKongMinute, bytes: ArraySlice<UInt8>) {
        precondition(count < .max && members.count + bytes.count < UInt32.max, "too much for a ZIP without ZIP64")
        let offset = UInt32(members.count)
        let fields = Self.fields(name: name, modifiedAt: modifiedAt, bytes: bytes)
        members.append(littleEndian: 0x0403_4b50 as UInt32)
        members += fields
        members += name.utf8
        members += bytes
        directory.append(littleEndian: 0x0201_4b50 as UInt32)
        directory.append(littleEndian: Self.version)
        directory += fields
        // No comment, disk 0, no attributes.
        directory += [UInt8](repeating: 0, count: 10)
        directory.append(littleEndian: offset)
        directory += name.utf8
        count += 1
    }

    /// The whole file.
    func file() -> [UInt8] {
        var end: [UInt8] = []
        end.append(littleEndian: 0x0605_4b50 as UInt32)
        end.append(littleEndian: 0 as UInt32)
        end.append(littleEndian: count)
        end.append(littleEndian: count)
        end.append(littleEndian: UInt32(directory.count))
        end.append(littleEndian: UInt32(members.count))
        end.append(littleEndian: 0 as UInt16)
        return members + directory + end
    }

    /// An entity tag of the file, from its directory: that holds every member's name, length and checksum.
    func tag() -> String { entityTag(of: directory) }

    private static let version: UInt16 = 20

    /// The fields that a member's local header and its line of the directory have in common, 26 bytes.
    private static func fields(name: String, modifiedAt: HongKongMinute, bytes: ArraySlice<UInt8>) -> [UInt8] {
        let civil = modifiedAt.civil
        var fields: [UInt8] = []
        fields.append(littleEndian: version)
        fields.append(littleEndian: 0x0800 as UInt16)  // names are UTF-8
        fields.append(littleEndian: 0 as UInt16)  // stored
        fields.append(littleEndian: UInt16(civil.hour << 11 | civil.minute << 5))
        fields.append(littleEndian: UInt16(max(0, civil.year - 1_980) << 9 | civil.month << 5 | civil.day))
        fields.append(littleEndian: crc32(bytes))
        fields.append(littleEndian: UInt32(bytes.count))
        fields.append(littleEndian: UInt32(bytes.count))
        fields.append(littleEndian: UInt16(name.utf8.count))
        fields.append(littleEndian: 0 as UInt16)  // no extra field
        return fields
    }
}

/// The CRC-32 of ISO 3309, as ZIP and gzip have it.
func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.withUnsafeBufferPointer { bytes in
        crcTable.withUnsafeBufferPointer { table in
            var checksum = UInt32.max
            for byte in bytes {
                checksum = table[Int(truncatingIfNeeded: (checksum ^ UInt32(byte)) & 0xff)] ^ (checksum >> 8)
            }
            return checksum
        }
    }
}

/// What each byte does to a CRC-32 by itself.
private let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 0 ? value >> 1 : 0xedb8_8320 ^ (value >> 1) }
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
