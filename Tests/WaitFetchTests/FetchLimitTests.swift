import FoundationEssentials
import Glibc
import Testing

@testable import WaitFetch

@Suite(.timeLimit(.minutes(30)))
struct FetchLimitTests {
    private static let document = Data(#"{"waitTime":[],"updateTime":"20/1/2026 4:30AM"}"#.utf8)
    private static let gzipped =
        "H4sIAAAAAAACA6tWKk/MLAnJzE1VsoqO1VEqLUhJLEmF8JWMDPQN9Y0MjMwUTKyMDRx9lWoB2V3O8i8AAAA="
    private static let zlibbed = "eNqrVipPzCwJycxNVbKKjtVRKi1ISSxJhfCVjAz0DfWNDIzMFEysjA0cfZVqAWvKDa0="
    /// Opens a gzip stream in which every byte 0 that follows stands for 1,032 bytes 0 of the body.
    private static let bombOpening: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xec, 0xc1, 0x01, 0x01, 0x00, 0x00, 0x00, 0x80,
        0x90, 0xfe, 0xaf, 0xee, 0x08, 0x0a,
    ]

    @Test("a compressed body is undone", arguments: [("gzip", gzipped), ("deflate", zlibbed)])
    func encoded(_ encoding: String, _ base64: String) async throws {
        let body = Array(try #require(Data(base64Encoded: base64)))
        try await withServer { _ in
            .reply("200 OK", ["Content-Encoding: \(encoding)"], body: body)
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.body == Self.document)
        }
    }

    @Test("an endless bomb is stopped at the cap on decoded bytes")
    func bomb() async throws {
        let head = ["HTTP/1.1 200 OK", "Content-Encoding: gzip"]
        let zeros = [UInt8](repeating: 0, count: 4_096)
        try await withServer { _ in
            .raw(head, body: Self.bombOpening, ending: .endless(zeros))
        } test: { server, client in
            let error = await client.failure(server.url)
            #expect(error?.code == .bodyTooLarge)
            #expect(error?.excerpt == Data(repeating: 0, count: 1_000))
        }
    }

    @Test(
        "100 MB are stopped, declared or not, and the beginning is kept",
        arguments: ["Content-Length: 100000000", "Transfer-Encoding: chunked", "Connection: close"])
    func tooLarge(_ header: String) async throws {
        let piece = Array(String(repeating: "x", count: 0x1000).utf8)
        let chunk = header.hasSuffix("chunked") ? Array("1000\r\n".utf8) + piece + [13, 10] : piece
        try await withServer { _ in
            .raw(["HTTP/1.1 200 OK", header], ending: .endless(chunk))
        } test: { server, client in
            let error = await client.failure(server.url)
            #expect(error?.code == .bodyTooLarge)
            #expect(error?.excerpt == Data(repeating: 0x78, count: 1_000))
        }
    }

    @Test("a body of exactly the limit is taken, one byte more is not", arguments: [true, false])
    func exactLimit(_ isDeclared: Bool) async throws {
        let length = isDeclared ? ["Content-Length: 10"] : []
        let answer = ScriptedAnswer.raw(["HTTP/1.1 200 OK"] + length, body: Array("0123456789".utf8), ending: .close)
        try await withServer { _ in
            answer
        } test: { server, client in
            let request = FetchRequest(url: server.url, limits: FetchLimits(bodyBytes: 10))
            let response = try await client.fetch(request)
            #expect(response.body.count == 10)
            let error = await client.failure(FetchRequest(url: server.url, limits: FetchLimits(bodyBytes: 9)))
            #expect(error?.code == .bodyTooLarge)
            #expect(error?.excerpt == Data("012345678".utf8))
        }
    }

    @Test("headers without end are stopped")
    func endlessHead() async throws {
        let line = Array("X-Padding: 0123456789012345678901234567890123456789\r\n".utf8)
        let answer = ScriptedAnswer(bytes: Array("HTTP/1.1 200 OK\r\n".utf8), ending: .endless(line))
        try await withServer { _ in
            answer
        } test: { server, client in
            #expect(await client.failure(server.url)?.code == .headTooLarge)
        }
    }

    @Test("a single header line without end is stopped", arguments: [150_000, 1_000_000])
    func longHeaderLine(_ count: Int) async throws {
        try await withServer { _ in
            .reply("200 OK", ["X-Padding: \(String(repeating: "x", count: count))"], text: "{}")
        } test: { server, client in
            let error = await client.failure(server.url)
            #expect(error?.code == .headTooLarge)
            #expect(error?.message.contains("headers of") == true)
        }
    }

    @Test("a body cut short is an error that counts its bytes")
    func cutShort() async throws {
        let answer = ScriptedAnswer.raw(
            ["HTTP/1.1 200 OK", "Content-Length: 10"], body: Array("01234".utf8), ending: .close)
        try await withServer { _ in
            answer
        } test: { server, client in
            let error = await client.failure(server.url)
            #expect(error?.code == .cutShort)
            #expect(error?.message.contains("ended after 5 of 10 bytes") == true)
        }
    }

    @Test("a chunked body without its last chunk is cut short")
    func cutChunks() async throws {
        let answer = ScriptedAnswer.raw(
            ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked"], body: Array("5\r\n01234\r\n".utf8), ending: .close)
        try await withServer { _ in
            answer
        } test: { server, client in
            #expect(await client.failure(server.url)?.code == .cutShort)
        }
    }

    @Test(
        "a connection that is reset is cut short", arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012"])
    func reset(_ text: String) async throws {
        try await withServer { _ in
            ScriptedAnswer(bytes: Array(text.utf8), ending: .reset)
        } test: { server, client in
            #expect(await client.failure(server.url)?.code == .cutShort)
        }
    }

    @Test("what is not HTTP is a malformed reply", arguments: ["SSH-2.0-x\r\n", "{\"waitTime\": []}\r\n"])
    func notHTTP(_ text: String) async throws {
        try await withServer { _ in
            ScriptedAnswer(bytes: Array(text.utf8), ending: .close)
        } test: { server, client in
            #expect(await client.failure(server.url)?.code == .malformedReply)
        }
    }

    @Test("a server that stalls runs out of time", arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012"])
    func stall(_ text: String) async throws {
        try await withServer { _ in
            ScriptedAnswer(bytes: Array(text.utf8), ending: .hold)
        } test: { server, client in
            let request = FetchRequest(url: server.url, limits: FetchLimits(stallSeconds: 1))
            #expect(await client.failure(request)?.code == .timedOut)
        }
    }

    @Test("the limit on everything ends a fetch that never stalls")
    func total() async throws {
        let head = ["HTTP/1.1 200 OK", "Connection: close"]
        try await withServer { _ in
            .raw(head, ending: .endless([0x20]))
        } test: { server, client in
            let limits = FetchLimits(totalSeconds: 1, bodyBytes: .max)
            #expect(await client.failure(FetchRequest(url: server.url, limits: limits))?.code == .timedOut)
        }
    }

    @Test("a port that nobody listens on cannot be connected to")
    func refusedPort() async throws {
        let client = try CurlClient.forTests()
        let bound = try LoopbackSocket.bind(to: "127.0.0.1")
        defer { close(bound.socket) }
        #expect(await client.failure("http://127.0.0.1:\(bound.port)")?.code == .cannotConnect)
    }

    @Test("a name that cannot exist has no address")
    func noHost() async throws {
        // Reserved by RFC 6761; a label over 63 bytes fails in the resolver itself, without asking anybody.
        let label = String(repeating: "a", count: 64)
        let client = try CurlClient.forTests()
        #expect(await client.failure("https://\(label).invalid/")?.code == .hostNotFound)
    }

    @Test("an address that must not be asked is refused before anything is opened")
    func refusedAddress() async throws {
        let client = try CurlClient.forTests()
        #expect(await client.failure("http://example.org/")?.code == .insecureURL)
        #expect(await client.failure("https://user:pw@localhost/")?.code == .invalidURL)
    }
}
