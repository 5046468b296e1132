import Foundation
import Logging
import ServiceLifecycle
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

/// A bare socket: what a library would hide is seen. Calls block for four minutes at most: other tests keep the processor busy meanwhile.
final class RawSocket: @unchecked Sendable {
    private let descriptor: Int32

    struct Failure: Error {
        let call: String
        let code: Int32
    }

    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        var patience = timeval(tv_sec: 240, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw Failure(call: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    /// Sends what the other side takes; returns false where it has ended the connection.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// The text up to and with `end`, or all there is where the connection ends before.
    func read(until end: String) throws -> String {
        try read { String(decoding: $0, as: UTF8.self).contains(end) }
    }

    func read(bytes count: Int) throws -> String {
        try read { $0.count >= count }
    }

    /// Everything until the connection ends; a reset is a failure.
    func readToEnd() throws -> String {
        try read { _ in false }
    }

    func readBytesToEnd() throws -> [UInt8] {
        try receive { _ in false }
    }

    private func read(until isEnough: ([UInt8]) -> Bool) throws -> String {
        String(decoding: try receive(until: isEnough), as: UTF8.self)
    }

    private func receive(until isEnough: ([UInt8]) -> Bool) throws -> [UInt8] {
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(received) {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count >= 0 else { throw Failure(call: "recv", code: errno) }
            if count == 0 { break }
            received += piece.prefix(count)
        }
        return received
    }
}

/// The API on a real socket.
enum LiveServer {
    /// Runs `body`, which may block, beside the service; the service ends gracefully afterwards.
    static func run<Value: Sendable>(
        _ database: WaitDatabase? = nil, limits: WebLimits = WebLimits(), routes: RouteMap = .standard,
        _ body: @escaping @Sendable (Int) throws -> Value
    ) async throws -> Value {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let now = try WebFixture.date(WebFixture.fixtureTime)
        let clock: @Sendable () -> Date = { now }
        let service = try WebService(
            configuration: WebConfiguration(
                listen: .init(host: "127.0.0.1", port: 0), limits: limits, version: "1.2.3"),
            database: try database ?? WebFixture.shared(), clock: clock, logger: WebFixture.logger, routes: routes
        ) { address in
            port.yield(address.port)
            port.finish()
        }
        let group = ServiceGroup(services: [service], logger: WebFixture.logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { port.finish() }
                try await group.run()
            }
            let number = try #require(await ports.first { _ in true })
            let value = await Result(catching: { try await blocking { try body(number) } })
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try value.get()
        }
    }

    /// Runs what blocks on a thread of its own: those of the tasks are for the server.
    static func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }
}

extension Result where Failure == any Error {
    init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
