import Foundation
import HTTPTypes
import Hummingbird
import Logging
import TestSupport
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

/// A record of the fixtures, and requests to its API without a socket.
enum WebFixture {
    /// Two minutes after the fixtures' update time.
    static let fixtureTime = "2026-11-14T09:17"

    /// A record of every feed's fixtures, as they would have come live.
    static func record() throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        try fill(database)
        return database
    }

    /// The same, made once: for requests alone, which change nothing.
    static func shared() throws -> WaitDatabase { try made.get() }

    private static let made = Result { try record() }

    /// Runs `body` with a folder of its own, which is gone afterwards.
    static func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    /// Runs `body` with a record of the fixtures in a file, open for writing, and the file's path.
    static func withFile<Value>(_ body: (WaitDatabase, String) async throws -> Value) async throws -> Value {
        try await withFolder { folder in
            let path = folder.appending(path: "record.sqlite").path
            let writer = try WaitDatabase.open(path: path)
            try fill(writer)
            return try await body(writer, path)
        }
    }

    static func fill(_ database: WaitDatabase, at time: String = fixtureTime) throws {
        for feed in Catalogue.standard.feeds {
            for document in feed.documents { _ = try database.record([capture(feed, document, at: time)]) }
        }
    }

    /// The new feed's documents of the quarter hours from 09:30 on, up to eight, with some of their text replaced: a hospital that
    /// only they have is listed from the eighth on, of 11:15.
    static func fillLater(_ database: WaitDatabase, documents: Int, _ edits: (String, String)...) throws {
        for step in 0..<documents {
            let (hour, minute) = (9 + (step + 2) / 4, (step + 2) % 4 * 15)
            let written = ("14/11/2026 9:15AM", "14/11/2026 \(hour):\(minute.padded(2))AM")
            let time = "2026-11-14T\(hour.padded(2)):\((minute + 2).padded(2))"
            _ = try database.record([capture(.aeWait, Feed.aeWait.documents[0], at: time, edits: edits + [written])])
        }
    }

    /// The fixture of a document, with some of its text replaced.
    static func capture(
        _ feed: Feed, _ document: Document, at time: String = fixtureTime, _ edits: (String, String)...
    ) throws -> Capture {
        try capture(feed, document, at: time, edits: edits)
    }

    private static func capture(
        _ feed: Feed, _ document: Document, at time: String, edits: [(String, String)]
    ) throws -> Capture {
        var text = String(
            decoding: try Documents.fixture("\(feed.id)/\(document.url.split(separator: "/").last ?? "")"),
            as: UTF8.self)
        for (old, new) in edits { text = text.replacing(old, with: new) }
        let capturedAt = try date(time)
        return Capture(
            feed: feed, document: document, origin: .live, capturedAt: capturedAt, milliseconds: 120,
            answer: .body(Body(Data(text.utf8), of: document, in: feed, httpStatus: 200)))
    }

    /// A Hong Kong time: `2026-11-14T09:17`.
    static func date(_ text: String) throws -> Date {
        Date(timeIntervalSince1970: Double(try #require(HongKongMinute(text: text)).secondsSince1970))
    }

    static let logger = {
        var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        logger.logLevel = .critical
        return logger
    }()

    /// Runs `body` with a client of the API, at a time that stands still.
    static func withClient<Value: Sendable>(
        _ database: WaitDatabase, at time: String = fixtureTime, limits: WebLimits = WebLimits(),
        routes: RouteMap = .standard, log: AccessLog = AccessLog(logger: nil),
        configuration: WebConfiguration = WebConfiguration(version: "1.2.3"), _ body: (WebClient) async throws -> Value
    ) async throws -> Value {
        let now = try date(time)
        var configuration = configuration
        configuration.limits = limits
        let responseService = try ResponseService(
            configuration: configuration, database: database, clock: { now }, logger: logger, routes: routes)
        let workers = Workers(limits)
        let client = WebClient(
            responder: WebResponder(responseService: responseService, workers: workers, limits: limits, log: log))
        let result = await Result(catching: { try await body(client) })
        try await workers.shutDown()
        return try result.get()
    }

    /// What one GET of the API over the fixtures answers.
    static func get(
        _ target: String, of database: WaitDatabase? = nil, method: HTTPRequest.Method = .get,
        headers: HTTPFields = [:], at time: String = fixtureTime
    ) async throws -> WebAnswer {
        try await withClient(database ?? shared(), at: time) { client in
            try await client.get(target, method: method, headers: headers)
        }
    }
}

/// Asks the responder as the server does, without a socket.
struct WebClient {
    let responder: WebResponder

    func get(_ target: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:]) async throws -> WebAnswer {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "localhost", path: target, headerFields: headers)
        let response = await responder.respond(to: Request(head: head, body: .init(buffer: ByteBuffer())))
        let collected = Collected()
        try await response.body.write(collected)
        return WebAnswer(status: response.status, headers: response.headers, body: collected.bytes)
    }

    /// Takes a body in.
    private final class Collected: ResponseBodyWriter {
        var bytes = ByteBuffer()

        func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

/// An answer with its whole body.
struct WebAnswer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: ByteBuffer

    /// The body as a JSON object.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(buffer: body)) as? [String: Any])
    }

    /// The rows of `data`.
    func data() throws -> [[String: Any]] {
        try #require(try json()["data"] as? [[String: Any]])
    }

    var text: String { String(buffer: body) }

    var link: String? { HTTPField.Name("Link").flatMap { headers[$0] } }
}
