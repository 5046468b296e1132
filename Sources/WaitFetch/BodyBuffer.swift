internal import FoundationEssentials

/// The bytes of one body as they come, never more of them than the cap.
struct BodyBuffer: Sendable {
    /// Bytes kept of a body that is too large.
    static let excerptBytes = 1_000

    /// Bytes that a body may have.
    let capBytes: Int
    private(set) var data = Data()
    /// Whether the body is larger than the cap, by what came or by what was declared.
    private(set) var isOverCap = false

    init(capBytes: Int) { self.capBytes = max(0, capBytes) }

    /// The beginning of a body that is too large.
    var excerpt: Data { data.prefix(Self.excerptBytes) }

    /// Takes notice of the length that the answer declares for its body; what is too large is read no further than the
    /// excerpt.
    mutating func expect(declaredBytes: Int) {
        isOverCap = declaredBytes > capBytes
        data.reserveCapacity(isOverCap ? Self.excerptBytes : declaredBytes)
    }

    /// Takes the next bytes; false where reading on is of no use because the body is too large.
    mutating func append(_ chunk: UnsafeRawBufferPointer) -> Bool {
        let ceiling = isOverCap ? min(capBytes, Self.excerptBytes) : capBytes
        let room = ceiling - data.count
        data.append(contentsOf: chunk.prefix(room))
        guard chunk.count > room else { return true }
        isOverCap = true
        return false
    }
}
