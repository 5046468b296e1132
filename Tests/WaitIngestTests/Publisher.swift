import Foundation
import Logging
import Synchronization
import TestSupport
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

/// A publisher on loopback, a record in a file and the real client between them: the path a document really takes.
final class Publisher: Sendable {
    let server: ReplayServer
    let database: WaitDatabase
    let path: String
    private let client: CurlClient
    var fetch: Fetch { client.fetch }
    private let answers: Answers
    private let clock: WallClock

    /// What the publisher has on offer, by path; tests put things there.
    final class Answers: Sendable {
        private let byPath = Mutex<[String: ReplayAnswer]>([:])

        func set(_ answer: ReplayAnswer, for document: Document) {
            byPath.withLock { $0[Publisher.path(of: document)] = answer }
        }

        func answer(to request: ReplayRequest) -> ReplayAnswer {
            byPath.withLock { $0[request.path] } ?? .notFound
        }
    }

    static let capturedAt = Date(timeIntervalSince1970: 1_794_619_000)  // 2026-11-14T09:16:40+08:00

    static func path(of document: Document) -> String {
        String(document.url.dropFirst("https://www.ha.org.hk".count))
    }

    /// Runs `body` against a publisher and an empty record, and removes both.
    static func run(
        now: Date = capturedAt, serving answer: (@Sendable (ReplayRequest) -> ReplayAnswer)? = nil,
        clock: WallClock? = nil,
        _ body: (Publisher) async throws -> Void
    ) async throws {
        let answers = Answers()
        let server = try await ReplayServer.start(answer: answer ?? answers.answer(to:))
        let publisher = try Publisher(
            server: server, answers: answers, clock: clock ?? WallClock(now: { now }, sleep: { _ in }))
        do {
            try await body(publisher)
        } catch {
            try await publisher.end()
            throw error
        }
        try await publisher.end()
    }

    private init(server: ReplayServer, answers: Answers, clock: WallClock) throws {
        (self.server, self.answers, self.clock) = (server, answers, clock)
        path = Self.newPath()
        try Self.newRecord.get().write(to: URL(fileURLWithPath: path))
        database = try WaitDatabase.open(path: path)
        client = try CurlClient(userAgent: "Waitkeeper-tests")
    }

    private func end() async throws {
        client.shutDown()
        try await server.stop()
        try Self.remove(path)
    }

    /// The file of a new record. It is made once: migrations and shipped places take longer than most tests.
    private static let newRecord: Result<Data, any Error> = Result(catching: makeRecord)

    private static func makeRecord() throws -> Data {
        let (path, copy) = (newPath(), newPath())
        _ = try WaitDatabase.open(path: path).backUp(to: copy)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
        try remove(path)
        try remove(copy)
        return bytes
    }

    private static func newPath() -> String {
        FileManager.default.temporaryDirectory.appending(path: "waitkeeper-\(UUID().uuidString).sqlite").path
    }

    private static func remove(_ path: String) throws {
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    func offer(_ bytes: Data, at document: Document) {
        answers.set(.document(Array(bytes)), for: document)
    }

    func offer(_ answer: ReplayAnswer, at document: Document) {
        answers.set(answer, for: document)
    }

    /// Puts every fixture on offer.
    func offerFixtures() throws {
        let folder = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        for document in Feed.all.flatMap(\.documents) {
            offer(folder.answer(to: ReplayRequest(target: Self.path(of: document))), at: document)
        }
    }

    /// Limits that a busy machine does not reach: no test is about the time an answer takes but those that say so.
    static let patience = FetchLimits(connectSeconds: 600, stallSeconds: 600, totalSeconds: 600)

    func ingestor(limits: FetchLimits = patience) -> DocumentIngestor {
        DocumentIngestor(
            fetch: client.fetch, database: database, clock: clock, source: DocumentSource(baseURL: server.baseURL),
            limits: limits, logger: Self.silent)
    }

    /// Takes a document of a feed as `poll` would.
    func take(_ document: Document, of feed: Feed, limits: FetchLimits = patience) async throws -> IngestResult {
        try await ingestor(limits: limits).take(document, of: feed)
    }

    static let silent = Logger(label: "tests", factory: { _ in SwiftLogNoOpLogHandler() })
}
