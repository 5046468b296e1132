import Foundation
import Logging
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

/// Collects the simulated world's new A&E feed from 2026-01-01 on as fast as it goes: the real poller, client and store on a clock of
/// their own. Taken up again, it goes on where the record says.
///
/// For `make torture`, which kills it, and for the figures of a collector that runs for long.
struct BusyCollection {
    static let start = Date(timeIntervalSince1970: 1_767_196_800)  // 2026-01-01T00:00:00+08:00
    let path: String
    let days: Int
    /// From this moment on the publisher stands still; nil: never.
    var frozenFrom: Date?
    /// Told after each pass how many there were.
    var afterPass: @Sendable (Int) -> Void = { _ in }

    private static let world = SimulatedWorld(
        seed: 1, hospitals: BundledPlaces.hospitals.map { SimulatedHospital(name: $0.name, busyness: 1) })

    func run() async throws {
        let database = try WaitDatabase.open(path: path)
        let document = Feed.aeWait.documents[0]
        let resumed = try database.pollHistory(of: [document]).lastAttemptAt ?? Self.start
        let clock = SimulatedClock(
            startingAt: max(resumed, Self.start), endingAt: Self.start.addingTimeInterval(Double(days) * 86_400))
        let (frozenFrom, world) = (frozenFrom, Self.world)
        let server = try await ReplayServer.start(keepsLog: false) { request in
            let now = clock.now
            return world.answer(to: request, at: frozenFrom.map { min($0, now) } ?? now) ?? .notFound
        }
        let client = try CurlClient(userAgent: "Waitkeeper-bench")
        let silent = Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() })
        let passes = Passes(afterPass)
        let counting = WallClock(
            now: { clock.now },
            sleep: { until in
                try await clock.wallClock.sleep(until)
                passes.count()
            })
        try await FeedPoller(
            feed: .aeWait, life: Feed.aeWait.life, documents: [document], schedule: PollSchedule(), jitter: 0.5,
            database: database,
            intake: Intake(
                fetch: client.fetch, database: database, clock: clock.wallClock,
                source: DocumentSource(baseURL: server.baseURL), logger: silent),
            clock: counting, logger: silent
        ).run()
        client.shutDown()
        try await server.stop()
    }

    /// Counts on the poller's task alone.
    private final class Passes: @unchecked Sendable {
        private var passes = 0
        private let after: @Sendable (Int) -> Void

        init(_ after: @escaping @Sendable (Int) -> Void) {
            self.after = after
        }

        func count() {
            after(passes)
            passes += 1
        }
    }
}
