import Foundation
import Synchronization
import TestSupport
import Testing
import WaitCore
import WaitFetch
import WaitReplay
import WaitStore

@testable import WaitIngest

@Suite("\"Not modified\" is believed only as long as it can be true")
struct ConditionalRuleTests {
    /// 2026-01-20T12:16:05+08:00.
    static let now = Date(timeIntervalSince1970: 1_768_882_565)
    static let validators = Validators(entityTag: "\"a\"", lastModified: "Tue, 20 Jan 2026 04:00:10 GMT")

    static func held(_ minutesAgo: Double, observed: String?, notModified: Double? = nil) -> HeldCopy {
        HeldCopy(
            validators: validators, readAt: now.addingTimeInterval(-minutesAgo * 60),
            observedAt: observed.flatMap { HongKongMinute(text: "2026-01-20T\($0)") },
            notModifiedAt: notModified.map { now.addingTimeInterval(-$0 * 60) })
    }

    static let cases: [(String, HeldCopy?, Feed.Rhythm, Bool)] = [
        ("nothing is held", nil, .quarterHourly, false),
        ("the quarter hour's version is held", held(1, observed: "12:15"), .quarterHourly, true),
        ("the one before is held", held(15, observed: "12:00"), .quarterHourly, true),
        ("not modified in this quarter hour", held(15, observed: "12:00", notModified: 1), .quarterHourly, true),
        (
            "not modified in an earlier one, and due", held(30, observed: "11:45", notModified: 15), .quarterHourly,
            false
        ),
        ("not modified for hours, and due", held(300, observed: "07:15", notModified: 299), .quarterHourly, false),
        ("not modified earlier, and not due", held(30, observed: "12:15", notModified: 15), .quarterHourly, true),
        ("not modified earlier, its time unknown", held(30, observed: nil, notModified: 15), .quarterHourly, false),
        ("six days old", held(6 * 1_440, observed: nil), .daily, true),
        ("six days old, not modified since", held(6 * 1_440, observed: nil, notModified: 5 * 1_440), .daily, true),
        ("eight days old", held(8 * 1_440, observed: nil, notModified: 7 * 1_440), .daily, false),
        ("eight days old, weekly", held(8 * 1_440, observed: nil), .weekly, true),
        ("31 days old, weekly", held(31 * 1_440, observed: nil), .weekly, false),
        ("eight days old, quarter-hourly", held(8 * 1_440, observed: "12:15"), .quarterHourly, false),
        ("read in the future", held(-60, observed: nil), .daily, false),
    ]

    @Test("and a request names a copy, or asks for the whole document", arguments: cases)
    func conditional(what: String, held: HeldCopy?, rhythm: Feed.Rhythm, isConditional: Bool) {
        let sent = ConditionalRule.validators(for: held, rhythm: rhythm, now: Self.now)
        #expect(sent == (isConditional ? Self.validators : Validators()), "\(what)")
    }

    @Test(
        "and a Last-Modified goes back verbatim or not at all",
        arguments: [
            ("Tue, 20 Jan 2026 04:00:10 GMT", true), ("Tuesday, 20-Jan-26 04:00:10 GMT", true),
            ("Tue Jan 20 04:00:10 2026", true), ("Tue, 20 Jan 2026 04:17:00 GMT", true),
            ("Tue, 20 Jan 2026 05:00:10 GMT", false), ("Wed, 01 Jan 2099 00:00:00 GMT", false),
            ("2026-01-20T04:00:10Z", false), ("yesterday", false), ("0", false), ("-1", false), ("", false),
        ])
    func lastModified(text: String, isSent: Bool) {
        let usable = ConditionalRule.usable(Validators(entityTag: "\"a\"", lastModified: text), now: Self.now)
        #expect(usable == Validators(entityTag: "\"a\"", lastModified: isSent ? text : nil))
    }

    static let tags: [(answered: Validators, sent: Validators, isOther: Bool)] = [
        (.init(entityTag: "\"a\""), .init(entityTag: "\"a\""), false),
        (.init(entityTag: "W/\"a\""), .init(entityTag: "\"a\""), false),
        (.init(entityTag: "\"a\""), .init(entityTag: "W/\"a\""), false),
        (.init(entityTag: "\"a-gzip\""), .init(entityTag: "\"a\""), false),
        (.init(entityTag: "\"a\""), .init(entityTag: "\"a;gzip\""), false),
        (.init(entityTag: "a"), .init(entityTag: "\"a\""), false),
        (.init(), .init(entityTag: "\"a\""), false),
        (.init(lastModified: "x"), .init(entityTag: "\"a\""), false),
        (.init(entityTag: "\"b\""), .init(entityTag: "\"a\""), true),
        (.init(entityTag: "W/\"b\""), .init(entityTag: "W/\"a\"", lastModified: "x"), true),
        (.init(lastModified: "y"), .init(lastModified: "x"), true),
        (.init(lastModified: "x"), .init(lastModified: "x"), false),
    ]

    @Test("and an answer about another copy is told from one about ours", arguments: tags)
    func other(answered: Validators, sent: Validators, isOther: Bool) {
        #expect(ConditionalRule.isOfAnotherCopy(answered, sent: sent) == isOther)
    }
}

/// The real poller, libcurl and record against servers that say "not modified" when they should not.
@Suite("A server that says \"not modified\" when it should not", .timeLimit(.minutes(30)))
struct StaleServerTests {
    static let start = Date(timeIntervalSince1970: 1_768_881_675)  // 2026-01-20T12:01:15+08:00
    static let document = Feed.aeWait.documents[0]
    static let world = SimulatedWorld.punctualPair

    /// Polls for two hours; returns the versions in the record, the requests without validators and all requests.
    static func poll(
        _ answer: @escaping @Sendable (ReplayRequest, Date) -> ReplayAnswer
    ) async throws -> (versions: Int, whole: Int, requests: Int) {
        let clock = SimulatedClock(startingAt: start, endingAt: start.addingTimeInterval(2 * 3_600 - 60))
        var result = (versions: 0, whole: 0, requests: 0)
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { answer($0, clock.now) }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeWait, clock: clock.wallClock).run()
            let rows = try SQLite.rows(publisher.path, "SELECT count(DISTINCT observed_at) FROM ae_wait")
            let requests = publisher.server.requests
            result = (Int(rows.first ?? "") ?? -1, requests.count { $0.ifNoneMatch == nil }, requests.count)
            #expect(try publisher.database.verify().findings == [])
        }
        return result
    }

    /// The same with a server that does nothing but this.
    static func poll(_ faultKind: FaultKind) async throws -> (versions: Int, whole: Int, requests: Int) {
        let faultInjector = FaultInjector([faultKind])
        return try await poll { request, now in
            faultInjector.answer(to: request, now: now, insteadOf: world.answer(to: request, at: now) ?? .notFound)
        }
    }

    @Test("for ever is asked for the whole document at the last try of a quarter hour, and costs no version")
    func forEver() async throws {
        let got = try await Self.poll(.staleNotModified)
        #expect(got.versions == 8)
        #expect(got.whole == 8)
    }

    @Test("about another copy is asked for the whole document at once")
    func anotherCopy() async throws {
        let got = try await Self.poll(.changedNotModified)
        #expect(got.versions == 8)
        // Of eight quarter hours one began without a copy; the others took a refusal and the document.
        #expect(got.requests == 15)
    }

    @Test("is believed where it is right: a publisher that is late is asked with validators")
    func late() async throws {
        let got = try await Self.poll { request, now in
            Self.world.answer(to: request, at: now.addingTimeInterval(-200)) ?? .notFound
        }
        #expect(got.versions >= 7)
        #expect(got.whole == 1)
    }

    @Test(
        "to a request without validators counts as a failure, and so it does after a redirect",
        arguments: [true, false])
    func unasked(isRedirected: Bool) async throws {
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            isRedirected && request.path != "/elsewhere/aedwtdata2-en.json"
                ? .redirect(to: "/elsewhere/aedwtdata2-en.json") : .status(304)
        }
        try await Publisher.run(serving: answer) { publisher in
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .httpError)
        }
    }

    @Test("through a redirect that begins later is asked again without validators, and the second one is a failure")
    func redirectedLater() async throws {
        let isMoved = Mutex(false)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            guard isMoved.withLock({ $0 }) else {
                return Self.world.answer(to: request, at: Publisher.capturedAt) ?? .notFound
            }
            return request.path.hasPrefix("/new/") ? .status(304) : .redirect(to: "/new/aedwtdata2-en.json")
        }
        try await Publisher.run(serving: answer) { publisher in
            let first = try await publisher.take(Self.document, of: .aeWait).recorded.outcome
            #expect(first == .new)
            isMoved.withLock { $0 = true }
            let second = try await publisher.take(Self.document, of: .aeWait).recorded.outcome
            #expect(second == .httpError)
        }
    }

    /// Two machines behind one name, one of them half an hour behind; each version has its own tag, or all have the same.
    @Test("as one of two origins that alternate loses and harms nothing", arguments: [true, false])
    func alternating(isTagConstant: Bool) async throws {
        let count = Mutex(0)
        let clock = SimulatedClock(startingAt: Self.start, endingAt: Self.start.addingTimeInterval(2 * 3_600 - 60))
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            let isBehind = count.withLock { number in
                number += 1
                return number.isMultiple(of: 2)
            }
            let time = clock.now.addingTimeInterval(isBehind ? -1_800 : 0)
            var answer = Self.world.answer(to: request, at: time) ?? .notFound
            if isTagConstant { answer.headers.append(HeaderField("ETag", "\"0\"")) }
            return answer
        }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeWait, clock: clock.wallClock).run()
            let times = try SQLite.rows(
                publisher.path,
                "SELECT DISTINCT observed_at FROM ae_wait WHERE observed_at >= '2026-01-20T12:00:00+08:00'")
            #expect(times.count == 8)
            let harm = "SELECT (SELECT count(*) FROM revision) + (SELECT count(*) FROM quarantine)"
            #expect(try SQLite.rows(publisher.path, harm) == ["0"])
            #expect(try publisher.database.verify().findings == [])
        }
    }

    @Test(
        "and a daily feed is asked for the whole document once a week",
        arguments: [FaultKind.staleNotModified, .changedNotModified])
    func daily(faultKind: FaultKind) async throws {
        let clock = SimulatedClock(startingAt: Self.start, endingAt: Self.start.addingTimeInterval(15 * 86_400))
        let faultInjector = FaultInjector([faultKind])
        let truth = ReplayAnswer.hospitalDirectory
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = {
            faultInjector.answer(to: $0, now: clock.now, insteadOf: truth)
        }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .hospitalDirectory, clock: clock.wallClock).run()
            let whole = publisher.server.requests.count { $0.ifNoneMatch == nil }
            let days = publisher.server.requests.count { $0.status == 304 }
            #expect(faultKind == .staleNotModified ? whole == 2 || whole == 3 : whole == days + 1)
            let outcomes = try SQLite.rows(publisher.path, "SELECT DISTINCT outcome FROM capture ORDER BY 1")
            #expect(outcomes.allSatisfy { ["duplicate", "new", "notModified"].contains($0) })
        }
    }
}

extension ReplayAnswer {
    /// The hospital directory as a fixture has it.
    static let hospitalDirectory: ReplayAnswer = {
        let folder = try? DocumentFolder(path: Documents.root.appending(path: "Fixtures/hospital-directory").path)
        return folder?.answer(to: ReplayRequest(target: "/facility-hosp.json")) ?? .notFound
    }()
}
