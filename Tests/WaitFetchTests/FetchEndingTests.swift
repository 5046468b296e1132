import Testing

@testable import WaitFetch

@Suite(.timeLimit(.minutes(30)))
struct FetchEndingTests {
    private static let holding: ScriptedServer.Script = { _ in ScriptedAnswer(bytes: [], ending: .hold) }

    @Test("cancelling the task ends a transfer that the server holds open")
    func cancelled() async throws {
        try await withServer(Self.holding) { server, client in
            let task = Task { await client.failure(server.url) }
            _ = await server.nextRequest()
            task.cancel()
            #expect(await task.value?.code == .cancelled)
        }
    }

    @Test("a task cancelled before it fetches asks nobody")
    func cancelledBefore() async throws {
        try await withServer(Self.holding) { server, client in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await client.failure(server.url)
            }
            #expect(await task.value?.code == .cancelled)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("cancelling one fetch leaves the others alone")
    func cancelledAmongOthers() async throws {
        try await withServer { head in
            ScriptedServer.path(head) == "/hold"
                ? ScriptedAnswer(bytes: [], ending: .hold) : .reply("200 OK", text: "ok")
        } test: { server, client in
            let task = Task { await client.failure(server.url + "/hold") }
            _ = await server.nextRequest()
            let other = Task { try await client.fetch(FetchRequest(url: server.url)).status }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            let status = try await other.value
            #expect(status == 200)
        }
    }

    @Test("shutting down ends a running transfer")
    func shutDownWhileRunning() async throws {
        try await withServer(Self.holding) { server, client in
            let task = Task { await client.failure(server.url) }
            _ = await server.nextRequest()
            client.shutDown()
            #expect(await task.value?.code == .shutDown)
        }
    }

    @Test("a fetch after shutting down is refused, and shutting down twice is harmless")
    func afterShutDown() async throws {
        try await withServer(Self.holding) { server, client in
            client.shutDown()
            client.shutDown()
            #expect(await client.failure(server.url)?.code == .shutDown)
            #expect(server.connections == 0)
        }
    }

    @Test("fetches, cancellations and a shutdown at once all come to an end")
    func race() async throws {
        try await withServer { _ in
            .reply("200 OK", text: "ok")
        } test: { server, client in
            let tasks = (0..<100).map { _ in
                Task { () async -> FetchError.Code? in
                    do throws(FetchError) {
                        _ = try await client.fetch(FetchRequest(url: server.url))
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            for task in tasks.prefix(50) { task.cancel() }
            _ = await server.nextRequest()
            client.shutDown()
            for task in tasks { #expect([nil, .cancelled, .shutDown].contains(await task.value)) }
        }
    }

    @Test("a client that is let go ends its thread")
    func letGo() async throws {
        try await withServer { _ in
            .reply("200 OK")
        } test: { server, _ in
            for _ in 0..<20 {
                let client = try CurlClient.forTests()
                _ = try await client.fetch(FetchRequest(url: server.url))
            }
            #expect(server.requests.count == 20)
        }
    }
}
