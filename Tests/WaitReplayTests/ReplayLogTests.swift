import Testing
import WaitReplay

@Suite("The stand-in publisher's log")
struct ReplayLogTests {
    /// A request in progress from one event to another.
    private func entry(_ target: String = "/", startedAt: Int = 0, from start: Int, to end: Int?) -> ReplayLogEntry {
        let span = ReplaySpan(startedAtMilliseconds: startedAt, startOrder: start, endOrder: end)
        return ReplayLogEntry(request: ReplayRequest(target: target), status: 200, bodyBytes: 0, span: span)
    }

    @Test(
        "tells requests by what they are for",
        arguments: [
            ("/v1/historical-archive/list-file-versions?url=a&start=1&end=2", ReplayRequestKind.listing),
            ("/v1/historical-archive/get-file?url=a&time=20260120-0430", .version),
            ("/v1/historical-archive/get-file?url=a&time=20260101", .bundle),
            ("/v1/historical-archive/get-file", .version), ("/storage/a/20260120-0430", .storedVersion),
            ("/storage/a/202601.zip", .storedBundle), ("/opendata/aed/aedwtdata2-en.json", .document),
            ("/v1/historical-archive/other", .document),
        ])
    func kinds(target: String, kind: ReplayRequestKind) {
        let log = [entry("/elsewhere", from: 0, to: 1), entry(target, from: 2, to: 3)]
        #expect(log.last?.kind == kind)
        #expect(log.count(of: kind) == (kind == .document ? 2 : 1))
    }

    @Test("says how many requests were in progress at once")
    func maximumAtOnce() {
        #expect([ReplayLogEntry]().maximumAtOnce == 0)
        #expect([entry(from: 0, to: 1), entry(from: 2, to: 3)].maximumAtOnce == 1)
        #expect([entry(from: 1, to: 4), entry(from: 0, to: 2), entry(from: 3, to: 5)].maximumAtOnce == 2)
        #expect([entry(from: 0, to: nil), entry(from: 1, to: nil), entry(from: 2, to: 3)].maximumAtOnce == 3)
    }

    @Test(
        "says how many requests came in within a span",
        arguments: [(0, 2), (9, 2), (10, 3), (999, 3), (1_000, 4), (1_010, 5), (9_999, 5)])
    func maximumStarted(span: Int, expected: Int) {
        let starts = [0, 1_000, 1_000, 1_010, 10]
        let log = starts.enumerated().map { entry(startedAt: $1, from: $0, to: nil) }
        #expect(log.maximumStarted(withinMilliseconds: span) == expected)
        #expect([ReplayLogEntry]().maximumStarted(withinMilliseconds: span) == 0)
    }

    @Test("has one request in progress at a time where a client waits for each answer, on whatever connection")
    func oneAfterTheOther() async throws {
        let answers: [ReplayAnswer] = [
            .document([1, 2, 3]), .document([1, 2, 3]).misbehaving(.drip(bytesPerSecond: 1_000)), .notFound,
            .document([]).misbehaving(.endless(bytes: 100_000)), .document([1]).misbehaving(.late(milliseconds: 1)),
        ]
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { answers[Int($0.path.dropFirst()) ?? 0] }
        try await withReplayServer(answer: answer) { server in
            for index in 0..<50 {
                _ = try RawClient(port: server.port).get("/\(index % answers.count)")
            }
            let spans = server.requests.map(\.span)
            #expect(spans.map(\.startOrder) == (0..<50).map { $0 * 2 })
            #expect(spans.map(\.endOrder) == (0..<50).map { $0 * 2 + 1 })
            #expect(server.requests.maximumAtOnce == 1)
            #expect(spans.map(\.startedAtMilliseconds) == spans.map(\.startedAtMilliseconds).sorted())
        }
    }

    @Test("ends cut and reset answers with their connections")
    func brokenOff() async throws {
        let cut = ReplayAnswer.document([1, 2]).misbehaving(.cutBody(afterBytes: 1))
        let reset = ReplayAnswer.notFound.misbehaving(.reset)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { $0.path == "/cut" ? cut : reset }
        try await withReplayServer(answer: answer) { server in
            for path in ["/cut", "/reset", "/cut"] {
                let client = try RawClient(port: server.port)
                try client.ask(path)
                _ = try client.readToEnd()
            }
            #expect(server.requests.map(\.span.endOrder) == [1, 3, 5])
        }
    }

    @Test(
        "has requests in progress at once while they wait for an answer, until the server stops",
        arguments: [Misbehaviour.stall, .late(milliseconds: 3_600_000), .endless(bytes: .max)])
    func atOnce(waiting: Misbehaviour) async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try await ReplayServer.start { request in
            arrival.yield()
            return request.path == "/fine" ? .notFound : .document([1]).misbehaving(waiting)
        }
        let clients = try (0..<3).map { _ in try RawClient(port: server.port) }
        for client in clients { try client.ask("/waits") }
        var arrived = 0
        for await _ in arrivals {
            arrived += 1
            if arrived == clients.count { break }
        }
        #expect(try RawClient(port: server.port).get("/fine").status == 404)
        try await server.stop()
        #expect(server.requests.maximumAtOnce == 4)
        #expect(server.requests.filter { $0.path == "/waits" }.maximumAtOnce == 3)
        #expect(server.requests.allSatisfy { $0.span.endOrder != nil })
        // A client that is not used again may be closed at any time before.
        withExtendedLifetime(clients) {}
    }
}
