import Foundation
import Logging
import Synchronization
import WaitCore
import WaitFetch
import WaitFixtures
import WaitIngest
import WaitReplay
import WaitStore

/// Collects the simulated world from 2026-01-01 on as fast as it goes: the real poller, client and store on a clock of their own.
/// Taken up again, it goes on where the record says.
///
/// For `make torture`, which kills it, and for the figures of a collector that runs for long.
struct BusyCollection {
    static let start = Date(timeIntervalSince1970: 1_767_196_800)  // 2026-01-01T00:00:00+08:00
    let path: String
    let days: Int
    /// The other feeds' documents, too, once a day before the new A&E feed is polled through it.
    var asksForAll = false
    /// From this moment on the publisher stands still; nil: never.
    var frozenFrom: Date?
    /// Told before each pass over the new A&E feed how many there were.
    var beforePass: @Sendable (Int) -> Void = { _ in }

    private static let world = SimulatedWorld(
        seed: 1, hospitals: BundledPlaces.hospitals.map { SimulatedHospital(name: $0.name, busyness: 1) })
    private static let silent = Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() })

    func run() async throws {
        let database = try WaitDatabase.open(path: path)
        let client = try CurlClient(userAgent: "Waitkeeper-bench")
        let passes = PassCount()
        for day in 0..<days {
            let midnight = Self.start.addingTimeInterval(Double(day) * 86_400)
            let clock = SimulatedClock(startingAt: midnight, endingAt: midnight.addingTimeInterval(86_400))
            try await collect(clock, database, client.fetch, passes)
        }
        client.shutDown()
    }

    /// Through one day, or what is left of it.
    private func collect(
        _ clock: SimulatedClock, _ database: WaitDatabase, _ fetch: @escaping Fetch, _ passes: PassCount
    ) async throws {
        let (midnight, frozenFrom) = (clock.now, frozenFrom)
        let now: @Sendable () -> Date = { frozenFrom.map { min($0, clock.now) } ?? clock.now }
        let publisher = ReplayPublisher(world: Self.world, folder: DocumentFolder(FixtureFiles.all), now: now)
        let server = try await ReplayServer.start(keepsLog: false, answer: publisher.answer(to:))
        let ingestor = DocumentIngestor(
            fetch: fetch, database: database, clock: clock.wallClock, source: DocumentSource(baseURL: server.baseURL),
            logger: Self.silent)
        if asksForAll { try await askForOthers(midnight, ingestor, database) }
        let document = Feed.aeWait.documents[0]
        // What was polled before a kill is not polled again.
        let resumed = try database.pollHistory(of: [document]).lastAttemptAt ?? midnight
        guard resumed < midnight.addingTimeInterval(86_400) else { return try await server.stop() }
        if resumed > midnight { try await clock.wallClock.sleep(resumed) }
        let counting = WallClock(
            now: { clock.now },
            sleep: { until in
                try await clock.wallClock.sleep(until)
                beforePass(passes.next())
            })
        try await FeedPoller(
            feed: .aeWait, life: Feed.aeWait.life, documents: [document], schedule: PollSchedule(), jitter: 0.5,
            database: database, ingestor: ingestor, clock: counting, logger: Self.silent
        ).run()
        try await server.stop()
    }

    /// Document by document, so that one that was stored before a kill is not asked for again.
    private func askForOthers(_ midnight: Date, _ ingestor: DocumentIngestor, _ database: WaitDatabase) async throws {
        for feed in Feed.all where feed.id != Feed.aeWait.id {
            for document in feed.documents
            where try database.pollHistory(of: [document]).lastAttemptAt.map({ $0 < midnight }) ?? true {
                _ = try await ingestor.take(document, of: feed)
            }
        }
    }
}

/// How many passes there were before; the poller's clock counts from its own task.
private final class PassCount: Sendable {
    private let passes = Atomic(0)

    func next() -> Int { passes.add(1, ordering: .relaxed).oldValue }
}
