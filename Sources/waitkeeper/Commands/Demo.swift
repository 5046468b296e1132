import ArgumentParser
import Foundation
import ServiceLifecycle
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The whole pipeline, offline: simulated days with an outage that is healed, in a separate record.",
        discussion: """
            The fetcher, the reader and the store are the real ones; the publisher runs inside this process on loopback, and its \
            figures are simulated. Nothing is fetched from elsewhere.

            EXAMPLES:
              waitkeeper demo
              waitkeeper demo --serve
              waitkeeper demo --days 200 --database /tmp/demo.sqlite
            """)

    @Option(help: ArgumentHelp("Where the demo's record goes; replaced each time.", valueName: "file"))
    var database = "waitkeeper-demo.sqlite"

    @Option(
        help: ArgumentHelp(
            "How many days, 2 to 400; all but the last two come from the simulated archive. By default 2, with --serve 200: enough to say what is usual.",
            valueName: "n"))
    var days: Int?

    @Flag(help: "Serve the pages at the end, until Ctrl-C.")
    var serve = false

    @OptionGroup var listening: ListenOptions

    func validate() throws {
        guard (2...400).contains(days ?? 2) else { throw ValidationError("--days must be from 2 to 400.") }
        guard serve || listening.listen == nil else { throw ValidationError("--listen works only with --serve.") }
    }

    func run() async throws {
        let startedAt = ContinuousClock.now
        let clock = try clock()
        try makeRoom()
        let world = DemoWorld(now: clock.now(), days: days ?? (serve ? 200 : 2))
        let server = try await ReplayServer.start(answer: world.answer(to:))
        Console.note("Simulated publisher on \(server.baseURL): the figures below are invented.")
        let composition = try composition(haURL: server.baseURL, clock)
        let client = try CurlClient(userAgent: composition.settings.userAgent)
        let ingestor = composition.ingestor(fetch: client.fetch, clock: world.clock.wallClock)
        let passes = try await collectPlaces(composition, ingestor)
        for past in world.pasts { try await takePast(past, composition, client, world) }
        try await collectDays(composition, ingestor, world)
        // The last wait ended before now: the archive has only days that are over.
        try await world.clock.wallClock.sleep(world.end)
        // Once a day, as `run` does: what was asked yesterday is old by now.
        _ = try await collectPlaces(composition, ingestor)
        let healed = try await heal(composition, client, world)
        client.shutDown()
        let requests = server.requests.count
        try await server.stop()
        let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
        try DemoReport(
            database: composition.database, passes: passes, world: world, healed: healed, requests: requests,
            seconds: seconds, path: database
        ).print()
        if serve { try await servePage(composition) }
    }

    /// The page and the API, as `serve` has them.
    private func servePage(_ composition: Composition) async throws {
        let (database, logger) = (composition.database, composition.logger)
        try await Composition.group(
            of: [
                Composition.web(composition.settings, database, logger: logger),
                RecordWatch(database: database, logger: logger),
            ], logger: logger
        ).run()
    }

    /// Removes the record of an earlier demo, and nothing else.
    private func makeRoom() throws {
        if FileManager.default.fileExists(atPath: database) {
            guard WaitDatabase.isSimulated(path: database) else {
                throw CommandError("\(database) was not made by the demo; name another file with --database.")
            }
            for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: database + suffix) {
                try FileManager.default.removeItem(atPath: database + suffix)
            }
        }
        try WaitDatabase.makeSimulated(path: database)
    }

    /// - Throws: `ValidationError` where it cannot be read; `CommandError` where it shows a time from before the feed's first days.
    private func clock() throws -> WallClock {
        let clock: WallClock
        do {
            clock = try ClockSetting.clock()
        } catch {
            throw ValidationError(error.description)
        }
        guard clock.minute >= DemoWorld.earliest else {
            throw CommandError(
                "The machine's clock shows \(clock.minute.rfc3339), before the feed began; set the clock, or WAITKEEPER_CLOCK."
            )
        }
        return clock
    }

    private func composition(haURL: String, _ clock: WallClock) throws -> Composition {
        let archiveURL = "\(haURL)/v1/historical-archive"
        var options = ["database": database, "ha-url": haURL, "archive-url": archiveURL, "log-level": "error"]
        options[ListenOptions.key] = listening.listen
        var settings = try Settings(SettingValues.builtIn(options: options))
        settings.clock = clock
        return try Composition(settings)
    }

    /// Directories, quotas, the retired old feed and the datasets: one pass each.
    private func collectPlaces(_ composition: Composition, _ ingestor: DocumentIngestor) async throws -> [FeedPass] {
        var passes: [FeedPass] = []
        for feed in composition.database.catalogue.feeds where feed.id != Feed.aeWait.id {
            passes.append(try await composition.pass(over: feed, ingestor))
        }
        return passes
    }

    /// The real backfill of days that were not polled, on a clock that never waits.
    private func takePast(
        _ past: DemoWorld.Past, _ composition: Composition, _ client: CurlClient, _ world: DemoWorld
    ) async throws {
        let clock = SimulatedClock(startingAt: world.end, endingAt: .distantFuture).wallClock
        let archive = composition.archive(fetch: client.fetch, clock: clock)
        for document in composition.settings.documents(of: past.feed) {
            var bar = ProgressBar("history of \(past.feed.id)")
            _ = try await composition.backfill(past.feed, document, archive, clock: clock).run(past.range) {
                bar.update($0.done, of: $0.total)
            }
        }
    }

    /// The real poller through yesterday and today on the simulated clock.
    private func collectDays(_ composition: Composition, _ ingestor: DocumentIngestor, _ world: DemoWorld) async throws
    {
        let wall = world.clock.wallClock
        let total = Int(world.end.timeIntervalSince(world.start) / 60)
        let bar = Progress(label: "simulated days")
        let ticking = WallClock(now: wall.now) { until in
            try await wall.sleep(until)
            await bar.update(Int(until.timeIntervalSince(world.start) / 60), of: total)
        }
        let feed = Feed.aeWait
        try await FeedPoller(
            feed: feed, life: feed.life, documents: composition.settings.documents(of: feed),
            schedule: composition.settings.schedule, jitter: 0.5, database: composition.database, ingestor: ingestor,
            clock: ticking, logger: composition.logger
        ).run()
        await bar.update(total, of: total)
    }

    /// The real healer, on its own clock that never waits; returns the number of readings filled in.
    private func heal(_ composition: Composition, _ client: CurlClient, _ world: DemoWorld) async throws -> Int {
        let clock = SimulatedClock(startingAt: world.end, endingAt: .distantFuture).wallClock
        let archive = composition.archive(fetch: client.fetch, clock: clock)
        let since = HongKongMinute(secondsSince1970: world.start.timeIntervalSince1970)
        var readings = 0
        for healer in composition.healers(archive, clock: clock) where healer.feed.id == Feed.aeWait.id {
            readings += try await healer.heal(since: since).readings
        }
        return readings
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
