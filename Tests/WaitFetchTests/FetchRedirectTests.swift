import FoundationEssentials
import Testing

@testable import WaitFetch

@Suite(.timeLimit(.minutes(30)))
struct FetchRedirectTests {
    @Test("a relative redirect is followed", arguments: ["301 Moved", "302 Found", "303 See", "307 Temp", "308 Perm"])
    func relative(_ status: String) async throws {
        try await withServer { head in
            ScriptedServer.path(head) == "/a/b"
                ? .redirect("../c?d", status: status) : .reply("200 OK", text: ScriptedServer.path(head))
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url + "/a/b"))
            #expect(response.body == Data("/c?d".utf8))
            #expect(response.url == server.url + "/c?d")
            #expect(response.redirects == 1)
        }
    }

    @Test("the body of a redirect is no part of the answer")
    func redirectBody() async throws {
        try await withServer { head in
            ScriptedServer.path(head) == "/"
                ? .reply("302 Found", ["Location: /x", "ETag: \"r\"", "Retry-After: 9"], text: "moved")
                : .reply("200 OK", text: "here")
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.body == Data("here".utf8))
            #expect(response.retryAfter == nil)
        }
    }

    @Test("validators go to the first address only, and none come back from another")
    func validators() async throws {
        try await withServer { head in
            ScriptedServer.path(head) == "/"
                ? .redirect("/x") : .reply("200 OK", ["ETag: \"b\"", "Last-Modified: Tue, 20 Jan 2026 04:30:00 GMT"])
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url, entityTag: "\"a\"", lastModified: "x"))
            #expect(server.requests.map { $0.contains("If-None-Match: \"a\"") } == [true, false])
            #expect(server.requests.map { $0.contains("If-Modified-Since: x") } == [true, false])
            #expect(response.entityTag == nil)
            #expect(response.lastModified == nil)
        }
    }

    @Test("a circle ends at the limit of redirects")
    func circle() async throws {
        try await withServer { head in
            .redirect(ScriptedServer.path(head) == "/a" ? "/b" : "/a")
        } test: { server, client in
            #expect(await client.failure(server.url + "/a")?.code == .tooManyRedirects)
            #expect(server.requests.count == 6)
        }
    }

    @Test("no redirect is followed where the limit is none")
    func noRedirects() async throws {
        try await withServer { _ in
            .redirect("/x")
        } test: { server, client in
            let request = FetchRequest(url: server.url, limits: FetchLimits(redirects: 0))
            #expect(await client.failure(request)?.code == .tooManyRedirects)
        }
    }

    @Test(
        "a redirect out of the rules is not followed",
        arguments: [
            "ftp://127.0.0.1/x", "file:///etc/passwd", "http://example.org/", "http://user:pw@127.0.0.1/",
            "gopher://127.0.0.1/", "http://10.0.0.1/", "https://host:99999/", "dict://localhost:11111/",
        ])
    func forbidden(_ location: String) async throws {
        try await withServer { _ in
            .redirect(location)
        } test: { server, client in
            #expect(await client.failure(server.url)?.code == .forbiddenRedirect)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a redirect status without Location is an answer")
    func noLocation() async throws {
        try await withServer { _ in
            .reply("302 Found", text: "where?")
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.status == 302)
            #expect(response.body == Data("where?".utf8))
        }
    }

    @Test("a public host's redirect to a name with a private address opens no connection")
    func publicToPrivateName() async throws {
        let inner = try ScriptedServer { _ in .reply("200 OK", text: "secret") }
        try await withPublicServer(redirectingTo: "http://localhost:\(inner.port)/") { url, client in
            #expect(await client.failure(url)?.code == .forbiddenRedirect)
            #expect(inner.connections == 0)
        }
    }

    @Test("nor does it use a connection that an earlier fetch left open")
    func publicToPrivateReused() async throws {
        let inner = try ScriptedServer { _ in .reply("200 OK", text: "secret") }
        try await withPublicServer(redirectingTo: "http://localhost:\(inner.port)/") { url, client in
            _ = try await client.fetch(FetchRequest(url: "http://localhost:\(inner.port)/configured"))
            #expect(await client.failure(url)?.code == .forbiddenRedirect)
            #expect(inner.requests.map(ScriptedServer.path) == ["/configured"])
        }
    }

    @Test("a private address in the redirect itself is refused too")
    func publicToPrivateAddress() async throws {
        let inner = try ScriptedServer { _ in .reply("200 OK", text: "secret") }
        try await withPublicServer(redirectingTo: "http://127.0.0.1:\(inner.port)/") { url, client in
            #expect(await client.failure(url)?.code == .forbiddenRedirect)
            #expect(inner.connections == 0)
        }
    }

    @Test("a private host may redirect to a private one")
    func privateToPrivate() async throws {
        let inner = try ScriptedServer { _ in .reply("200 OK", text: "inner") }
        try await withServer { _ in
            .redirect("http://localhost:\(inner.port)/")
        } test: { server, client in
            let response = try await client.fetch(FetchRequest(url: server.url))
            #expect(response.body == Data("inner".utf8))
        }
    }

    /// A server on 127.0.0.2, which the client is told is the one public address there is.
    private func withPublicServer(
        redirectingTo location: String, test: (String, CurlClient) async throws -> Void
    ) async throws {
        let outer = try ScriptedServer(address: "127.0.0.2") { _ in .redirect(location) }
        let client = try CurlClient.forTests { $0 == IPAddress(bytes: [127, 0, 0, 2]) }
        defer { client.shutDown() }
        try await test("http://127.0.0.2:\(outer.port)/", client)
    }
}
