import Testing
import WaitReplay

@Suite("Misbehaviour as it stands on the wire")
struct MisbehaviourTests {
    private static let body = Array("0123456789".utf8)

    /// An answer for every request that goes wrong in that way, except at `/fine`.
    private static func going(
        wrong misbehaviour: Misbehaviour,
        body: [UInt8] = body
    ) -> @Sendable (ReplayRequest) -> ReplayAnswer {
        { request in
            let answer = ReplayAnswer.document(body)
            return request.path == "/fine" ? answer : answer.misbehaving(misbehaviour)
        }
    }

    @Test("a cut body announces its full length, then ends in order")
    func cutBody() async throws {
        try await withReplayServer(answer: Self.going(wrong: .cutBody(afterBytes: 4))) { server in
            let client = try RawClient(port: server.port)
            try client.ask("/")
            #expect(try client.readHead().headers.value(of: "Content-Length") == "10")
            #expect(try client.readToEnd() == (Array("0123".utf8), .orderly))
            #expect(server.requests.map(\.bodyBytes) == [4])
        }
    }

    @Test("a reset is a reset, without an answer")
    func reset() async throws {
        try await withReplayServer(answer: Self.going(wrong: .reset)) { server in
            let client = try RawClient(port: server.port)
            try client.ask("/")
            #expect(try client.readToEnd() == ([], .reset))
            #expect(server.requests.map(\.status) == [nil])
        }
    }

    @Test("a stalled connection gets nothing until the server stops, which ends it; others are answered")
    func stall() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try await ReplayServer.start { request in
            arrival.yield()
            return Self.going(wrong: .stall)(request)
        }
        let stalled = try RawClient(port: server.port)
        try stalled.ask("/")
        for await _ in arrivals { break }
        let other = try RawClient(port: server.port)
        #expect(try other.get("/fine").body == Self.body)
        try await server.stop()
        #expect(try stalled.readToEnd() == ([], .orderly))
        #expect(try other.readToEnd() == ([], .orderly))
        #expect(server.requests.filter { $0.status == nil }.map(\.path) == ["/"])
    }

    @Test("a dripping body arrives whole in the end")
    func dripArrives() async throws {
        let body = (0..<150_000).map { UInt8(truncatingIfNeeded: $0) }
        try await withReplayServer(answer: Self.going(wrong: .drip(bytesPerSecond: 1_000_000), body: body)) { server in
            let client = try RawClient(port: server.port)
            #expect(try client.get("/").body == body)
            #expect(try client.get("/fine").body == body)
        }
    }

    @Test("a dripping body starts with a few bytes, and stopping cuts it there")
    func dripIsCutByStop() async throws {
        let body = [UInt8](repeating: 7, count: 10_000)
        let server = try await ReplayServer.start(answer: Self.going(wrong: .drip(bytesPerSecond: 1), body: body))
        let client = try RawClient(port: server.port)
        try client.ask("/")
        #expect(try client.readHead().headers.value(of: "Content-Length") == "10000")
        #expect(try client.readBytes(1) == [7])
        try await server.stop()
        #expect(try client.readToEnd().bytes.count < 9_999)
    }

    @Test("an endless body comes in chunks, and has an end after all", arguments: [0, 1, 65_536, 3_000_001])
    func endless(bytes: Int) async throws {
        try await withReplayServer(answer: Self.going(wrong: .endless(bytes: bytes))) { server in
            let client = try RawClient(port: server.port)
            let response = try client.get("/")
            #expect(response.headers.value(of: "Content-Length") == nil)
            #expect(response.headers.value(of: "Transfer-Encoding") == "chunked")
            #expect(response.body.count == bytes)
            #expect(response.body.allSatisfy { $0 == UInt8(ascii: " ") })
            #expect(try client.get("/fine").body == Self.body)
        }
    }

    @Test("an endless body nobody reads holds up neither other clients nor the stop")
    func endlessUnread() async throws {
        try await withReplayServer(answer: Self.going(wrong: .endless(bytes: .max))) { server in
            let unread = try RawClient(port: server.port)
            try unread.ask("/")
            #expect(try unread.readHead().status == 200)
            #expect(try RawClient(port: server.port).get("/fine").body == Self.body)
        }
    }

    @Test("HEAD of an endless body tells its length")
    func endlessHead() async throws {
        try await withReplayServer(answer: Self.going(wrong: .endless(bytes: 6_000_000))) { server in
            let client = try RawClient(port: server.port)
            #expect(try client.get("/", method: "HEAD").headers.value(of: "Content-Length") == "6000000")
            #expect(try client.get("/fine").body == Self.body)
        }
    }

    @Test("of an endless body only what the client made room for is handed out, and the log says how much")
    func handedOut() async throws {
        try await withReplayServer(answer: Self.going(wrong: .endless(bytes: .max))) { server in
            let client = try RawClient(port: server.port)
            try client.ask("/")
            _ = try client.readBytes(1_000_000)
            #expect((1_000_000...100_000_000).contains(server.requests[0].handedOutBytes))
            #expect(server.requests[0].bodyBytes == .max)
        }
    }

    @Test("a gzip bomb is a thousandth on the wire of what it is undone")
    func bomb() async throws {
        try await withReplayServer(answer: Self.going(wrong: .gzipBomb(decodedBytes: 1_032_000_000))) { server in
            let response = try RawClient(port: server.port).get("/")
            #expect(response.headers.value(of: "Content-Encoding") == "gzip")
            #expect(response.body.count == 24 + 1_000_000)
            #expect(response.body.starts(with: [0x1f, 0x8b, 0x08]))
            #expect(server.requests.map(\.handedOutBytes) == [1_000_024])
        }
    }

    @Test("what shows in the body is sent to a client that holds the document already, too")
    func notHiddenByA304() async throws {
        try await withReplayServer(answer: Self.going(wrong: .claimsGzip)) { server in
            let client = try RawClient(port: server.port)
            let tag = try #require(try client.get("/fine").headers.value(of: "ETag"))
            let validator = HeaderField("If-None-Match", tag)
            #expect(try client.get("/fine", headers: [validator]).status == 304)
            #expect(try client.get("/", headers: [validator]).status == 200)
        }
    }

    @Test("a late answer comes whole in the end")
    func late() async throws {
        try await withReplayServer(answer: Self.going(wrong: .late(milliseconds: 1))) { server in
            let client = try RawClient(port: server.port)
            let response = try client.get("/")
            #expect(response.status == 200)
            #expect(response.body == Self.body)
            #expect(try client.get("/fine").body == Self.body)
        }
    }

    @Test("a late answer holds up nobody else, and stopping ends it unanswered")
    func lateIsCutByStop() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try await ReplayServer.start { request in
            arrival.yield()
            return Self.going(wrong: .late(milliseconds: 3_600_000))(request)
        }
        let late = try RawClient(port: server.port)
        try late.ask("/")
        for await _ in arrivals { break }
        #expect(try RawClient(port: server.port).get("/fine").body == Self.body)
        try await server.stop()
        #expect(try late.readToEnd() == ([], .orderly))
    }

    @Test("claimed gzip lies over plain bytes")
    func claimsGzip() async throws {
        try await withReplayServer(answer: Self.going(wrong: .claimsGzip)) { server in
            let response = try RawClient(port: server.port).get("/")
            #expect(response.headers.value(of: "Content-Encoding") == "gzip")
            #expect(response.body == Self.body)
        }
    }
}
