import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// What a publisher's clock, ours or a typist can do to the time of a document.
@Suite("A time that cannot be")
struct UpdateTimeRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var origin = Capture.Origin.live
        var captured = "2026-12-01T09:17"
        var answered: String?
        /// The newest time the feed has published.
        var newest: String?
        var lifeStart: String?
        var lifeEnd: String?
        let observed: String
        let refusal: UpdateTimeRule.Refusal?

        var testDescription: String { "\(origin) \(observed) at \(captured) after \(newest ?? "nothing")" }
    }

    @Test("is told from one that can", arguments: live + clocks + archive + imported)
    func rule(_ example: Case) throws {
        let rule = UpdateTimeRule(
            origin: example.origin, capturedAt: try Self.minute(example.captured),
            answeredAt: try example.answered.map(Self.minute),
            life: .init(from: try example.lifeStart.map(Self.minute), to: try example.lifeEnd.map(Self.minute)))
        let newest = try example.newest.map(Self.minute)
        let refusal = rule.refusal(of: try Self.minute(example.observed)) { limit in
            newest.flatMap { $0 <= limit ? $0 : nil }
        }
        #expect(refusal == example.refusal)
    }

    private static func minute(_ text: String) throws -> HongKongMinute { try #require(HongKongMinute(text: text)) }

    private static let live = [
        Case(observed: "2026-12-01T09:15", refusal: nil), Case(observed: "2026-12-01T09:32", refusal: nil),
        Case(observed: "2026-12-01T09:33", refusal: .ahead), Case(observed: "2027-01-12T09:15", refusal: .ahead),
        Case(newest: "2026-12-01T09:00", observed: "2026-11-30T09:00", refusal: nil),
        Case(newest: "2026-12-01T09:00", observed: "2026-11-30T08:59", refusal: .behind),
        // Day and month in the wrong order, with and without a record.
        Case(newest: "2026-12-01T09:00", observed: "2026-01-12T09:15", refusal: .behind),
        Case(observed: "1970-01-01T08:15", refusal: .old), Case(observed: "2002-12-01T09:15", refusal: .old),
        Case(newest: "2026-12-01T09:00", observed: "2002-12-01T09:15", refusal: .old),
        Case(newest: "2026-12-01T09:00", observed: "2025-12-01T09:15", refusal: .behind),
        // The new feed was tried for a month before it began.
        Case(lifeStart: "2025-10-13T00:00", observed: "2025-09-01T09:15", refusal: nil),
        Case(lifeStart: "2025-10-13T00:00", observed: "2025-06-01T09:15", refusal: .old),
        Case(lifeStart: "2025-10-13T00:00", observed: "2020-12-01T09:15", refusal: .old),
        // Without a record: a feed that stands still, and a document made last month.
        Case(observed: "2026-11-01T09:15", refusal: nil), Case(observed: "2026-05-01T09:00", refusal: nil),
        // A collector that was away for half a year.
        Case(newest: "2026-05-01T09:00", observed: "2026-12-01T09:15", refusal: nil),
        // A feed that stands still for months says the same for months.
        Case(newest: "2026-05-01T09:00", observed: "2026-05-01T09:00", refusal: nil),
        // Another origin of it that is a little behind.
        Case(newest: "2026-05-01T09:00", observed: "2026-05-01T08:45", refusal: nil),
        // A retired feed: its last reading, and nothing before it.
        Case(lifeEnd: "2025-10-13T00:15", observed: "2025-10-13T00:15", refusal: nil),
        Case(newest: "2025-10-13T00:15", lifeEnd: "2025-10-13T00:15", observed: "2025-10-13T00:15", refusal: nil),
        Case(newest: "2025-10-13T00:15", lifeEnd: "2025-10-13T00:15", observed: "2025-03-10T00:15", refusal: .behind),
        Case(lifeEnd: "2025-10-13T00:15", observed: "1970-01-01T08:15", refusal: .old),
        // A newest reading of the future, accepted by an earlier version, shuts nothing out.
        Case(newest: "2030-01-01T00:00", observed: "2026-12-01T09:15", refusal: nil),
    ]

    private static let clocks = [
        Case(captured: "1970-01-01T08:05", observed: "2026-12-01T09:15", refusal: .ahead),
        Case(captured: "1970-01-01T08:05", answered: "2026-12-01T09:16", observed: "2026-12-01T09:15", refusal: nil),
        Case(captured: "2026-12-01T08:17", answered: "2026-12-01T09:17", observed: "2026-12-01T09:32", refusal: nil),
        Case(captured: "2026-12-01T08:17", answered: "2026-12-01T09:17", observed: "2026-12-01T09:33", refusal: .ahead),
        Case(answered: "2026-12-01T08:00", observed: "2026-12-01T09:32", refusal: nil),
        Case(captured: "2099-12-01T09:17", answered: "2026-12-01T09:17", observed: "2026-12-01T09:15", refusal: nil),
        Case(captured: "2099-12-01T09:17", newest: "2026-12-01T09:00", observed: "2026-12-01T09:15", refusal: nil),
    ]

    private static let archive = [
        Case(origin: .archive, observed: "2026-12-01T09:15", refusal: nil),
        Case(origin: .archive, observed: "2026-12-01T09:33", refusal: .ahead),
        Case(origin: .archive, observed: "2026-01-12T09:15", refusal: .old),
        Case(origin: .archive, observed: "2002-12-01T09:15", refusal: .old),
        // Late versions of a record that is newer, and a feed that stood still.
        Case(
            origin: .archive, captured: "2026-03-01T09:17", newest: "2026-12-01T09:00", observed: "2026-03-01T09:15",
            refusal: nil),
        Case(origin: .archive, newest: "2026-11-01T09:00", observed: "2026-11-01T09:00", refusal: nil),
        Case(origin: .archive, newest: "2026-12-01T09:00", observed: "2026-11-29T09:00", refusal: nil),
        Case(
            origin: .archive, captured: "2025-11-05T00:15", lifeEnd: "2025-10-13T00:15", observed: "2025-10-13T00:15",
            refusal: nil),
    ]

    private static let imported = [
        Case(origin: .import, observed: "2024-03-23T00:15", refusal: nil),
        Case(origin: .import, observed: "2026-12-01T09:33", refusal: .ahead),
        Case(origin: .import, observed: "1970-01-01T08:00", refusal: .old),
    ]
}

@Suite("A document whose time cannot be")
struct RefusedTimeTests {
    private static let newest = "2026-12-01T09:15"

    private static func capture(_ time: String, at captured: String = "2026-12-01T09:32") throws -> Capture {
        let bytes = try AEDocument(at: time).bytes()
        return try .of(bytes, .aeWait, Feed.aeWait.document(.en), at: captured)
    }

    @Test(
        "is kept and named, and none of its figures goes in",
        arguments: [
            "2026-12-01T09:48", "2026-01-12T09:30", "2026-11-30T09:00", "1970-01-01T08:15", "2002-12-01T09:30",
            "2099-12-01T09:30",
        ])
    func kept(time: String) throws {
        let database = try WaitDatabase.holding(AEDocument(at: Self.newest).capture())
        let before = try database.rows("SELECT * FROM ae_wait")
        let recorded = try database.record(Self.capture(time))
        #expect(recorded.outcome == .quarantined && recorded.observedAt == nil)
        #expect(recorded.faults.map(\.text) == ["\(time):00+08:00"] && recorded.error == recorded.faults.first?.reason)
        #expect(try database.rows("SELECT * FROM ae_wait") == before)
        #expect(try database.count("payload") == 2 && database.count("quarantine", where: "field = 'updateTime'") == 1)
        #expect(try database.findings() == [])
        let report = try database.reparse()
        #expect(report.readNow == 0 && report.added == 0)
        #expect(try database.rows("SELECT * FROM ae_wait") == before && database.findings() == [])
    }

    @Test("of the future shuts no true one out, and is not the latest")
    func poisoned() throws {
        // As a version before 0.5 would have taken it in.
        let database = try WaitDatabase.holding(Self.capture("2026-12-01T10:15", at: "2026-12-01T10:16"))
        let recorded = try database.record(AEDocument(at: Self.newest).capture())
        #expect(recorded.outcome == .new)
        let now = try #require(HongKongMinute(text: "2026-12-01T09:17"))
        let latest = try database.latest(in: ReadingTable.aeWait, now: now)
        #expect(Set(latest.compactMap { $0.observedAt?.timeText }) == ["09:15"])
    }

    @Test("is no version of the archive that was read")
    func archived() throws {
        let document = try Feed.aeWait.document(.en)
        let stamp = try #require(HongKongMinute(text: "2026-12-01T09:30"))
        let listing = try ArchiveListing(
            bytes: Data(#"{"version-count":1,"timestamps":["20261201-0930"],"data-files":[]}"#.utf8))
        let database = try WaitDatabase.inMemory()
        try database.record(
            listing, of: document, key: .https, days: [stamp.dayStart], askedAt: stamp.adding(minutes: 2_880))
        let capture = try Capture.of(
            AEDocument(at: "2026-01-12T09:30").bytes(), .aeWait, document, at: "2026-12-01T09:30", origin: .archive)
        let version = ArchivedVersion(document: document, key: .https, stamp: stamp)
        #expect(try database.record([(version, .read(capture))], day: 20_261_203).map(\.outcome) == [.quarantined])
        #expect(try database.rows("SELECT attempt_id, failed_days FROM archive_version") == [[nil, "1"]])
        #expect(try database.count("ae_wait") == 0 && database.findings() == [])
    }
}
