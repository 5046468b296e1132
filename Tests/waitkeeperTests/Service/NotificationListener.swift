import Foundation
import Testing

@testable import waitkeeper

/// The service manager's end of the socket: real datagrams.
final class NotificationListener {
    let environment: [String: String]
    private let descriptor: Int32

    /// - Parameter name: a path, or `@` and an abstract name.
    init(_ name: String) throws {
        environment = ["NOTIFY_SOCKET": name]
        descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        let address = try #require(NotifySocket(environment: environment))
        // Long enough for a busy machine; a test that waits for it has failed.
        var patience = timeval(tv_sec: 600, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        try #require(address.withAddress { bind(descriptor, $0, $1) } == 0)
    }

    deinit {
        close(descriptor)
    }

    /// The lines of the next datagram; blocks until there is one.
    func next() throws -> [String] {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        try #require(count > 0)
        return String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Takes datagrams until one holds `line`, and returns that one.
    func next(with line: String) throws -> [String] {
        while true {
            let lines = try next()
            if lines.contains(line) { return lines }
        }
    }

    /// Whether there is nothing to be received.
    var isEmpty: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT) | Int32(MSG_PEEK)) < 0
    }
}
