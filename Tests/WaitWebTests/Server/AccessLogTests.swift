import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import WaitWeb

@Suite("The access log has one line a request")
struct AccessLogTests {
    @Test(
        "with method, path, status, bytes and milliseconds",
        arguments: [
            ("/v1/districts", HTTPRequest.Method.get, 200), ("/v1/districts", .head, 200),
            ("/v1/latest?colour=red", .get, 400),
            ("/nothing", .get, 404), ("/v1/districts", .post, 405), ("/v1/districts", .options, 204),
            ("/v1/export/hospitals.csv", .get, 200), ("/v1/export/hospitals.csv", .head, 200), ("/healthz", .get, 200),
            ("/", .get, 200),
        ])
    func line(target: String, method: HTTPRequest.Method, status: Int) async throws {
        let lines = Lines()
        let answer = try await WebFixture.withClient(try WebFixture.shared(), log: AccessLog(logger: lines.logger)) {
            try await $0.get(target, method: method)
        }
        #expect(answer.status.code == status)
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1 && line.message == "request")
        #expect(line.facts["method"] == method.rawValue && line.facts["path"] == target)
        #expect(line.facts["status"] == "\(status)" && line.facts["bytes"] == "\(answer.body.readableBytes)")
        #expect(try #require(line.facts["milliseconds"].flatMap { Double($0) }) >= 0)
    }

    @Test("also of an answer that was at hand, and of one that the client holds")
    func cached() async throws {
        let lines = Lines()
        try await WebFixture.withClient(try WebFixture.shared(), log: AccessLog(logger: lines.logger)) { client in
            let tag = try #require(try await client.get("/v1/districts").headers[.eTag])
            _ = try await client.get("/v1/districts")
            _ = try await client.get("/v1/districts", headers: [.ifNoneMatch: tag])
        }
        #expect(lines.all.map { $0.facts["status"] } == ["200", "200", "304"])
        #expect(lines.all.last?.facts["bytes"] == "0")
    }

    @Test("of what cannot be a path is printable, and not endless")
    func hostile() {
        let lines = Lines()
        let log = AccessLog(logger: lines.logger)
        log.write(method: "GET", target: "/a\u{1B}[31m\n瑪", status: 200, bytes: 0, seconds: 0)
        log.write(method: nil, target: String(repeating: "a", count: 8_000), status: 400, bytes: 1, seconds: 1.23456)
        #expect(lines.all[0].facts["path"] == "/a%1B[31m%0A%E7%91%AA")
        #expect(lines.all[1].facts["method"] == "-" && lines.all[1].facts["path"]?.count == 501)
        #expect(lines.all[1].facts["milliseconds"] == "1234.6")
    }

    @Test("is not written where it is turned off")
    func off() async throws {
        let lines = Lines()
        AccessLog(logger: nil).write(method: "GET", target: "/", status: 200, bytes: 0, seconds: 0)
        #expect(lines.all.isEmpty)
    }
}

/// What was logged.
private final class Lines: Sendable {
    private let lines = Mutex<[(message: String, facts: [String: String])]>([])

    var all: [(message: String, facts: [String: String])] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test", factory: { _ in Handler(lines: self) }) }

    struct Handler: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.info
        var metadata = Logger.Metadata()

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let facts = (event.metadata ?? [:]).mapValues { "\($0)" }
            lines.lines.withLock { $0.append((event.message.description, facts)) }
        }
    }
}
