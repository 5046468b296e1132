import Foundation
import Synchronization
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("A connection", .serialized)
struct ConnectionTests {
    static let get = "GET /v1/districts HTTP/1.1\r\nHost: a\r\n\r\n"
    static let last = "GET /v1/districts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    /// Limits that are reached at once.
    static let short: WebLimits = {
        var limits = WebLimits()
        (limits.headMilliseconds, limits.idleMilliseconds, limits.stallMilliseconds) = (150, 150, 150)
        return limits
    }()

    @Test("answers one request after the other, made or at hand, in their order")
    func pipelined() async throws {
        try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send(Self.get)
            _ = try socket.read(until: "\"next\":null")
            socket.send(
                "GET /v1/districts HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/feeds HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "HEAD /v1/districts HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            )
            let text = try socket.readToEnd()
            let places = try ["wong-tai-sin", "quarterHourly", "\"status\":\"ok\""].map { word in
                try #require(text.range(of: word)).lowerBound
            }
            #expect(places == places.sorted())
            #expect(text.components(separatedBy: "HTTP/1.1 200 OK").count == 5)
        }
    }

    @Test("at hand answers as one that was made")
    func sameAnswer() async throws {
        try await LiveServer.run { port in
            let answers = try (0..<2).map { _ in
                let socket = try RawSocket(port: port)
                socket.send(Self.last)
                let text = try socket.readToEnd()
                let parts = text.components(separatedBy: "\r\n\r\n")
                let head = parts[0].lowercased().components(separatedBy: "\r\n").filter { !$0.hasPrefix("date:") }
                return (head.sorted(), parts[1])
            }
            #expect(answers[0] == answers[1])
            #expect(answers[0].0.contains("connection: close"))
        }
    }

    @Test("at hand knows a held tag and HEAD")
    func conditional() async throws {
        try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send(Self.get)
            let text = try socket.read(until: "\"next\":null")
            let tag = try #require(text.firstMatch(of: /[Ee][Tt]ag: (\S+)/)?.1)
            socket.send("GET /v1/districts HTTP/1.1\r\nHost: a\r\nIf-None-Match: W/\(tag)\r\nConnection: close\r\n\r\n")
            let answer = try socket.readToEnd()
            #expect(answer.contains("HTTP/1.1 304 Not Modified\r\n") && answer.contains(tag))
            #expect(answer.hasSuffix("\r\n\r\n") && !answer.lowercased().contains("content-length"))
        }
    }

    @Test(
        "dates every answer by the service's clock, also where it refuses",
        arguments: [
            "GET /v1/latest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "HEAD /v1/latest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET /?lang=en HTTP/1.0\r\n\r\n",
            "OPTIONS /v1/latest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "no request\r\n\r\n",
        ])
    func dated(request: String) async throws {
        let date = try HTTPDate.text(WebFixture.date(WebFixture.fixtureTime))
        try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send(request)
            let head = try socket.readToEnd().components(separatedBy: "\r\n\r\n")[0]
            let dates = head.components(separatedBy: "\r\n").filter { $0.lowercased().hasPrefix("date: ") }
            #expect(dates.map { $0.dropFirst(6) } == [date[...]])
        }
    }

    @Test("of HTTP/1.0 is closed after its answer")
    func http10() async throws {
        let text = try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send("GET /v1/districts HTTP/1.0\r\n\r\n")
            return try socket.readToEnd()
        }
        #expect(text.contains("200 OK") && !text.lowercased().contains("chunked") && text.contains("wong-tai-sin"))
    }

    @Test(
        "that sends what is not a request is told so and closed",
        arguments: [
            ("GARBAGE\r\n\r\n", 400), ("GET / HTTP/9.9\r\n\r\n", 400), ("\u{0}\u{1}\u{2}\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 200) + "\r\n", 431),
            ("GET /v1/latest HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 413),
            ("GET /v1/latest HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 413),
            ("POST /v1/latest HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\nhello", 405),
            ("GET /v1/latest HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("GET v1/latest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400), ("GET /v1/feeds HTTP/1.1\r\n\r\n", 400),
            ("GET /v1/feeds HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400),
            ("GET /v1/feeds HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ])
    func refused(bytes: String, status: Int) async throws {
        let text = try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send(bytes)
            return try socket.readToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(text.prefix(200))")
        #expect(text.contains("application/problem+json") && text.contains("\"status\":\(status)"))
    }

    @Test("without a host is told so also where the answer is at hand, and HEAD by the head alone")
    func noHost() async throws {
        try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send(Self.get)
            _ = try socket.read(until: "\"next\":null")
            socket.send("HEAD /v1/districts HTTP/1.1\r\n\r\n")
            let text = try socket.readToEnd()
            #expect(text.contains("HTTP/1.1 400 ") && text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("with ten megabytes of header is told so, and can send them all")
    func hugeHeader() async throws {
        try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
            #expect(socket.send(String(repeating: "a", count: 10_000_000)))
            #expect(try socket.readToEnd().hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test(
        "with half a request, or none, is closed after a while",
        arguments: ["", "GET /v1/la", "GET / HTTP/1.1\r\nHost: a\r\n"])
    func halfARequest(bytes: String) async throws {
        let text = try await LiveServer.run(limits: Self.short) { port in
            let socket = try RawSocket(port: port)
            socket.send(bytes)
            return try socket.readToEnd()
        }
        #expect(text == "")
    }

    @Test("that ends in the middle of a request is told so")
    func cutRequest() async throws {
        let text = try await LiveServer.run { port in
            let socket = try RawSocket(port: port)
            socket.send("GET / HTTP/1.1\r\nHost:")
            socket.endSending()
            return try socket.readToEnd()
        }
        #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 400 "))
    }

    @Test("that is idle is closed after a while, its answers read")
    func idle() async throws {
        let text = try await LiveServer.run(limits: Self.short) { port in
            let socket = try RawSocket(port: port)
            socket.send(Self.get)
            return try socket.readToEnd()
        }
        #expect(text.contains("wong-tai-sin") && !text.lowercased().contains("connection: close"))
    }

    @Test("one too many is a 503, and the others go on")
    func tooMany() async throws {
        var limits = WebLimits()
        limits.connections = 16
        try await LiveServer.run(limits: limits) { port in
            let sockets = try (0..<16).map { _ in
                let socket = try RawSocket(port: port)
                socket.send(Self.get)
                _ = try socket.read(until: "\"next\":null")
                return socket
            }
            let text = try RawSocket(port: port).readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 503 ") && text.contains("retry-after: 1"))
            for socket in sockets {
                socket.send(Self.last)
                #expect(try socket.readToEnd().contains("wong-tai-sin"))
            }
        }
    }

    @Test("that takes nothing of a long answer is cut off, and others are served meanwhile")
    func slowReader() async throws {
        let counter = PageCounter()
        try await LiveServer.run(limits: Self.short, routes: .endless(counter)) { port in
            let socket = try RawSocket(port: port, receiveBuffer: 4_096)
            socket.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try socket.read(until: "200 OK")
            let other = try RawSocket(port: port)
            other.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(try other.readToEnd().contains("\"status\":\"ok\""))
            while try Self.connections(port) > 1 { usleep(5_000) }
            _ = socket
        }
        // Far less than the endless answer was made: the client's buffers and ours.
        #expect(counter.pages < 1_000)
    }

    /// Connections that the server knows of, the one that asks among them.
    private static func connections(_ port: Int) throws -> Int {
        let socket = try RawSocket(port: port)
        socket.send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let match = try socket.readToEnd().firstMatch(of: /\nwaitkeeper_http_connections (\d+)/)
        return try #require(match.flatMap { Int($0.1) })
    }

    @Test(
        "that asks for the head of a long answer gets that and no more, and goes on",
        arguments: ["/endless", "/v1/export/hospitals.csv", "/v1/export/ae-waits.ndjson", "/v1/export/clinics.geojson"])
    func headOfPages(target: String) async throws {
        let text = try await LiveServer.run(routes: .endless(PageCounter())) { port in
            let socket = try RawSocket(port: port)
            socket.send("HEAD \(target) HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
            _ = try socket.read(until: "\r\n\r\n")
            socket.send("HEAD \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try socket.read(until: "\r\n\r\n")
            socket.send(Self.last)
            return try socket.readToEnd()
        }
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n") && text.contains("wong-tai-sin"), "\(text.prefix(300))")
        #expect(text.components(separatedBy: "HTTP/1.1 200 OK").count == 2)
    }

    @Test("of HTTP/1.0 gets the head of a long answer, too")
    func headOfPagesHTTP10() async throws {
        let text = try await LiveServer.run(routes: .endless(PageCounter())) { port in
            let socket = try RawSocket(port: port)
            socket.send("HEAD /endless HTTP/1.0\r\n\r\n")
            return try socket.readToEnd()
        }
        #expect(text.contains("200 OK") && text.hasSuffix("\r\n\r\n") && !text.lowercased().contains("chunked"))
        #expect(text.components(separatedBy: "\r\n\r\n").count == 2)
    }

    @Test("gets a long answer in pages, compressed where it likes that")
    func pages() async throws {
        try await LiveServer.run(routes: .pages) { port in
            let socket = try RawSocket(port: port)
            socket.send("GET /pages HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let text = try socket.readToEnd()
            #expect(text.contains("chunked") && text.hasSuffix("\r\n0\r\n\r\n"))
            #expect(text.filter { $0 == "x" }.count >= 10 * 65_536)
            let other = try RawSocket(port: port)
            other.send("GET /pages HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n")
            let bytes = try other.readBytesToEnd()
            let body = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8))).upperBound
            #expect(try Gunzip.text(Data(bytes[body...])) == String(repeating: "x", count: 10 * 65_536))
        }
    }

    @Test("does not hold up the end, idle or in the middle of an answer", .timeLimit(.minutes(30)))
    func shutdown() async throws {
        let counter = PageCounter()
        // Nothing but the end itself ends these connections.
        var limits = WebLimits()
        (limits.idleMilliseconds, limits.stallMilliseconds) = (3_600_000, 3_600_000)
        let sockets = try await LiveServer.run(limits: limits, routes: .endless(counter)) { port in
            try ["", Self.get, "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n"].map { text in
                let socket = try RawSocket(port: port, receiveBuffer: 4_096)
                socket.send(text)
                if !text.isEmpty { _ = try socket.read(until: "200 OK") }
                return socket
            }
        }
        #expect(sockets.count == 3)
    }
}

/// Counts pages that an endless answer was asked for.
final class PageCounter: Sendable {
    private let count = Atomic<Int>(0)

    var pages: Int { count.load(ordering: .relaxed) }

    func add() { count.add(1, ordering: .relaxed) }
}

/// Pages of the letter x, without an end where none is given.
private struct LetterPages: PageSource {
    let counter: PageCounter
    var left = Int.max

    mutating func nextPage() throws -> [UInt8]? {
        guard left > 0 else { return nil }
        left -= 1
        counter.add()
        return [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
    }
}

extension RouteMap {
    /// Ten pages.
    static let pages = RouteMap(endpoints: [
        Endpoint("/pages", "Ten pages.", mediaTypes: [.ndjson]) { _, _ in
            Answer(mediaType: .ndjson, body: .pages(LetterPages(counter: PageCounter(), left: 10)))
        }
    ])

    /// The standard routes, and `/endless`.
    static func endless(_ counter: PageCounter) -> RouteMap {
        let endless = Endpoint("/endless", "Never ends.", mediaTypes: [.ndjson]) { _, _ in
            Answer(mediaType: .ndjson, body: .pages(LetterPages(counter: counter)))
        }
        return RouteMap(endpoints: standard.endpoints + [endless])
    }
}
