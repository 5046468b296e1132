import FoundationEssentials
import Testing

@testable import WaitFetch

@Suite(.timeLimit(.minutes(30)))
struct FetchTests {
    @Test("a 200 brings its body, its validators and its address")
    func whole() async throws {
        let headers = ["ETag: W/\"a-1\"", "Last-Modified: Tue, 20 Jan 2026 04:30:00 GMT", "Content-Type: text/plain"]
        try await withServer { _ in
            .reply("200 OK", headers, text: "hello")
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url + "/x?q=1"))
            #expect(response.status == 200)
            #expect(response.body == Data("hello".utf8))
            #expect(response.entityTag == "W/\"a-1\"")
            #expect(response.lastModified == "Tue, 20 Jan 2026 04:30:00 GMT")
            #expect(response.contentType == "text/plain")
            #expect(response.url == server.url + "/x?q=1")
            #expect(response.redirects == 0)
        }
    }

    @Test("the request names the program and asks for the path as given")
    func request() async throws {
        try await withServer { _ in
            .reply("200 OK")
        } test: { server, client in
            _ = try await client.fetch(FetchRequest(url: server.url + "/a%20b?url=https%3A%2F%2Fx%2Fy"))
            let head = try #require(server.requests.first)
            #expect(head.hasPrefix("GET /a%20b?url=https%3A%2F%2Fx%2Fy HTTP/1.1\r\n"))
            #expect(head.contains("\r\nUser-Agent: Waitkeeper-Tests/1\r\n"))
            #expect(head.contains("\r\nAccept-Encoding: deflate, gzip\r\n"))
        }
    }

    @Test("validators are sent verbatim")
    func conditional() async throws {
        try await withServer { _ in
            .reply("304 Not Modified")
        } test: { server, client in
            let request = FetchRequest(
                url: server.url, entityTag: "W/\"é,  1\"", lastModified: "Tue, 20 Jan 2026 04:30:00 GMT")
            _ = try await client.fetch(request)
            let head = try #require(server.requests.first)
            #expect(head.contains("\r\nIf-None-Match: W/\"é,  1\"\r\n"))
            #expect(head.contains("\r\nIf-Modified-Since: Tue, 20 Jan 2026 04:30:00 GMT\r\n"))
        }
    }

    @Test("a validator that is no header value is left out", arguments: ["", "a\r\nX-Evil: 1", "a\u{0}b", "a\nb"])
    func validatorLeftOut(_ text: String) async throws {
        try await withServer { _ in
            .reply("200 OK")
        } test: { server, client in
            _ = try await client.fetch(FetchRequest(url: server.url, entityTag: text, lastModified: text))
            let head = try #require(server.requests.first)
            #expect(!head.contains("If-None-Match"))
            #expect(!head.contains("If-Modified-Since"))
            #expect(!head.contains("X-Evil"))
        }
    }

    @Test("a 304 brings its validators and no body")
    func notModified() async throws {
        let answer = ScriptedAnswer.raw(["HTTP/1.1 304 Not Modified", "ETag: \"a\"", "Content-Length: 5"])
        try await withServer { _ in
            answer
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url, entityTag: "\"a\""))
            #expect(response.status == 304)
            #expect(response.body.isEmpty)
            #expect(response.entityTag == "\"a\"")
        }
    }

    @Test("an HTML page with status 200 comes back as it is")
    func html() async throws {
        try await withServer { _ in
            .reply("200 OK", ["Content-Type: text/html"], text: "<html>")
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.body == Data("<html>".utf8))
            #expect(response.contentType == "text/html")
        }
    }

    @Test("an answer of any status is a value", arguments: [400, 401, 403, 404, 410, 500, 502, 503, 300, 305])
    func anyStatus(_ status: Int) async throws {
        try await withServer { _ in
            .reply("\(status) Word", text: "why")
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.status == status)
            #expect(response.body == Data("why".utf8))
        }
    }

    @Test("a 429 carries Retry-After", arguments: ["120", "Wed, 21 Jan 2026 07:28:00 GMT"])
    func retryAfter(_ value: String) async throws {
        try await withServer { _ in
            .reply("429 Slow", ["Retry-After: \(value)"])
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.retryAfter == value)
        }
    }

    @Test("header bytes that are no UTF-8 do no harm")
    func strangeHeaderBytes() async throws {
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"".utf8) + [0xff, 0xfe, 0x80]
        let answer = ScriptedAnswer(bytes: head + Array("\"\r\nX-".utf8) + [0xe9] + Array(": 1\r\n\r\nok".utf8))
        try await withServer { _ in
            answer
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.body == Data("ok".utf8))
            #expect(response.entityTag == nil)
        }
    }

    @Test("interim answers are passed over")
    func interim() async throws {
        let early = Array("HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n".utf8)
        let answer = ScriptedAnswer(bytes: early + ScriptedAnswer.reply("200 OK", text: "ok").bytes)
        try await withServer { _ in
            answer
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.status == 200)
            #expect(response.entityTag == nil)
        }
    }

    @Test("forty fetches at once each get their own answer")
    func concurrent() async throws {
        try await withServer { head in
            .reply("200 OK", text: ScriptedServer.path(head))
        } test: { server, client in
            let bodies = try await withThrowingTaskGroup(of: (Int, Data).self) { group in
                for number in 0..<40 {
                    group.addTask {
                        (number, try await client.fetch(FetchRequest(url: "\(server.url)/\(number)")).body)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(bodies == Dictionary(uniqueKeysWithValues: (0..<40).map { ($0, Data("/\($0)".utf8)) }))
        }
    }

    @Test("one fetch after another uses the same connection")
    func reuse() async throws {
        try await withServer { _ in
            .reply("200 OK", text: "ok")
        } test: { server, client in
            for _ in 0..<5 { _ = try await client.fetch(FetchRequest(url: server.url)) }
            #expect(server.requests.count == 5)
            // One, unless the machine stands still for so long that an idle connection is given up.
            #expect(server.connections < 5)
        }
    }

    @Test("the client's own fetch is the seam's function")
    func seam() async throws {
        try await withServer { _ in
            .reply("200 OK", text: "ok")
        } test: { server, client in
            let fetch: Fetch = client.fetch
            let response = try await fetch(FetchRequest(url: server.url))
            #expect(response.status == 200)
        }
    }
}
