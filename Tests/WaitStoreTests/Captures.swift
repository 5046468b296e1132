import Foundation
import Synchronization
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

extension Feed {
    /// The feed's document in a language; the first for feeds that hold all languages in one.
    func document(_ language: Language? = nil) throws -> Document {
        try #require(documents.first { $0.language == language })
    }

    /// The document under a file name: `facility-gop.json`.
    func document(file: String) throws -> Document {
        try #require(documents.first { $0.url.hasSuffix("/\(file)") })
    }

    /// The fixture of one of the feed's documents.
    func fixture(_ document: Document) throws -> Data {
        try Documents.fixture("\(id)/\(document.url.split(separator: "/").last ?? "")")
    }

    /// The fixture's JSON, for answers worked out independently.
    func json<Root>(_ document: Document, as type: Root.Type = Root.self) throws -> Root {
        try #require(try JSONSerialization.jsonObject(with: fixture(document)) as? Root)
    }
}

extension Date {
    /// A Hong Kong time: `2026-11-14T09:17`.
    static func hongKong(_ text: String) throws -> Date {
        Date(timeIntervalSince1970: Double(try #require(HongKongMinute(text: text)).secondsSince1970))
    }
}

extension Capture {
    /// Two minutes after the fixtures' update time.
    static let fixtureTime = "2026-11-14T09:17"

    /// A document that came with status 200.
    static func of(
        _ bytes: Data, _ feed: Feed, _ document: Document, at time: String = fixtureTime, origin: Origin = .live,
        entityTag: String? = nil, lastModified: String? = nil
    ) throws -> Capture {
        let capturedAt = try Date.hongKong(time)
        return Capture(
            feed: feed, document: document, origin: origin, capturedAt: capturedAt, milliseconds: 120,
            answer: .body(
                Body(
                    bytes, of: document, in: feed, httpStatus: 200, entityTag: entityTag,
                    lastModified: lastModified)))
    }

    /// The fixture of a feed's document.
    static func fixture(
        _ feed: Feed, _ document: Document, at time: String = fixtureTime, origin: Origin = .live
    ) throws -> Capture {
        try Capture(
            feed: feed, document: document, origin: origin, capturedAt: .hongKong(time), milliseconds: 120,
            answer: .body(body(of: document, in: feed)))
    }

    /// Fixtures that were hashed, compressed and read already, by feed and address.
    private static let bodies = Mutex<[String: Body]>([:])

    private static func body(of document: Document, in feed: Feed) throws -> Body {
        let key = "\(feed.id) \(document.url)"
        if let known = bodies.withLock({ $0[key] }) { return known }
        let body = try Body(feed.fixture(document), of: document, in: feed, httpStatus: 200)
        bodies.withLock { $0[key] = body }
        return body
    }

    static func fixture(_ feed: Feed, _ language: Language? = nil, at time: String = fixtureTime) throws -> Capture {
        try fixture(feed, feed.document(language), at: time)
    }

    static func fixture(_ feed: Feed, file: String, at time: String = fixtureTime) throws -> Capture {
        try fixture(feed, feed.document(file: file), at: time)
    }

    /// A fixture with some of its text replaced.
    static func edited(
        _ feed: Feed, _ language: Language? = nil, at time: String = fixtureTime, _ edits: (String, String)...
    ) throws -> Capture {
        let document = try feed.document(language)
        return try of(feed.fixture(document).replacing(edits), feed, document, at: time)
    }

    /// An attempt that brought no document.
    static func of(
        _ answer: Answer, _ feed: Feed, _ language: Language? = nil, at time: String = fixtureTime
    ) throws -> Capture {
        Capture(
            feed: feed, document: try feed.document(language), origin: .live, capturedAt: try .hongKong(time),
            milliseconds: 30, answer: answer)
    }
}

extension Data {
    /// The text with each first occurrence replaced; what is not there to be replaced fails the test.
    func replacing(_ edits: [(String, String)]) throws -> Data {
        var text = String(decoding: self, as: UTF8.self)
        for (old, new) in edits {
            let range = try #require(text.range(of: old))
            text.replaceSubrange(range, with: new)
        }
        return Data(text.utf8)
    }
}

extension WaitDatabase {
    /// Records one capture in a transaction of its own, as a live pass does.
    @discardableResult
    func record(_ capture: Capture) throws -> CaptureResult {
        try #require(try record([capture]).first)
    }

    /// Records each capture in a transaction of its own.
    func recordEach(_ captures: Capture...) throws {
        for capture in captures { try record(capture) }
    }

    /// A record in memory that holds these captures.
    static func holding(_ captures: Capture...) throws -> WaitDatabase {
        let database = try inMemory()
        for capture in captures { try database.record(capture) }
        return database
    }
}
