import ArgumentParser
import Foundation
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The whole pipeline, offline: a simulated day from a simulated publisher into a record of its own.",
        discussion: """
            The fetcher, the reader and the store are the real ones; the publisher runs inside this process on loopback, and its \
            figures are simulated. Nothing is fetched from elsewhere.

            EXAMPLES:
              waitkeeper demo
              waitkeeper demo --database /tmp/demo.sqlite
            """)

    @Option(help: ArgumentHelp("Where the demo's record goes; made anew each time.", valueName: "file"))
    var database = "waitkeeper-demo.sqlite"

    func run() async throws {
        let startedAt = ContinuousClock.now
        try makeRoom()
        let now = Date()
        let clock = SimulatedClock(startingAt: now.addingTimeInterval(-86_400), endingAt: now)
        let publisher = StandIn.publisher(seed: StandIn.seed, now: { clock.now })
        let server = try await ReplayServer.start(answer: publisher.answer(to:))
        Console.note("Simulated publisher on \(server.baseURL): the figures below are invented.")
        let composition = try composition(haURL: server.baseURL)
        let client = try CurlClient(userAgent: composition.settings.userAgent)
        let intake = composition.intake(fetch: client.fetch, clock: clock.wallClock)
        let passes = try await collectPlaces(composition, intake)
        try await collectDay(composition, intake, clock: clock)
        client.shutDown()
        let requests = server.requests.count
        try await server.stop()
        let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
        try DemoReport.print(
            composition.database, passes: passes, requests: requests, seconds: seconds, now: clock.now, path: database)
    }

    /// Removes the record of an earlier demo, and nothing else.
    private func makeRoom() throws {
        if FileManager.default.fileExists(atPath: database) {
            guard WaitDatabase.isSimulated(path: database) else {
                throw CommandError("\(database) is a file that no demo has made; name another one with --database.")
            }
            for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: database + suffix) {
                try FileManager.default.removeItem(atPath: database + suffix)
            }
        }
        try WaitDatabase.makeSimulated(path: database)
    }

    private func composition(haURL: String) throws -> Composition {
        let options = ["database": database, "ha-url": haURL, "log-level": "error"]
        return try Composition(Settings(SettingValues.builtIn(options: options)))
    }

    /// Directories, quotas and the retired old feed: one pass each.
    private func collectPlaces(_ composition: Composition, _ intake: Intake) async throws -> [FeedPass] {
        var passes: [FeedPass] = []
        for feed in Feed.all where feed.id != Feed.aeWait.id {
            passes.append(
                try await FeedPass.run(feed, documents: composition.settings.documents(of: feed), intake: intake))
        }
        return passes
    }

    /// The real poller through a day of the simulated clock.
    private func collectDay(_ composition: Composition, _ intake: Intake, clock: SimulatedClock) async throws {
        let start = clock.now
        let wall = clock.wallClock
        let bar = Progress(label: "simulated day")
        let ticking = WallClock(now: wall.now) { until in
            try await wall.sleep(until)
            await bar.update(Int(until.timeIntervalSince(start) / 60), of: 1_440)
        }
        let feed = Feed.aeWait
        try await FeedPoller(
            feed: feed, life: feed.life, documents: composition.settings.documents(of: feed),
            schedule: composition.settings.schedule, jitter: 0.5, database: composition.database, intake: intake,
            clock: ticking, logger: composition.logger
        ).run()
        await bar.update(1_440, of: 1_440)
    }

    /// The bar, held where the poller's clock can reach it.
    private actor Progress {
        private var bar: ProgressBar

        init(label: String) {
            bar = ProgressBar(label)
        }

        func update(_ done: Int, of total: Int) {
            bar.update(done, of: total)
        }
    }
}
