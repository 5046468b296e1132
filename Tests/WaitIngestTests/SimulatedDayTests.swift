import Foundation
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

/// The driver on a clock of its own, against a stand-in on a real socket.
@Suite("The poller through a simulated day")
struct SimulatedDayTests {
    static let start = Date(timeIntervalSince1970: 1_768_838_400)  // 2026-01-20T00:00:00+08:00
    static let end = start.addingTimeInterval(86_400)

    static let world = SimulatedWorld(
        seed: 7, hospitals: BundledPlaces.hospitals.map { .init(name: $0.name, busyness: 1) })

    typealias Answer = @Sendable (ReplayRequest, Date) -> ReplayAnswer
    static let regular: Answer = { world.answer(to: $0, at: $1) ?? .notFound }

    /// Runs the real poller of the new A&E feed from midnight to midnight.
    static func day(
        answering answer: @escaping Answer = regular, _ check: (Publisher) throws -> Void
    ) async throws {
        let clock = SimulatedClock(startingAt: start, endingAt: end)
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { answer($0, clock.now) }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeWait, clock: clock.wallClock).run()
            try check(publisher)
        }
    }

    /// The publisher is a minute or so late: some quarter hours need a second try.
    @Test("brings 96 new readings of each hospital, none twice, with 108 requests, all but the first conditional")
    func everyQuarterHour() async throws {
        try await Self.day { publisher in
            let perHospital = try SQLite.rows(
                publisher.path,
                """
                SELECT count(*), count(DISTINCT observed_at) FROM ae_wait
                WHERE observed_at >= '2026-01-20T00:00' AND observed_at < '2026-01-21T00:00' GROUP BY hospital
                """)
            #expect(perHospital == Array(repeating: "96|96", count: 18))
            #expect(try publisher.database.verify().findings == [])
            #expect(publisher.server.requests.count == 108)
            #expect(publisher.server.requests.dropFirst().allSatisfy { $0.ifNoneMatch != nil })
        }
    }

    @Test("an hour of failures is backed off from, and the first answer after it is taken")
    func outage() async throws {
        let outage = (start: Self.start.addingTimeInterval(6 * 3_600), end: Self.start.addingTimeInterval(7 * 3_600))
        let answer: Answer = { request, now in
            (outage.start..<outage.end).contains(now) ? .status(503) : Self.regular(request, now)
        }
        try await Self.day(answering: answer) { publisher in
            let failed = try SQLite.rows(publisher.path, "SELECT count(*) FROM capture WHERE outcome = 'httpError'")
            let missed = try SQLite.rows(
                publisher.path, "SELECT 97 - count(*) FROM ae_wait WHERE hospital = 'QMH'")
            #expect((5...20).contains(Int(failed.first ?? "") ?? 0))
            #expect((3...5).contains(Int(missed.first ?? "") ?? 0))
        }
    }
}
