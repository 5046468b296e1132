import Glibc
import Synchronization

import class Foundation.Thread

/// What a ``ScriptedServer`` does with one request: raw bytes, then an ending.
struct ScriptedAnswer: Sendable {
    enum Ending: Sendable {
        /// Reads the next request on the same connection.
        case keepOpen
        case close
        /// Closes with a TCP reset.
        case reset
        /// Sends nothing more and holds the connection until the other side ends it or the server is stopped.
        case hold
        /// Sends these bytes again and again until the other side goes away.
        case endless([UInt8])
    }

    var bytes: [UInt8]
    var ending = Ending.keepOpen

    /// A head of these raw lines, then the body, with nothing added.
    static func raw(_ lines: [String], body: [UInt8] = [], ending: Ending = .keepOpen) -> ScriptedAnswer {
        let head = lines.map { $0 + "\r\n" }.joined() + "\r\n"
        return ScriptedAnswer(bytes: Array(head.utf8) + body, ending: ending)
    }

    /// A well-formed answer with its Content-Length.
    static func reply(_ status: String, _ headers: [String] = [], body: [UInt8] = []) -> ScriptedAnswer {
        raw(["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers, body: body)
    }

    static func reply(_ status: String, _ headers: [String] = [], text: String) -> ScriptedAnswer {
        reply(status, headers, body: Array(text.utf8))
    }

    static func redirect(_ location: String, status: String = "302 Found") -> ScriptedAnswer {
        reply(status, ["Location: \(location)"])
    }
}

/// A server on loopback that answers each request as a script says, byte by byte, and remembers what it was asked.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (_ head: String) -> ScriptedAnswer

    let port: Int
    /// The heads of the requests, as they come in; for one reader.
    let heads: AsyncStream<String>
    private let state: ServerState

    init(address: String = "127.0.0.1", _ script: @escaping Script) throws {
        let (heads, continuation) = AsyncStream.makeStream(of: String.self)
        let listener = try LoopbackSocket.listen(on: address)
        let state = ServerState(listener: listener.socket, continuation: continuation)
        self.heads = heads
        self.state = state
        port = listener.port
        Thread.detachNewThread { state.acceptAll(script) }
    }

    deinit { stop() }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [String] { state.requests }
    var connections: Int { state.connectionCount }

    /// The path of a request, given its head.
    static func path(_ head: String) -> String { head.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

    /// Waits until a request has come in.
    func nextRequest() async -> String? {
        for await head in heads { return head }
        return nil
    }

    /// Ends all connections.
    func stop() { state.stop() }
}

/// What the server's threads share.
private final class ServerState: Sendable {
    private struct Facts {
        var requests: [String] = []
        var connectionCount = 0
        var open: Set<Int32> = []
        var isStopped = false
    }

    private let listener: Int32
    private let continuation: AsyncStream<String>.Continuation
    private let facts = Mutex(Facts())

    init(listener: Int32, continuation: AsyncStream<String>.Continuation) {
        self.listener = listener
        self.continuation = continuation
    }

    var requests: [String] { facts.withLock { $0.requests } }
    var connectionCount: Int { facts.withLock { $0.connectionCount } }

    func stop() {
        facts.withLock { facts in
            guard !facts.isStopped else { return }
            facts.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for socket in facts.open { shutdown(socket, Int32(SHUT_RDWR)) }
        }
        continuation.finish()
    }

    func acceptAll(_ script: @escaping ScriptedServer.Script) {
        while case let socket = accept(listener, nil, nil), socket >= 0 {
            guard admit(socket) else {
                close(socket)
                break
            }
            Thread.detachNewThread {
                self.answerAll(on: socket, script)
                self.release(socket)
            }
        }
        close(listener)
    }

    private func admit(_ socket: Int32) -> Bool {
        facts.withLock { facts in
            guard !facts.isStopped else { return false }
            facts.connectionCount += 1
            facts.open.insert(socket)
            return true
        }
    }

    private func release(_ socket: Int32) {
        facts.withLock { facts in
            facts.open.remove(socket)
            close(socket)
        }
    }

    private func answerAll(on socket: Int32, _ script: ScriptedServer.Script) {
        var isOpen = true
        while isOpen, let head = LoopbackSocket.readHead(socket) {
            facts.withLock { $0.requests.append(head) }
            continuation.yield(head)
            let answer = script(head)
            isOpen = LoopbackSocket.send(answer.bytes, to: socket) && carryOut(answer.ending, on: socket)
        }
    }

    /// False where the connection is done with.
    private func carryOut(_ ending: ScriptedAnswer.Ending, on socket: Int32) -> Bool {
        switch ending {
        case .keepOpen: return true
        case .close: return false
        case .reset: LoopbackSocket.resetOnClose(socket)
        case .hold: LoopbackSocket.waitForEnd(socket)
        case .endless(let bytes): while LoopbackSocket.send(bytes, to: socket) {}
        }
        return false
    }
}
