/// One hospital's phrase ids of one metric over one Hong Kong day, by quarter hour, as the bytes of `packed_day.cells`.
///
/// The first byte is the width of a number in bytes (2, or 4 where an id needs it), then 96 little-endian numbers, 0 where the
/// slot has no reading, then for each further reading of a slot its slot and its phrase id, by time.
struct PackedCells: Equatable {
    static let slotsADay = 96

    /// 96 phrase ids, 0: no reading.
    private(set) var ids = [UInt32](repeating: 0, count: slotsADay)
    /// Readings after the first of their slot, by time.
    private(set) var later: [(slot: UInt32, id: UInt32)] = []

    init() {}

    /// Puts a reading in; readings of one slot come in the order of their times.
    mutating func add(slot: Int, id: UInt32) {
        if ids[slot] == 0 { ids[slot] = id } else { later.append((UInt32(slot), id)) }
    }

    func isTaken(slot: Int) -> Bool { ids[slot] != 0 }

    static func == (one: Self, other: Self) -> Bool {
        one.ids == other.ids && one.later.elementsEqual(other.later, by: ==)
    }

    var isEmpty: Bool { !ids.contains { $0 != 0 } }

    var bytes: [UInt8] {
        let numbers = later.isEmpty ? ids : ids + later.flatMap { [$0.slot, $0.id] }
        guard let largest = numbers.max(), largest > UInt32(UInt16.max) else {
            return [2] + numbers.map { UInt16($0).littleEndian }.withUnsafeBytes(Array.init)
        }
        return [4] + numbers.map(\.littleEndian).withUnsafeBytes(Array.init)
    }

    /// Nil where the bytes are not cells.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let reader = PackedCellReader(bytes) else { return nil }
        for slot in 0..<Self.slotsADay { ids[slot] = reader.id(at: slot) }
        later = reader.later.map { (UInt32($0.slot), $0.id) }
    }
}

/// Reads cells where they lie in SQLite's memory, without a copy.
struct PackedCellReader {
    private let bytes: UnsafeRawBufferPointer
    private let isNarrow: Bool
    private let laterCount: Int

    /// Nil where the bytes are not cells.
    @inline(__always)
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let width = bytes.first, width == 2 || width == 4 else { return nil }
        let numbers = (bytes.count - 1) / Int(width)
        guard numbers >= PackedCells.slotsADay, numbers * Int(width) == bytes.count - 1, numbers % 2 == 0 else {
            return nil
        }
        self.bytes = bytes
        isNarrow = width == 2
        laterCount = (numbers - PackedCells.slotsADay) / 2
    }

    /// The ids of four slots, each in the 16 bits of its place from the lowest; nil where they are wider.
    @inline(__always)
    func fourNarrow(from slot: Int) -> UInt64? {
        isNarrow ? UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 1 + slot * 2, as: UInt64.self)) : nil
    }

    /// The phrase id of a slot's first reading, 0 where there is none.
    @inline(__always)
    func id(at slot: Int) -> UInt32 {
        isNarrow
            ? UInt32(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 1 + slot * 2, as: UInt16.self)))
            : UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 1 + slot * 4, as: UInt32.self))
    }

    var hasLater: Bool { laterCount > 0 }

    /// Readings after the first of their slot; a slot past the day is left out.
    var later: [(slot: Int, id: UInt32)] {
        guard hasLater else { return [] }
        return (0..<laterCount).map {
            (Int(id(at: PackedCells.slotsADay + $0 * 2)), id(at: PackedCells.slotsADay + $0 * 2 + 1))
        }
        .filter { $0.0 < PackedCells.slotsADay }
    }
}
