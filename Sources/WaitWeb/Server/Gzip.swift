import CZlib

/// The gzip coding (RFC 1952) as a stream.
struct GzipStream: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Throws: `GzipError` where there is no memory.
    init() throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window and 16 for a gzip header; level 5 of 9.
        let status = deflateInit2_(
            stream, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw GzipError(status: status)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The compressed bytes that are ready after `bytes`; at the end all that are left.
    mutating func compress(_ bytes: [UInt8], isLast: Bool) throws -> [UInt8] {
        var output: [UInt8] = []
        var input = bytes
        try input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var status = Z_OK
            repeat {
                let chunk = try [UInt8](unsafeUninitializedCapacity: 32_768) { buffer, count in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = 32_768
                    status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
                        throw GzipError(status: status)
                    }
                    count = 32_768 - Int(stream.pointee.avail_out)
                }
                output += chunk
            } while stream.pointee.avail_out == 0 && status != Z_STREAM_END
        }
        return output
    }

    /// `bytes` as one gzip member.
    static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = try GzipStream()
        return try stream.compress(bytes, isLast: true)
    }
}

/// zlib refused; it does for want of memory only.
struct GzipError: Error {
    let status: Int32
}
