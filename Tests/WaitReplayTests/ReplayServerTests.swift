import Testing
import WaitReplay

@Suite("The stand-in publisher's server")
struct ReplayServerTests {
    private static let body = Array(#"{"waitTime":[]}"#.utf8)
    /// FNV-1a of the body, worked out by a script of a few lines outside this package.
    private static let tag = "\"9ea3fbb6f3687db7\""
    private static let date = "Tue, 20 Jan 2026 04:30:00 GMT"

    @Sendable private static func answer(to request: ReplayRequest) -> ReplayAnswer {
        switch request.path {
        case "/document.json": .document(body)
        case "/dated.json": .document(body, lastModified: date)
        case "/busy": .status(503, retryAfter: "120")
        case "/moved": .redirect(to: "https://storage.example/object")
        default: .notFound
        }
    }

    @Test("serves a document with its length, type and marks")
    func servesDocument() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let response = try RawClient(port: server.port).get("/document.json")
            #expect(response.status == 200)
            #expect(response.body == Self.body)
            #expect(response.headers.value(of: "Content-Length") == "15")
            #expect(response.headers.value(of: "Content-Type") == "application/json")
            #expect(response.headers.value(of: "X-Simulated") == "waitkeeper")
            #expect(response.headers.value(of: "Server") == "waitkeeper-replay (simulated)")
        }
    }

    @Test("tags a document with the quoted FNV-1a of its bytes")
    func tagsDocument() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let response = try RawClient(port: server.port).get("/document.json")
            #expect(response.headers.value(of: "ETag") == Self.tag)
        }
    }

    @Test(
        "answers 304 without a body to a validator that still holds",
        arguments: [
            ("/document.json", "If-None-Match", tag),
            ("/document.json", "if-none-match", "\"other\", W/\(tag)"),
            ("/document.json", "If-None-Match", "*"),
            ("/dated.json", "If-Modified-Since", date),
        ])
    func notModified(target: String, name: String, value: String) async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let response = try RawClient(port: server.port).get(target, headers: [HeaderField(name, value)])
            #expect(response.status == 304)
            #expect(response.body.isEmpty)
            #expect(response.headers.value(of: "ETag") == Self.tag)
            #expect(server.requests.map(\.bodyBytes) == [0])
        }
    }

    @Test(
        "answers 200 to a validator that holds no more",
        arguments: [
            [HeaderField("If-None-Match", "\"other\"")],
            [HeaderField("If-Modified-Since", "Mon, 19 Jan 2026 04:30:00 GMT")],
            [HeaderField("If-None-Match", "\"other\""), HeaderField("If-Modified-Since", date)],
        ])
    func modified(headers: [HeaderField]) async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let response = try RawClient(port: server.port).get("/dated.json", headers: headers)
            #expect(response.status == 200)
            #expect(response.body == Self.body)
        }
    }

    @Test("answers HEAD with the headers of GET and no body")
    func head() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let client = try RawClient(port: server.port)
            let response = try client.get("/document.json", method: "HEAD")
            #expect(response.headers.value(of: "Content-Length") == "15")
            #expect(try client.get("/document.json").headers == response.headers)
        }
    }

    @Test("refuses methods that change things")
    func refusesPost() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let response = try RawClient(port: server.port).get("/document.json", method: "DELETE")
            #expect(response.status == 405)
            #expect(response.headers.value(of: "Allow") == "GET, HEAD")
        }
    }

    @Test("says when to come back")
    func retryAfter() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let response = try RawClient(port: server.port).get("/busy")
            #expect(response.status == 503)
            #expect(response.headers.value(of: "Retry-After") == "120")
            #expect(response.headers.value(of: "ETag") == nil)
        }
    }

    @Test("redirects to the location as given")
    func redirects() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let response = try RawClient(port: server.port).get("/moved")
            #expect(response.status == 302)
            #expect(response.headers.value(of: "Location") == "https://storage.example/object")
        }
    }

    @Test("answers hundreds of requests on one connection")
    func keepsAlive() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let client = try RawClient(port: server.port)
            for _ in 0..<500 {
                #expect(try client.get("/document.json").status == 200)
            }
            #expect(server.requests.count == 500)
        }
    }

    @Test("closes the connection where the client asks for it")
    func closes() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let client = try RawClient(port: server.port)
            let response = try client.get("/document.json", headers: [HeaderField("Connection", "close")])
            #expect(response.headers.value(of: "Connection") == "close")
            #expect(try client.readToEnd() == ([], .orderly))
        }
    }

    @Test("logs what was asked and what was answered")
    func logs() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let client = try RawClient(port: server.port)
            _ = try client.get("/document.json?start=20260101&end=20260131")
            _ = try client.get("/gone", headers: [HeaderField("If-None-Match", "\"a\"")])
            _ = try client.get("/dated.json", headers: [HeaderField("If-Modified-Since", Self.date)])
            let log = server.requests
            #expect(log.map(\.method) == ["GET", "GET", "GET"])
            #expect(log.map(\.path) == ["/document.json", "/gone", "/dated.json"])
            #expect(log.map(\.query) == ["start=20260101&end=20260131", nil, nil])
            #expect(log.map(\.status) == [200, 404, 304])
            #expect(log.map(\.bodyBytes) == [15, 24, 0])
            #expect(log.map(\.ifNoneMatch) == [nil, "\"a\"", nil])
            #expect(log.map(\.ifModifiedSince) == [nil, nil, Self.date])
        }
    }

    @Test("has a base address that names its port")
    func baseURL() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            #expect(server.baseURL == "http://127.0.0.1:\(server.port)")
        }
    }

    @Test("listens on no address but loopback", arguments: ["0.0.0.0", "192.0.2.1", "::", "www.ha.org.hk", "127.evil"])
    func refusesOtherAddresses(host: String) async throws {
        await #expect(throws: ReplayServerError.notLoopback(host: host)) {
            try await ReplayServer.start(host: host, answer: Self.answer)
        }
    }

    @Test("says which port it could not have")
    func portTaken() async throws {
        try await withReplayServer(answer: Self.answer) { server in
            let error = await #expect(throws: ReplayServerError.self) {
                try await ReplayServer.start(port: server.port, answer: Self.answer)
            }
            #expect(error?.description.contains("127.0.0.1 port \(server.port)") == true)
        }
    }

    @Test("accepts no connection once stopped, and can be stopped twice")
    func stopped() async throws {
        let server = try await ReplayServer.start(host: "localhost", answer: Self.answer)
        try await server.stop()
        try await server.stop()
        #expect(!Self.answers(server))
    }

    /// Whether the server takes a request. Its port may be another's by now, who then answers.
    private static func answers(_ server: ReplayServer) -> Bool {
        let before = server.requests.count
        _ = try? RawClient(port: server.port, seconds: 10).get("/document.json")
        return server.requests.count > before
    }

    @Test("is stopped when the body it was started for throws")
    func stopsOnError() async throws {
        struct FaultKind: Error {}
        var stopped: ReplayServer?
        await #expect(throws: FaultKind.self) {
            try await withReplayServer(answer: Self.answer) { server in
                stopped = server
                #expect(Self.answers(server))
                throw FaultKind()
            }
        }
        #expect(!Self.answers(try #require(stopped)))
    }
}
