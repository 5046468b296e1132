import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("The status of a record")
struct StatusTests {
    private static func now(_ time: String = "2026-11-14T12:00") throws -> Int {
        try Int(Date.hongKong(time).timeIntervalSince1970)
    }

    private static func status(_ database: WaitDatabase) throws -> RecordStatus {
        try database.status(now: now())
    }

    private static func feed(_ id: String, in database: WaitDatabase) throws -> FeedStatus {
        try #require(try status(database).feeds.first { $0.summary.feed.id == id })
    }

    @Test("of an empty one lists every feed with nothing in it")
    func empty() throws {
        let status = try Self.status(.inMemory())
        #expect(status.feeds.map(\.summary.feed.id) == Catalogue.standard.feeds.map(\.id))
        #expect(status.feeds.allSatisfy { $0.lastCapture == nil && $0.summary.lastGoodUnix == nil && $0.rows == 0 })
        #expect(status.payloads == 0 && status.captures == 0 && status.faults == 0 && status.revisions == 0)
        #expect(status.databaseBytes > 0 && status.unrecognised.isEmpty && status.unplaced.isEmpty)
    }

    @Test("counts payloads, captures, faults and revisions")
    func counts() throws {
        let status = try Self.status(
            .holding(
                .fixture(.aeWait, .en), .fixture(.aeWait, .en),
                .edited(.aeWait, .en, ("\"24 minutes\"", "\"25 minutes\"")),
                .edited(.aeWait, .en, ("\"Alice Ho Miu Ling Nethersole Hospital\"", "24")),
                .of(.notModified, .aeWait, .en)))
        #expect(status.payloads == 3 && status.captures == 5 && status.faults == 1 && status.revisions == 1)
    }

    @Test(
        "counts the rows of each feed",
        arguments: [
            ("ae-wait", 18), ("ae-top-wait", 18), ("clinic-quota", 518), ("hospital-directory", 43),
            ("specialist-directory", 49), ("clinic-directory", 75),
        ])
    func rows(feed: String, count: Int) throws {
        let database = try FilledRecord(recordsADocument: 100).fixtures()
        #expect(try Self.feed(feed, in: database).rows == count)
    }

    @Test("tells the last capture from the last good one")
    func lastGood() throws {
        let database = try WaitDatabase.holding(
            .fixture(.aeWait, .en), .of(.httpError(status: 503, message: "No."), .aeWait, .en, at: "2026-11-14T09:30"))
        let feed = try Self.feed("ae-wait", in: database)
        #expect(try feed.summary.lastAttemptUnix == Self.now("2026-11-14T09:30"))
        #expect(try feed.summary.lastGoodUnix == Self.now(Capture.fixtureTime))
        #expect(feed.lastCapture?.outcome == "httpError" && feed.lastCapture?.httpStatus == 503)
    }

    @Test(
        "calls \"not modified\" good where the document was read before",
        arguments: [(Language.en, true), (.tc, false)])
    func notModified(language: Language, isGood: Bool) throws {
        let later = "2026-11-14T09:32"
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        try database.record(.of(.unreachable(message: "No answer."), .aeWait, .en, at: later))
        try database.record(.of(.notModified, .aeWait, language, at: later))
        let feed = try Self.feed("ae-wait", in: database)
        #expect(try feed.summary.lastGoodUnix == Self.now(isGood ? later : Capture.fixtureTime))
        #expect(try feed.summary.lastAttemptUnix == Self.now(later))
    }

    /// Documents of the feed with what came of asking for them, in order; whether the feed is well.
    static let passes: [([(Language, Capture.Answer?)], Bool)] = [
        ([(.en, nil)], true), ([(.en, .notModified)], false), ([(.en, down)], false),
        ([(.en, nil), (.tc, down)], true), ([(.tc, nil), (.en, nil), (.tc, down)], true),
        ([(.en, nil), (.tc, nil), (.en, down), (.tc, down)], false),
        ([(.en, nil), (.tc, down), (.en, .notModified)], true), ([(.en, down), (.tc, .notModified)], false),
        ([(.en, nil), (.en, down), (.tc, down), (.tc, nil)], true), ([(.en, nil), (.en, down)], false),
    ]
    private static let down = Capture.Answer.unreachable(message: "No answer.")

    @Test("has a last good time from the last attempt on where any document's last attempt was good", arguments: passes)
    func anyDocument(attempts: [(Language, Capture.Answer?)], isWell: Bool) throws {
        for isAtOnce in [false, true] {
            let database = try WaitDatabase.inMemory()
            for (index, (language, answer)) in attempts.enumerated() {
                let time = isAtOnce ? Capture.fixtureTime : "2026-11-14T09:\(17 + index)"
                try database.record(
                    answer.map { try .of($0, .aeWait, language, at: time) } ?? .fixture(.aeWait, language, at: time))
            }
            let feed = try Self.feed("ae-wait", in: database)
            #expect((feed.summary.failingSinceUnix == nil) == isWell)
            #expect(feed.lastCapture?.id == Int64(attempts.count))
        }
    }

    @Test("is that of what was fetched live", arguments: [Capture.Origin.archive, .import])
    func live(origin: Capture.Origin) throws {
        let document = try Feed.aeWait.document(.en)
        let other = try Capture.of(
            Feed.aeWait.fixture(document).replacing([("14/11/2026 9:15AM", "14/11/2026 9:45AM")]), .aeWait, document,
            at: "2026-11-14T10:00", origin: origin)
        let none = try Self.feed("ae-wait", in: .holding(other))
        #expect(none.lastCapture == nil && none.summary.lastAttemptUnix == nil && none.summary.lastGoodUnix == nil)
        #expect(none.summary.observedAt == nil && none.lastDay == [:] && none.rows == 18)
        let feed = try Self.feed("ae-wait", in: .holding(.fixture(.aeWait, .en), other))
        #expect(feed.lastCapture?.id == 1 && feed.lastDay == ["new": 1])
        #expect(
            try feed.summary.lastGoodUnix == Self.now(Capture.fixtureTime)
                && feed.summary.lastGoodUnix == feed.summary.lastAttemptUnix)
        #expect(feed.summary.observedAt?.rfc3339 == "2026-11-14T09:15:00+08:00")
    }

    @Test("has the last document's own time, also where that went back")
    func observed() throws {
        let database = try WaitDatabase.holding(
            .fixture(.aeWait, .en), .edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:00AM")))
        #expect(try Self.feed("ae-wait", in: database).summary.observedAt?.rfc3339 == "2026-11-14T09:00:00+08:00")
    }

    @Test("counts the outcomes of the last 24 hours")
    func lastDay() throws {
        let database = try WaitDatabase.holding(
            .of(.notModified, .aeWait, .en, at: "2026-11-13T12:00"),
            .of(.notModified, .aeWait, .en, at: "2026-11-13T12:01"),
            .fixture(.aeWait, .en), .fixture(.aeWait, .en))
        #expect(try Self.feed("ae-wait", in: database).lastDay == ["notModified": 1, "new": 1, "duplicate": 1])
    }

    @Test("has the feeds' lives", arguments: Feed.all.map(\.id))
    func lives(feed: String) throws {
        #expect(try Self.feed(feed, in: .inMemory()).summary.life == Catalogue.standard.feed(feed)?.life)
    }

    @Test("has the lives that the settings gave")
    func settings() throws {
        let database = try WaitDatabase.inMemory()
        let life = Feed.Life(to: HongKongMinute(year: 2027, month: 1, day: 1), evidence: "A setting.")
        try database.setLives(["clinic-quota": life])
        #expect(try Self.feed("clinic-quota", in: database).summary.life == life)
    }

    @Test("counts the readings that hold a phrase nobody can read")
    func unrecognised() throws {
        let first = ("\"24 minutes\"", "\"soon\"")
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, first, ("\"19 minutes\"", "\"soon\"")),
            .edited(.aeWait, .en, first, ("14/11/2026 9:15AM", "14/11/2026 9:00AM"), ("\"Y\"", "\"perhaps\"")))
        let unrecognised = try Self.status(database).unrecognised
        #expect(unrecognised.map(\.phrase) == [Phrase(kind: .t3, text: "soon"), Phrase(kind: .flag, text: "perhaps")])
        #expect(unrecognised.map(\.readings) == [3, 1])
    }

    @Test("counts figures that are missing, quotas that cannot be read, and keys that changed")
    func figures() throws {
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, ("\"24 minutes\"", "null"), ("\"manageT1case\":\"N\",", "\"note\":\"a\",")),
            QuotaSample.capture(.en, QuotaSample.record("A", "soon"), QuotaSample.record("B", "不適用")))
        let status = try Self.status(database)
        #expect(status.missing.map(\.metric) == ["t3_p50", "t1_managing"] && status.missing.map(\.readings) == [1, 1])
        #expect(status.unreadQuotas.map(\.text) == ["soon"] && status.unreadQuotas.map(\.days) == [1])
        #expect(status.drift.map(\.drift) == [Drift(key: "note", change: .added)])
        #expect(status.drift.map(\.captureID) == [1] && status.faults == 0)
    }

    @Test("lists places that are known by name only")
    func unplaced() throws {
        try FilledRecord.withCopy { database in
            let unplaced = try Self.status(database).unplaced
            #expect(unplaced.map(\.kind) == ["clinic", "hospital"])
            #expect(unplaced.map(\.code) == ["alpha-fmc", "lantau-harbour-hospital"])
        }
    }

    @Test(
        "tells growth by the days that the file holds, and not in its first week",
        arguments: [(1, false), (6, false), (7, true), (30, true)])
    func growth(days: Int, isTold: Bool) throws {
        let database = try WaitDatabase.inMemory()
        for day in 0..<days {
            let time = try #require(HongKongMinute(text: "2026-10-01T09:17")).adding(minutes: day * 1_440)
            try database.record(.fixture(.hospitalDirectory, at: String(time.rfc3339.prefix(16))))
        }
        let status = try database.status(now: 1_800_000_000)
        #expect(status.days == days)
        #expect(status.bytesADay == (isTold ? status.databaseBytes / days : nil))
    }

    @Test("counts days of readings that one capture brought, each once")
    func daysOfReadings() throws {
        try FilledRecord.withCopy { database in
            // Readings of 14 and 15 November, asked on both; directories and quotas on 14 and 20.
            let days = try Set(
                database.values("SELECT date(captured_unix + 28800, 'unixepoch') FROM attempt")
                    + database.values("SELECT date(observed_minute * 60 + 28800, 'unixepoch') FROM wait_reading")
                    + database.values("SELECT date(observed_minute * 60 + 28800, 'unixepoch') FROM top_wait_reading"))
            #expect(try database.status(now: 1_800_000_000).days == days.count)
        }
    }
}

@Suite("A record made by the demo")
struct SimulatedTests {
    @Test("says so in its file, before anything else is in it", arguments: [true, false])
    func marked(isSimulated: Bool) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "simulated-\(UUID().uuidString).sqlite").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        if isSimulated { try WaitDatabase.makeSimulated(path: path) }
        #expect(WaitDatabase.isSimulated(path: path) == isSimulated)
        #expect(try WaitDatabase.open(path: path).isSimulated() == isSimulated)
        #expect(WaitDatabase.isSimulated(path: path) == isSimulated)
    }
}
