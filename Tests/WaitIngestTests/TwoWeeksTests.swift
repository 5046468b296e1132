import Foundation
import Synchronization
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

/// The real poller on a simulated clock over a real socket, judged by what the publisher's own log says was on offer.
@Suite("The poll rule over two weeks of a publisher that keeps no time")
struct TwoWeeksTests {
    static let first = HongKongMinute.at("2026-03-02")
    static let days = 14
    static let start = first.date
    static let end = start.addingTimeInterval(Double(days) * 86_400)
    static let document = Feed.aeWait.documents[0]

    /// Nothing between one and six in the morning, and besides, by days.
    static let rhythm = PublishingRhythm.silentDaily(
        minutes: 60..<360,
        otherwise: .phases([
            .init(from: first, .delayed),
            .init(from: day(2), .late),
            .init(from: day(4), .early),
            .init(from: day(6), .irregular),
            .init(from: day(8), .silent(from: day(8), to: day(9))),
            .init(from: day(9), .shifted(seconds: 60...1_500)),
            .init(from: day(11), .shifted(seconds: -180...540)),
        ]))

    /// One hospital: it is the times that count here.
    static let world = SimulatedWorld(
        seed: 5, hospitals: BundledPlaces.hospitals.prefix(1).map { .init(name: $0.name) }, publishing: rhythm)

    static func day(_ number: Int) -> HongKongMinute { first.adding(minutes: number * 1_440) }

    struct Verdict {
        let offered: Set<HongKongMinute>
        let owed: Set<HongKongMinute>
        let caught: Set<HongKongMinute>
        /// Of each day.
        let requests: [Int]
        var missed: [String] { owed.subtracting(caught).sorted().map(\.rfc3339) }
    }

    /// Runs the poller through the two weeks and judges it.
    static func verdict(laterTriesMinutes: [Int]) async throws -> Verdict {
        let clock = SimulatedClock(startingAt: start, endingAt: end)
        let askedAt = Mutex<[Date]>([])
        var schedule = PollSchedule()
        schedule.laterTriesMinutes = laterTriesMinutes
        let lag = Double(schedule.offsetSeconds) + 0.5 * Double(schedule.jitterSeconds)
        let offers = world.offers(of: document, from: start, to: end)
        var caught: Set<HongKongMinute> = []
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            askedAt.withLock { $0.append(clock.now) }
            return world.answer(to: request, at: clock.now) ?? .notFound
        }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await FeedPoller(
                feed: .aeWait, life: Feed.aeWait.life, documents: [document], schedule: schedule, jitter: 0.5,
                database: publisher.database, ingestor: publisher.ingestor(), clock: clock.wallClock,
                logger: Publisher.silent
            ).run()
            caught = try PollJudge.caught(publisher.path)
        }
        let asked = askedAt.withLock { $0 }
        return Verdict(
            offered: Set(offers.map(\.observedAt)),
            owed: PollJudge(lagSeconds: lag).owed(offers, from: start, to: end), caught: caught,
            requests: (0..<days).map { number in
                let day = start.addingTimeInterval(Double(number) * 86_400)
                return asked.count { day <= $0 && $0 < day.addingTimeInterval(86_400) }
            })
    }

    @Test("catches every version on offer at a moment it polls for, and asks at most 385 times a day")
    func retries() async throws {
        let verdict = try await Self.verdict(laterTriesMinutes: PollSchedule().laterTriesMinutes)
        #expect(verdict.missed == [])
        #expect(verdict.caught.isSubset(of: verdict.offered))
        #expect(verdict.offered.count == 979)
        #expect(verdict.owed.count == 971)
        // Four a quarter hour where nothing new comes, and the one at the start.
        #expect(verdict.requests.allSatisfy { (96...385).contains($0) })
    }

    @Test("with its later tries switched off misses versions by the same judgement")
    func noRetries() async throws {
        let verdict = try await Self.verdict(laterTriesMinutes: [])
        #expect(verdict.missed.count == 108)
        #expect(verdict.requests.allSatisfy { (96...97).contains($0) })
    }
}
