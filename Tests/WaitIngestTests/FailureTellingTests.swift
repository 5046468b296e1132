import Foundation
import Logging
import Testing
import WaitCore
import WaitReplay
import WaitStore

@testable import WaitIngest

/// What the log of a collector says of failures, through the real poller.
@Suite("A failure is told once, with its sentence, and its end once", .timeLimit(.minutes(30)))
struct FailureTellingTests {
    static let start = Date(timeIntervalSince1970: 1_768_881_675)  // 2026-01-20T12:01:15+08:00
    static let world = SimulatedWorld.punctualPair

    struct Case: CustomTestStringConvertible, Sendable {
        let faultKind: FaultKind
        let says: String
        var testDescription: String { faultKind.rawValue }
    }

    static let cases = [
        Case(faultKind: .reset, says: "ended after 0 bytes"), Case(faultKind: .serverError, says: "status 500"),
        Case(faultKind: .unavailable, says: "status 503"), Case(faultKind: .page, says: "is not JSON"),
        Case(faultKind: .forbidden, says: "status 403"), Case(faultKind: .gzipCut, says: "stops before its end"),
        Case(faultKind: .redirectInCircles, says: "redirects"), Case(faultKind: .emptyObject, says: "update time"),
    ]

    @Test("however often it comes again, and again only after the feed has answered", arguments: cases)
    func once(_ one: Case) async throws {
        let clock = SimulatedClock(startingAt: Self.start, endingAt: Self.start.addingTimeInterval(3 * 3_600))
        let faultInjector = FaultInjector([one.faultKind])
        let told = ToldLines()
        // An hour of failures, one of answers, one of failures.
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            let now = clock.now
            let truth = Self.world.answer(to: request, at: now) ?? .notFound
            let hour = now.timeIntervalSince(Self.start) / 3_600
            return (1..<2).contains(hour) ? truth : faultInjector.answer(to: request, now: now, insteadOf: truth)
        }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeWait, clock: clock.wallClock, logger: told.logger).run()
            #expect(publisher.server.requests.count > 12)
            let warnings = told.entries(from: .notice)
            #expect(warnings.map(\.message) == ["feed unavailable", "feed unavailable"])
            #expect(warnings.allSatisfy { $0.metadata["cause"]?.contains(one.says) == true })
            #expect(told.lines(from: .info).count { $0 == "feed answers again" } == 1)
            #expect(told.entries(from: .info).allSatisfy { !"\($0.metadata)".contains("CancellationError") })
        }
    }

    @Test("also where only one of a feed's documents fails, and then not as a failure of the feed")
    func oneDocument() async throws {
        let clock = SimulatedClock(startingAt: Self.start, endingAt: Self.start.addingTimeInterval(3_600))
        let documents = Array(Feed.aeWait.documents.prefix(2))
        let told = ToldLines()
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            request.path == Publisher.path(of: documents[1])
                ? .notFound : Self.world.answer(to: request, at: clock.now) ?? .notFound
        }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(
                of: .aeWait, clock: clock.wallClock, documents: documents, logger: told.logger
            ).run()
            #expect(told.lines(from: .notice) == ["document unavailable, others of its feed are available"])
        }
    }

    @Test("and a record's fault that stands in every document is told once, until it was gone")
    func faults() {
        let told = ToldFaults()
        let document = Feed.aeWait.documents[0]
        func fault(_ field: String, _ text: String, record: Int = 1) -> ReadFault {
            ReadFault(record: record, field: field, text: text, reason: "The field is not a string.")
        }
        let steps: [(faults: [ReadFault], news: [String])] = [
            ([fault("a", "1")], ["a 1"]), ([fault("a", "2")], []), ([fault("a", "3"), fault("b", "1")], ["b 1"]),
            ([fault("a", "4"), fault("a", "5", record: 2)], []), ([], []),
            ([fault("a", "6"), fault("a", "7", record: 2)], ["a 2"]),
        ]
        for step in steps {
            let news = told.news(step.faults, of: document).map { "\($0.fault.field ?? "") \($0.count)" }
            #expect(news == step.news)
        }
        #expect(told.news([fault("a", "1")], of: Feed.aeWait.documents[1]).count == 1)
    }

    @Test(
        "and a publisher that asked to be left alone is waited for, which others are told", arguments: ["3600", "7200"])
    func waiting(retryAfter: String) async throws {
        let seconds = Double(retryAfter) ?? 0
        let clock = ScriptedClock(Self.start, waits: 0)
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { _ in .status(429, retryAfter: retryAfter) }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeWait, clock: clock.wallClock).run()
            let summary = try #require(try publisher.database.feedSummaries().first { $0.feed.id == "ae-wait" })
            #expect(summary.nextDueUnix == Int(Self.start.timeIntervalSince1970 + seconds))
            for wait in [21.0 * 60, seconds - 60, seconds + 240] {
                let health = FeedHealth.of(summary.facts, now: Self.start.addingTimeInterval(wait))
                #expect(health.name == .failing)
            }
            let late = FeedHealth.of(summary.facts, now: Self.start.addingTimeInterval(seconds + 360))
            #expect(late.name == .notAsked)
        }
    }
}
