import Glibc

/// The socket calls of the test server.
enum LoopbackSocket {
    struct Failure: Error {
        let call: String
        let number: Int32
    }

    /// A listening socket on a free port of this address.
    static func listen(on text: String) throws -> (socket: Int32, port: Int) {
        let bound = try bind(to: text)
        guard Glibc.listen(bound.socket, 128) == 0 else { throw Failure(call: "listen", number: errno) }
        return bound
    }

    /// A socket that holds a free port of this address and refuses connections until it listens.
    static func bind(to text: String) throws -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw Failure(call: "socket", number: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, text, &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                Glibc.bind(listener, plain, length) | getsockname(listener, plain, &length)
            }
        }
        guard code == 0 else { throw Failure(call: "bind", number: errno) }
        return (listener, Int(in_port_t(bigEndian: address.sin_port)))
    }

    /// Reads up to the empty line; nil where the other side ended.
    static func readHead(_ socket: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(socket, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// False where the other side takes no more.
    static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { rest in
                Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    static func resetOnClose(_ socket: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Waits until the other side, or the server's stop, ends the connection.
    static func waitForEnd(_ socket: Int32) {
        var byte: UInt8 = 0
        while recv(socket, &byte, 1, 0) > 0 {}
    }
}
