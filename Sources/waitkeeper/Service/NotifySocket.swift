import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The socket on which the service manager is told how the process is doing: sd_notify(3), without its library.
struct NotifySocket: Sendable {
    struct SendError: Error, CustomStringConvertible {
        let description: String
    }

    /// What the kernel knows the socket by; an abstract name begins with a zero.
    private let name: [UInt8]

    /// - Parameter environment: names it in `NOTIFY_SOCKET`, as `/path` or `@abstract`.
    /// - Returns: nil where no notification is wanted, or not over a Unix socket.
    init?(environment: [String: String]) {
        guard let text = environment["NOTIFY_SOCKET"], text.utf8.count > 1, ["/", "@"].contains(text.first),
            text.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        else { return nil }
        name = text.first == "@" ? [0] + text.utf8.dropFirst() : Array(text.utf8)
    }

    /// Sends the lines, each `NAME=value`, in one datagram.
    /// - Throws: `SendError` where nothing listens there.
    func send(_ lines: String...) throws(SendError) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure() }
        defer { close(descriptor) }
        let bytes = Array(lines.joined(separator: "\n").utf8)
        let count = withAddress { sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, $1) }
        guard count == bytes.count else { throw Self.failure() }
    }

    /// Calls `body` with the address and its length, which for an abstract name ends with the name.
    func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = MemoryLayout<sa_family_t>.size + name.count
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }

    private static func failure() -> SendError {
        SendError(description: "The service manager could not be notified (\(String(cString: strerror(errno)))).")
    }
}
