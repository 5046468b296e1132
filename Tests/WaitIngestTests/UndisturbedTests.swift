import Foundation
import Testing
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

/// Two pollers side by side as in `run`: one client, one record, and a publisher that goes wrong at one of the two addresses.
@Suite("A feed whose neighbour goes wrong", .timeLimit(.minutes(30)))
struct UndisturbedTests {
    /// A morning when both feeds' addresses were alive.
    static let start = Date(timeIntervalSince1970: 1_757_376_000)  // 2025-09-09T08:00:00+08:00
    static let end = start.addingTimeInterval(3_600)
    static let document = Feed.aeTopWait.documents[0]
    static let world = SimulatedWorld.punctualPair

    @Test("catches all that it would catch alone, while the other never gets a document", arguments: FaultKind.allCases)
    func undisturbed(neighbour faultKind: FaultKind) async throws {
        let clock = SimulatedClock(startingAt: Self.start, endingAt: Self.end)
        let neighbours = SimulatedClock(startingAt: Self.start, endingAt: Self.end)
        let faultInjector = FaultInjector([faultKind])
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            if request.path == Publisher.path(of: Self.document) {
                return Self.world.answer(to: request, at: clock.now) ?? .notFound
            }
            arrival.yield()
            let truth = Self.world.answer(to: request, at: neighbours.now) ?? .notFound
            return faultInjector.answer(to: request, now: neighbours.now, insteadOf: truth)
        }
        try await Publisher.run(serving: answer, clock: neighbours.wallClock) { publisher in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let neighbour = publisher.poller(
                    of: .aeWait, clock: neighbours.wallClock, limits: .patient(bodyBytes: 100_000))
                group.addTask { try await neighbour.run() }
                for await _ in arrivals { break }
                try await publisher.poller(of: .aeTopWait, clock: clock.wallClock).run()
                group.cancelAll()
            }
            let offers = Self.world.offers(of: Self.document, from: Self.start, to: Self.end)
            let owed = PollJudge(lagSeconds: 75).owed(offers, from: Self.start, to: Self.end)
            #expect(owed.count == 4)
            let caught = try PollJudge.caught(publisher.path, view: "ae_top_wait")
            #expect(owed.subtracting(caught).isEmpty)
            #expect(caught.isSubset(of: offers.map(\.observedAt)))
            let outcomes = try SQLite.rows(
                publisher.path, "SELECT DISTINCT outcome FROM capture WHERE feed = 'ae-top-wait' ORDER BY outcome")
            #expect(Set(outcomes).isSubset(of: ["new", "notModified"]))
            #expect(try publisher.database.verify().findings == [])
        }
    }

    @Test("a document that comes with a word on when to come back is asked for as ever")
    func wordBesideDocument() async throws {
        let clock = SimulatedClock(startingAt: Self.start, endingAt: Self.end)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            var answer = Self.world.answer(to: request, at: clock.now) ?? .notFound
            answer.headers.append(HeaderField("Retry-After", "86400"))
            return answer
        }
        try await Publisher.run(serving: answer, clock: clock.wallClock) { publisher in
            let documents = Array(Feed.aeTopWait.documents.prefix(2))
            try await publisher.poller(of: .aeTopWait, clock: clock.wallClock, documents: documents).run()
            #expect(publisher.server.requests.count >= 2 * 4)
        }
    }

    @Test("a document that asked to be left alone for an hour is, while the feed's other one is asked as ever")
    func oneDocument() async throws {
        let clock = SimulatedClock(startingAt: Self.start, endingAt: Self.start.addingTimeInterval(7_200))
        let documents = Array(Feed.aeTopWait.documents.prefix(2))
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            request.path == Publisher.path(of: documents[1])
                ? .status(503, retryAfter: "3600") : Self.world.answer(to: request, at: clock.now) ?? .notFound
        }
        try await Publisher.run(serving: answer, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeTopWait, clock: clock.wallClock, documents: documents).run()
            let paths = publisher.server.requests.map(\.path)
            #expect(paths.count { $0 == Publisher.path(of: documents[1]) } == 2)
            #expect(paths.count { $0 == Publisher.path(of: documents[0]) } >= 8)
        }
    }
}
