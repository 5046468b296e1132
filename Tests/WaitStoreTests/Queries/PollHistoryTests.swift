import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("Validators for the next request")
struct ValidatorTests {
    private static func capture(
        _ bytes: Data? = nil, tag: String?, origin: Capture.Origin = .live, language: Language = .en
    ) throws -> Capture {
        let document = try Feed.aeWait.document(language)
        return try .of(
            bytes ?? Feed.aeWait.fixture(document), .aeWait, document, origin: origin, entityTag: tag,
            lastModified: tag.map { "date of \($0)" })
    }

    private static func tag(after captures: Capture...) throws -> String? {
        let database = try WaitDatabase.inMemory()
        for capture in captures { try database.record(capture) }
        return try database.validators(of: Feed.aeWait.document(.en)).entityTag
    }

    @Test("are absent before anything was read")
    func none() throws {
        #expect(try WaitDatabase.inMemory().validators(of: Feed.aeWait.document(.en)) == Validators())
    }

    @Test("are those of the last answer that was read")
    func last() throws {
        let database = try WaitDatabase.holding(Self.capture(tag: "a"), Self.capture(tag: "b"))
        #expect(
            try database.validators(of: Feed.aeWait.document(.en))
                == Validators(entityTag: "b", lastModified: "date of b"))
    }

    @Test("are those of a document that was read in part, too")
    func partial() throws {
        let bytes = try Feed.aeWait.fixture(Feed.aeWait.document(.en)).replacing([("\"24 minutes\"", "24")])
        #expect(try Self.tag(after: Self.capture(bytes, tag: "a")) == "a")
    }

    @Test("are not taken from a document that could not be read")
    func quarantined() throws {
        #expect(try Self.tag(after: Self.capture(tag: "a"), Self.capture(Data("<html>".utf8), tag: "b")) == "a")
    }

    @Test("are not taken from what the archive sent")
    func archive() throws {
        #expect(try Self.tag(after: Self.capture(tag: "a"), Self.capture(tag: "b", origin: .archive)) == "a")
    }

    @Test("are not taken from another document")
    func otherDocument() throws {
        #expect(try Self.tag(after: Self.capture(tag: "a"), Self.capture(tag: "b", language: .tc)) == "a")
    }

    @Test("outlive answers that brought no document")
    func notModified() throws {
        #expect(
            try Self.tag(
                after: Self.capture(tag: "a"), .of(.notModified, .aeWait, .en),
                .of(.unreachable(message: "No."), .aeWait, .en))
                == "a")
    }

    @Test("are absent where the last answer that was read had no validators")
    func withoutAny() throws {
        #expect(try Self.tag(after: Self.capture(tag: "a"), Self.capture(tag: nil)) == nil)
    }
}

@Suite("The history a poller takes up again")
struct PollHistoryTests {
    private static func history(after captures: Capture...) throws -> PollHistory {
        let database = try WaitDatabase.inMemory()
        for capture in captures { try database.record(capture) }
        return try database.pollHistory(of: Feed.aeWait.documents)
    }

    @Test("is empty before the first poll")
    func empty() throws {
        let history = try Self.history()
        #expect(history.lastAttemptAt == nil && history.lastOutcome == nil && history.observedAt == nil)
    }

    @Test("ends with the last live attempt at any of the documents")
    func last() throws {
        let history = try Self.history(
            after: .fixture(.aeWait, .en), .of(.notModified, .aeWait, .tc, at: "2026-11-14T09:21"))
        #expect(try history.lastAttemptAt == .hongKong("2026-11-14T09:21") && history.lastOutcome == .notModified)
    }

    @Test("knows the time of the newest readings although later attempts failed")
    func observed() throws {
        let history = try Self.history(
            after: .fixture(.aeWait, .en), .of(.httpError(status: 500, message: "No."), .aeWait, .en),
            .of(Data("<html>".utf8), .aeWait, Feed.aeWait.document(.en)))
        #expect(history.observedAt?.rfc3339 == "2026-11-14T09:15:00+08:00" && history.lastOutcome == .quarantined)
    }

    @Test("does not end with a failure where another document's last attempt was good")
    func anyGood() throws {
        let down = Capture.Answer.httpError(status: 500, message: "No.")
        let history = try Self.history(
            after: .fixture(.aeWait, .en), .of(down, .aeWait, .tc, at: "2026-11-14T09:21"))
        #expect(try history.lastAttemptAt == .hongKong("2026-11-14T09:21") && history.lastOutcome == .new)
        let both = try Self.history(
            after: .fixture(.aeWait, .en), .of(down, .aeWait, .tc), .of(down, .aeWait, .en))
        #expect(both.lastOutcome == .httpError)
        let unread = try Self.history(after: .of(.notModified, .aeWait, .en), .of(down, .aeWait, .tc))
        #expect(unread.lastOutcome == .httpError)
    }

    @Test("is not what the archive sent", arguments: [Capture.Origin.archive, .import])
    func archive(origin: Capture.Origin) throws {
        let document = try Feed.aeWait.document(.en)
        let old = try Feed.aeWait.fixture(document).replacing([("14/11/2026 9:15AM", "1/11/2025 9:15AM")])
        let history = try Self.history(
            after: .fixture(.aeWait, .en), .of(old, .aeWait, document, at: "2026-11-14T10:00", origin: origin))
        #expect(try history.lastAttemptAt == .hongKong(Capture.fixtureTime))
        #expect(history.observedAt?.rfc3339 == "2026-11-14T09:15:00+08:00")
    }

    @Test("is not another feed's")
    func otherFeed() throws {
        #expect(try Self.history(after: .fixture(.aeTopWait, .en)).lastAttemptAt == nil)
    }
}
