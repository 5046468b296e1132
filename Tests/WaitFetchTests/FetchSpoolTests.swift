import FoundationEssentials
import TestSupport
import Testing

@testable import WaitFetch

@Suite("A body that goes to a temporary file", .timeLimit(.minutes(30)))
struct FetchSpoolTests {
    @Test("is the bytes that were sent, and none of them are in memory", arguments: [0, 1, 999, 1_001, 30_000_000])
    func whole(_ count: Int) async throws {
        let pattern = (0..<10_007).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        var body: [UInt8] = []
        while body.count < count { body += pattern.prefix(count - body.count) }
        let answer = ScriptedAnswer.reply("200 OK", body: body)
        let expected = Data(body)
        try await withServer { _ in
            answer
        } test: { server, client in
            let response = try await client.fetch(spooling(server.url, bodyBytes: 30_000_000))
            let file = try #require(response.spooled)
            #expect(file.byteCount == count)
            #expect(try file.bytes(at: 0, upTo: .max) == expected)
            #expect(response.body.isEmpty)
        }
    }

    @Test("is in memory where no file was asked for")
    func memory() async throws {
        try await withServer { _ in
            .reply("200 OK", text: "here")
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.spooled == nil)
            #expect(response.body == Data("here".utf8))
        }
    }

    @Test(
        "has its Content-Encoding undone, all members of it, whatever follows them",
        arguments: [(1, ""), (2, ""), (3, "trailing bytes"), (1_000, "\0\0")])
    func encoded(members: Int, more: String) async throws {
        let member = Array(try #require(Data(base64Encoded: "H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==")))
        let body = Array(repeatElement(member, count: members).joined()) + Array(more.utf8)
        try await withServer { _ in
            .reply("200 OK", ["Content-Encoding: gzip"], body: body)
        } test: { server, client in
            let response = try await client.fetch(spooling(server.url, bodyBytes: 100_000))
            let expected = Data(String(repeating: "hello", count: members).utf8)
            #expect(try response.spooled?.bytes(at: 0, upTo: 10_000) == expected)
        }
    }

    @Test("is refused where its gzip has more members than any file of a publisher")
    func members() async throws {
        let member = Array(try #require(Data(base64Encoded: "H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==")))
        try await withServer { _ in
            .reply("200 OK", body: Array(repeatElement(member, count: 1_001).joined()))
        } test: { server, client in
            #expect(await client.failure(spooling(server.url, bodyBytes: 100_000))?.code == .badEncoding)
        }
    }

    @Test("is stopped at the cap, declared or not", arguments: ["Content-Length: 100000000", "Connection: close"])
    func tooLarge(_ header: String) async throws {
        let piece = [UInt8](repeating: 0x78, count: 4_096)
        try await withServer { _ in
            .raw(["HTTP/1.1 200 OK", header], ending: .endless(piece))
        } test: { server, client in
            let error = await client.failure(spooling(server.url, bodyBytes: 1_000_000))
            #expect(error?.code == .bodyTooLarge)
            #expect(error?.excerpt == Data(repeating: 0x78, count: 1_000))
        }
    }

    @Test("may have exactly the cap's bytes")
    func exactLimit() async throws {
        try await withServer { _ in
            .reply("200 OK", text: "0123456789")
        } test: { server, client in
            let response = try await client.fetch(spooling(server.url, bodyBytes: 10))
            #expect(response.spooled?.byteCount == 10)
            #expect(await client.failure(spooling(server.url, bodyBytes: 9))?.code == .bodyTooLarge)
        }
    }

    @Test("is that of the last answer, not of a redirect")
    func redirect() async throws {
        try await withServer { head in
            ScriptedServer.path(head) == "/"
                ? .reply("302 Found", ["Location: /x"], text: "moved to /x") : .reply("200 OK", text: "here")
        } test: { server, client in
            let response = try await client.fetch(spooling(server.url))
            #expect(try response.spooled?.bytes(at: 0, upTo: 100) == Data("here".utf8))
        }
    }

    @Test("is in memory after all where the status is not 200", arguments: ["404 Not Found", "206 Partial Content"])
    func otherStatus(_ status: String) async throws {
        try await withServer { _ in
            .reply(status, text: "why")
        } test: { server, client in
            let response = try await client.fetch(spooling(server.url))
            #expect(response.spooled == nil)
            #expect(response.body == Data("why".utf8))
        }
    }

    @Test("of another status is cut to its beginning, however long: the status counts")
    func otherStatusLong() async throws {
        let piece = [UInt8](repeating: 0x78, count: 65_536)
        try await withServer { _ in
            .raw(["HTTP/1.1 500 No", "Connection: close"], ending: .endless(piece))
        } test: { server, client in
            let response = try await client.fetch(spooling(server.url, bodyBytes: .max))
            #expect(response.status == 500)
            #expect(response.body == Data(piece.prefix(1_000)))
        }
    }

    @Test("leaves no name in the folder")
    func unlinked() async throws {
        let folder = try TemporaryFolder()
        let server = try ScriptedServer { _ in .reply("200 OK", text: "here") }
        let client = try CurlClient.forTests(spoolFolder: folder.url.path)
        let response = try await client.fetch(spooling(server.url))
        #expect(response.spooled?.byteCount == 4)
        #expect(try folder.contents() == [])
    }

    @Test("ends the fetch where no file can be made, with or without a byte to put in it", arguments: ["here", ""])
    func noFolder(_ body: String) async throws {
        let folder = try TemporaryFolder().path(of: "absent")
        let server = try ScriptedServer { _ in .reply("200 OK", text: body) }
        let client = try CurlClient.forTests(spoolFolder: folder)
        let error = await client.failure(spooling(server.url))
        #expect(error?.code == .cannotSpool)
        #expect(error?.message == "In \(folder) no temporary file can be made; " + advice)
        #expect(error?.cause == "No such file or directory")
    }

    private let advice = "free some space there, or set TMPDIR to another folder."

    private func spooling(_ url: String, bodyBytes: Int = 1_000) -> FetchRequest {
        FetchRequest(url: url, limits: FetchLimits(bodyBytes: bodyBytes), destination: .temporaryFile)
    }
}
