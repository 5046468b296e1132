internal import FoundationEssentials

/// The content of one member as it comes, never more of it than the cap.
struct MemberBuffer {
    let capBytes: Int
    private(set) var data = Data()
    private(set) var isOverCap = false

    init(capBytes: Int) { self.capBytes = max(0, capBytes) }

    /// Takes a block that stands at `offset` of the content; a hole before it is filled with zeros.
    mutating func append(_ block: UnsafeRawBufferPointer, at offset: Int) {
        let hole = max(0, offset - data.count)
        isOverCap = isOverCap || hole > room
        data.append(Data(count: min(hole, room)))
        isOverCap = isOverCap || block.count > room
        data.append(contentsOf: block.prefix(room))
    }

    private var room: Int { capBytes - data.count }
}
