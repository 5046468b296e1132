import Foundation
import Synchronization
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

@Suite("The watch over incidents")
struct IncidentWatchTests {
    /// The real poller for ten simulated hours of which the feed stands still from 06:00 to 08:00, and the watch after each attempt.
    @Test("stores and tells of a frozen feed once, and once of its end, also through a restart")
    func frozen() async throws {
        let start = SimulatedDayTests.start
        let still = start.addingTimeInterval(6 * 3_600)..<start.addingTimeInterval(8 * 3_600)
        let told = ToldLines()
        let answer: SimulatedDayTests.Answer = { request, now in
            SimulatedDayTests.regular(request, still.contains(now) ? still.lowerBound : now)
        }
        let clock = SimulatedClock(startingAt: start, endingAt: start.addingTimeInterval(10 * 3_600))
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { answer($0, clock.now) }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            let database = publisher.database
            // A clock that is looked at after each pass; every look is a new watch, as after a restart.
            let watched = WallClock(
                now: { clock.now },
                sleep: { until in
                    await IncidentWatch(
                        database: database, plan: IncidentPlan(leastFreeBytes: 0), freeBytes: { 1 },
                        clock: clock.wallClock, logger: told.logger
                    ).look()
                    try await clock.wallClock.sleep(until)
                })
            try await publisher.poller(of: .aeWait, clock: watched).run()
            #expect(told.notices == ["incident began ae-wait", "incident ended ae-wait"])
            let incidents = try database.incidents(atMost: 10)
            let incident = try #require(incidents.first)
            #expect(incidents.count == 1 && incident.matter == Incident.Matter(.frozen, "ae-wait"))
            #expect(incident.opening.contains("2026-01-20T05:45:00+08:00"))
            #expect(Double(incident.openedUnix) - still.lowerBound.timeIntervalSince1970 <= 45 * 60)
            #expect(try #require(incident.closedUnix) >= Int(still.upperBound.timeIntervalSince1970))
            #expect(try database.openIncidents().isEmpty)
            #expect(try database.verify().findings == [])
        }
    }

    @Test("tells of what it cannot store once")
    func full() async throws {
        let told = ToldLines()
        try await Publisher.run { publisher in
            let watch = IncidentWatch(
                database: publisher.database, plan: IncidentPlan(leastFreeBytes: 10), freeBytes: { 1 },
                clock: WallClock(now: { Publisher.capturedAt }, sleep: { _ in }), logger: told.logger)
            try SQLite.change(
                publisher.path,
                "CREATE TRIGGER full BEFORE INSERT ON incident_row BEGIN SELECT RAISE(ABORT, 'full'); END")
            for _ in 1...3 { await watch.look() }
            #expect(told.notices == ["incident began record", "incidents not checked, or not stored"])
            try SQLite.change(publisher.path, "DROP TRIGGER full")
            for _ in 1...3 { await watch.look() }
            #expect(try publisher.database.openIncidents().map(\.matter.subject) == ["record"])
            #expect(told.notices.count == 2)
        }
    }

    @Test("tells the end of what it could not store, too")
    func endsUnstored() async throws {
        let told = ToldLines()
        let free = Mutex(1)
        try await Publisher.run { publisher in
            let watch = IncidentWatch(
                database: publisher.database, plan: IncidentPlan(leastFreeBytes: 10),
                freeBytes: { free.withLock { $0 } },
                clock: WallClock(now: { Publisher.capturedAt }, sleep: { _ in }), logger: told.logger)
            try SQLite.change(
                publisher.path,
                "CREATE TRIGGER full BEFORE INSERT ON incident_row BEGIN SELECT RAISE(ABORT, 'full'); END")
            await watch.look()
            free.withLock { $0 = 1_000 }
            try SQLite.change(publisher.path, "DROP TRIGGER full")
            for _ in 1...3 { await watch.look() }
            #expect(
                told.notices == [
                    "incident began record", "incidents not checked, or not stored", "incident ended record",
                ])
            #expect(try publisher.database.openIncidents().isEmpty)
        }
    }
}

extension ToldLines {
    /// The messages of level notice and above, each with the subject that goes with it.
    fileprivate var notices: [String] {
        entries(from: .notice).map { line in
            line.metadata["subject"].map { "\(line.message) \($0)" } ?? line.message
        }
    }
}
