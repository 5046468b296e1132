import Foundation
import Synchronization
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

/// A machine that sleeps, and a clock that is set while a poller waits.
@Suite("A poller whose clock jumps")
struct ClockTests {
    static let start = PollPlanTests.at("00:01:15")
    static let world = SimulatedWorld(
        seed: 3, hospitals: BundledPlaces.hospitals.prefix(1).map { .init(name: $0.name) }, publishing: .punctual)

    /// The times of day it asks at, the world's own clock going with the poller's.
    static func asked(waits: Int, jumps: [Int: Date]) async throws -> [Date] {
        let clock = ScriptedClock(start, waits: waits, jumps: jumps)
        let asked = Mutex<[Date]>([])
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            asked.withLock { $0.append(clock.now) }
            return world.answer(to: request, at: clock.now) ?? .notFound
        }
        try await Publisher.run(serving: answer, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeWait, clock: clock.wallClock).run()
        }
        return asked.withLock { $0 }
    }

    static func at(_ times: String...) -> [Date] { times.map(PollPlanTests.at) }

    @Test("asks once after a night asleep, at once, and goes on with the quarter hours")
    func asleep() async throws {
        let asked = try await Self.asked(waits: 4, jumps: [2: PollPlanTests.at("09:20:00")])
        #expect(asked == Self.at("00:01:15", "00:16:15", "09:20:00", "09:31:15", "09:46:15"))
    }

    @Test("asks at once where the clock was set back an hour, and goes on with the quarter hours it shows then")
    func setBack() async throws {
        let back = PollPlanTests.at("00:01:15").addingTimeInterval(-3_300)
        let asked = try await Self.asked(waits: 3, jumps: [2: back])
        #expect(asked == Self.at("00:01:15", "00:16:15") + [back, back.addingTimeInterval(600)])
    }

    @Test("asks at once where the clock was set a year ahead, and again where it was set right")
    func aYearAhead() async throws {
        let ahead = PollPlanTests.at("00:20:00").addingTimeInterval(365 * 86_400)
        let asked = try await Self.asked(waits: 4, jumps: [2: ahead, 3: PollPlanTests.at("00:25:00")])
        #expect(asked == Self.at("00:01:15", "00:16:15") + [ahead] + Self.at("00:25:00", "00:31:15"))
    }

    @Test("has a healer that asks the archive as soon as the machine is awake again")
    func healerAsleep() async throws {
        let clock = ScriptedClock(PollPlanTests.at("00:30:00"), waits: 2, jumps: [2: PollPlanTests.at("09:20:00")])
        let pacing = SimulatedClock(startingAt: clock.now, endingAt: .distantFuture)
        let asked = Mutex<[Date]>([])
        let archive = ReplayPublisher(world: nil, archive: ReplayArchive([]), now: { clock.now })
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            asked.withLock { $0.append(clock.now) }
            return archive.answer(to: request)
        }
        try await Publisher.run(serving: answer, clock: clock.wallClock) { publisher in
            let client = ArchiveClient(
                fetch: publisher.fetch, baseURL: "\(publisher.server.baseURL)/v1/historical-archive",
                clock: pacing.wallClock, logger: Publisher.silent)
            try await Healer(
                feed: .aeWait, document: Feed.aeWait.documents[0], client: client, database: publisher.database,
                clock: clock.wallClock, logger: Publisher.silent
            ).run()
        }
        // An hour after it was asked the archive is left alone; after the night it is asked about yesterday again.
        #expect(Set(asked.withLock { $0 }) == Set(Self.at("00:30:00", "09:20:00")))
    }

    @Test(
        "a wait is looked at every half minute, and ends where the clock is set back",
        arguments: [
            ([1_000.0, 1_030, 1_050], [30.0, 20]), ([1_000, 1_030, 500], [30, 20]), ([1_000, 9_000], [30]),
        ])
    func waitEnds(times: [Double], expected: [Double]) async throws {
        let rest = Mutex(times)
        let pauses = Mutex<[Double]>([])
        let clock = WallClock(
            now: { Date(timeIntervalSince1970: rest.withLock { $0.removeFirst() }) },
            pause: { seconds in pauses.withLock { $0.append(seconds) } })
        try await clock.sleep(Date(timeIntervalSince1970: 1_050))
        #expect(pauses.withLock { $0 } == expected)
    }
}
