import Hummingbird
import NIOCore
import Synchronization

/// Sends a body in pages: the next one is read when the client has taken the last.
struct PageSender {
    let pages: any PageSource
    let isGzip: Bool
    let workers: Workers

    /// - Parameter sent: told how many bytes each page had, as they go over the wire.
    func send(to writer: inout any ResponseBodyWriter, sent: (Int) -> Void = { _ in }) async throws {
        let stream = try isGzip ? GzipBox() : nil
        var pages = pages
        var isLast = false
        while !isLast {
            let source = pages
            let (page, bytes, next) = try await workers.run(on: .stream) {
                var source = source
                let page = try source.nextPage()
                let bytes = try stream?.compress(page ?? [], isLast: page == nil) ?? page ?? []
                return (page, bytes, source)
            }
            (pages, isLast) = (next, page == nil)
            // An empty chunk would end a chunked body.
            if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
            sent(bytes.count)
        }
    }

    /// The compressor, which goes from thread to thread with the pages.
    private final class GzipBox: Sendable {
        private let stream: Mutex<GzipStream>

        init() throws {
            stream = Mutex(try GzipStream())
        }

        func compress(_ bytes: [UInt8], isLast: Bool) throws -> [UInt8] {
            try stream.withLock { try $0.compress(bytes, isLast: isLast) }
        }
    }
}
