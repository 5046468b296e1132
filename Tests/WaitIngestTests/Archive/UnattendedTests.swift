import Foundation
import Testing
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

/// Poller and healer together, as `run` has them, on simulated clocks against a stand-in on a real socket.
@Suite("A week unattended")
struct UnattendedTests {
    static let first = HongKongMinute.at("2026-01-05")
    static let days = TimeRange.days("2026-01-05", "2026-01-11")
    /// Nothing answers on these days.
    static let offline = TimeRange.days("2026-01-09", "2026-01-10")

    @Test("with the machine asleep each night and two days offline end with every quarter hour that was ever on offer")
    func asleepAndOffline() async throws {
        let clock = ArchiveStandIn.Clock(Self.first)
        let archive = ReplayArchive(
            world: ArchiveStandIn.world, stamps: ArchiveStamps.regular(from: Self.days.from, to: Self.days.to))
        let replay = ReplayPublisher(world: ArchiveStandIn.world, archive: archive, now: { clock.minute.date })
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            let isOffline = Self.offline.from <= clock.minute && clock.minute < Self.offline.to
            return isOffline ? .status(503) : replay.answer(to: request)
        }
        try await Publisher.run(serving: answer, clock: clock.wall) { publisher in
            for day in Self.days.days {
                try await Self.wake(publisher, clock: clock, from: day.adding(minutes: 7 * 60), hours: 16)
            }
            for later in [1_440, 2 * 1_440] {
                clock.set(Self.days.to.adding(minutes: later))
                _ = try await ArchiveStandIn(publisher, clock: clock).healer.heal()
            }
            let standIn = ArchiveStandIn(publisher, clock: clock)
            let counts = try standIn.coverage(Self.days, hospital: nil)
            #expect(counts.expected == 7 * 96 * 18)
            #expect(counts.observed + counts.healed == counts.expected)
            #expect(counts.observed > 5 * 60 * 18)
            #expect(try publisher.database.verify().findings == [])
        }
    }

    /// The machine is awake for some hours: it polls, and heals once.
    private static func wake(
        _ publisher: Publisher, clock: ArchiveStandIn.Clock, from start: HongKongMinute, hours: Int
    ) async throws {
        clock.set(start)
        let end = start.adding(minutes: hours * 60)
        let wall = clock.wall
        let untilNight = WallClock(now: wall.now) { until in
            guard until.timeIntervalSince1970 < Double(end.secondsSince1970) else { throw CancellationError() }
            try await wall.sleep(until)
        }
        try await publisher.poller(of: .aeWait, clock: untilNight).run()
        _ = try await ArchiveStandIn(publisher, clock: clock).healer.heal(since: first)
    }
}
