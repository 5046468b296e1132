internal import CZlib
internal import FoundationEssentials

/// One zlib stream being undone, piece by piece.
///
/// A class, because zlib keeps the address of its state.
final class Inflater {
    enum Format: Sendable {
        /// RFC 1952.
        case gzip
        /// RFC 1950, what HTTP calls `deflate`.
        case zlib
        /// RFC 1951 without a wrapper, what some servers send as `deflate`.
        case bare

        fileprivate var windowBits: Int32 {
            switch self {
            case .gzip: 31
            case .zlib: 15
            case .bare: -15
            }
        }
    }

    enum Step: Equatable {
        /// The piece is used up, and the stream goes on.
        case needsMore
        /// The stream has ended, its checksum right; so many bytes of the piece are behind its end.
        case ended(leftBytes: Int)
        /// The bytes are not such a stream.
        case damaged
        /// The sink wants no more.
        case stopped
    }

    private static let pieceBytes = 65_536

    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer

    /// - Throws: `other` where zlib has no memory.
    init(_ format: Format) throws(FetchError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: Self.pieceBytes, alignment: 1)
        let status = inflateInit2_(stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            throw FetchError(.other, "zlib could not be started; free some memory and try again.")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// The same for bytes that are held as `Data`.
    func inflate(
        _ piece: Data, into sink: (UnsafeRawBufferPointer) throws(FetchError) -> Bool
    ) throws(FetchError) -> Step {
        let result = piece.withUnsafeBytes { bytes in
            Result { () throws(FetchError) in try inflate(bytes, into: sink) }
        }
        return try result.get()
    }

    /// Undoes a piece of the stream and hands the bytes to `sink`, which returns whether it wants more.
    ///
    /// - Throws: what the sink throws.
    func inflate(
        _ piece: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws(FetchError) -> Bool
    ) throws(FetchError) -> Step {
        let input = piece.bindMemory(to: Bytef.self)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        // A piece is at most one body, which its cap keeps below four gigabytes.
        stream.pointee.avail_in = UInt32(clamping: input.count)
        while true {
            stream.pointee.next_out = output.bindMemory(to: Bytef.self).baseAddress
            stream.pointee.avail_out = UInt32(Self.pieceBytes)
            let status = CZlib.inflate(stream, Z_NO_FLUSH)
            let made = Self.pieceBytes - Int(stream.pointee.avail_out)
            if made > 0, try !sink(UnsafeRawBufferPointer(rebasing: output.prefix(made))) { return .stopped }
            switch status {
            case Z_STREAM_END: return .ended(leftBytes: Int(stream.pointee.avail_in))
            case Z_OK where stream.pointee.avail_out == 0: continue
            case Z_OK, Z_BUF_ERROR: return .needsMore
            default: return .damaged
            }
        }
    }
}
