internal import FoundationEssentials

/// The bytes of one body as they come, in memory or in a temporary file, never more of them than the cap.
struct BodyBuffer: Sendable {
    /// Bytes kept of a body that is too large.
    static let excerptBytes = 1_000
    /// Bytes that a body may have in memory where a temporary file was asked for.
    static let memoryBytes = 5_000_000

    /// Bytes that a body may have.
    private(set) var capBytes: Int
    /// The body; only its beginning where it goes to a file.
    private(set) var data = Data()
    /// Whether the body is larger than the cap, by what came or by what was declared.
    private(set) var isOverCap = false
    /// The file that takes the body, where one does.
    private(set) var spool: SpooledFile?
    private var byteCount = 0

    init(capBytes: Int) { self.capBytes = max(0, capBytes) }

    var isEmpty: Bool { byteCount == 0 }

    /// The beginning of a body that is too large.
    var excerpt: Data { data.prefix(Self.excerptBytes) }

    /// Sends the bytes from now on to a temporary file in `folder`.
    ///
    /// - Throws: `cannotSpool`.
    mutating func spool(in folder: String) throws(FetchError) {
        if spool == nil { spool = try SpooledFile(folder: folder) }
    }

    /// Lowers the cap to what is fit for memory.
    mutating func capToMemory() { capBytes = min(capBytes, Self.memoryBytes) }

    /// Takes notice of the length that the answer declares for its body; what is too large is read no further than the
    /// excerpt.
    mutating func expect(declaredBytes: Int) {
        isOverCap = declaredBytes > capBytes
        let isKept = !isOverCap && spool == nil
        data.reserveCapacity(isKept ? declaredBytes : Self.excerptBytes)
    }

    /// Takes the next bytes; false where reading on is of no use because the body is too large.
    ///
    /// - Throws: `cannotSpool`.
    mutating func append(_ chunk: UnsafeRawBufferPointer) throws(FetchError) -> Bool {
        let ceiling = isOverCap ? min(capBytes, Self.excerptBytes) : capBytes
        let taken = UnsafeRawBufferPointer(rebasing: chunk.prefix(ceiling - byteCount))
        byteCount += taken.count
        try keep(taken)
        guard chunk.count > taken.count else { return true }
        isOverCap = true
        return false
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) throws(FetchError) {
        guard let spool else { return data.append(contentsOf: bytes) }
        data.append(contentsOf: bytes.prefix(Self.excerptBytes - data.count))
        try spool.append(bytes)
    }
}
