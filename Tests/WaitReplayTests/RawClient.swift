import Glibc
import WaitReplay

/// How a connection came to its end.
enum Ending: Equatable {
    /// The other side closed in order.
    case orderly
    /// The other side sent a reset.
    case reset
}

/// A call of the socket interface that failed, with its `errno`; `EAGAIN` is a time-out.
struct SocketError: Error {
    let call: String
    let code: Int32
}

/// A response as it stood on the wire.
struct RawResponse {
    let status: Int
    let headers: [HeaderField]
    var body: [UInt8] = []
}

/// A client on a bare socket, so that a test sees what a library would hide: cut bodies, resets, chunks.
///
/// Calls block, for ten seconds at most.
final class RawClient {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// - Parameter seconds: how long an answer is waited for.
    init(port: Int, seconds: Int = 240) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketError(call: "socket", code: errno) }
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                connect(descriptor, rebound, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw SocketError(call: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    /// Sends a request and returns the whole response.
    func get(_ target: String, method: String = "GET", headers: [HeaderField] = []) throws -> RawResponse {
        try ask(target, method: method, headers: headers)
        return try readResponse(hasBody: method != "HEAD")
    }

    /// Sends a request without waiting for anything.
    func ask(_ target: String, method: String = "GET", headers: [HeaderField] = []) throws {
        let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let request = Array("\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(lines)\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw SocketError(call: "send", code: errno)
        }
    }

    /// Reads a response, its body by the announced length or by chunks.
    func readResponse(hasBody: Bool = true) throws -> RawResponse {
        var response = try readHead()
        guard hasBody else { return response }
        if response.headers.value(of: "Transfer-Encoding") == "chunked" {
            response.body = try readChunks()
        } else {
            response.body = try readBytes(Int(response.headers.value(of: "Content-Length") ?? "0") ?? 0)
        }
        return response
    }

    /// Reads up to the empty line after the headers.
    func readHead() throws -> RawResponse {
        let statusLine = try readLine().split(separator: " ")
        var headers: [HeaderField] = []
        while case let line = try readLine(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers.append(HeaderField(String(parts[0]), String(parts[1].drop { $0 == " " })))
        }
        return RawResponse(status: Int(statusLine[1]) ?? 0, headers: headers)
    }

    func readBytes(_ count: Int) throws -> [UInt8] {
        while received.count < count, try receive() == nil {}
        let bytes = Array(received.prefix(count))
        received.removeFirst(bytes.count)
        return bytes
    }

    /// Reads until the connection ends.
    func readToEnd() throws -> (bytes: [UInt8], ending: Ending) {
        while true {
            guard let ending = try receive() else { continue }
            defer { received = [] }
            return (received, ending)
        }
    }

    private func readChunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while let size = Int(try readLine(), radix: 16), size > 0 {
            body += try readBytes(size)
            _ = try readLine()
        }
        _ = try readLine()
        return body
    }

    private func readLine() throws -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: received[..<end], as: UTF8.self)
                received.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            if try receive() != nil { throw SocketError(call: "recv: the connection ended within a line", code: 0) }
        }
    }

    /// Takes in what has come; the ending where nothing will come any more.
    private func receive() throws -> Ending? {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &piece, piece.count, 0)
        if count > 0 {
            received += piece.prefix(count)
            return nil
        }
        if count == 0 { return .orderly }
        if errno == ECONNRESET { return .reset }
        throw SocketError(call: "recv", code: errno)
    }
}
