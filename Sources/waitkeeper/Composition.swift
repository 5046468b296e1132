import ArgumentParser
import Foundation
import Logging
import WaitCore
import WaitFetch
import WaitIngest
import WaitStore
import WaitWeb

/// The composition root: settings, logger, record and fetcher of one process, put together once.
struct Composition {
    /// The datasets of this process: those of this version, and what a test adds.
    @TaskLocal static var catalogue = Catalogue.standard

    let settings: Settings
    let database: WaitDatabase
    let logger: Logger

    /// Opens the record for a command that writes.
    ///
    /// - Parameter logLevel: in place of the settings' level, for commands that say on their own what went wrong.
    /// - Throws: `StoreError`.
    init(_ settings: Settings, logLevel: Logger.Level? = nil) throws {
        self.settings = settings
        logger = Self.logger(logLevel ?? settings.logLevel)
        database = try WaitDatabase.open(path: settings.database, catalogue: Self.catalogue)
    }

    /// What time it is, for all that this process does.
    var clock: WallClock { settings.clock }

    /// Refuses to ask real publishers by a clock that is set: a record of the real feeds says truly when each document came.
    ///
    /// - Parameter sources: the addresses that documents are asked from.
    /// - Throws: `ValidationError` where the clock is set and a source is not on loopback.
    static func requireStandIns(_ settings: Settings, at sources: [String]) throws {
        guard settings.isClockSet, let real = sources.first(where: { !$0.hasPrefix("http://") }) else { return }
        throw ValidationError(
            "The clock is set, and \(real) is the real publisher; clear WAITKEEPER_CLOCK, or name a stand-in on loopback."
        )
    }

    /// For the commands that collect: the feeds' lives, and which names are one hospital's, become what the settings say.
    /// - Throws: `StoreError`; `ValidationError` as `requireStandIns`.
    static func collecting(
        _ settings: Settings, from sources: [String], logLevel: Logger.Level? = nil
    ) throws -> Composition {
        try requireStandIns(settings, at: sources)
        return try collecting(settings, logLevel: logLevel)
    }

    /// - Throws: `StoreError`.
    static func collecting(_ settings: Settings, logLevel: Logger.Level? = nil) throws -> Composition {
        let composition = try Composition(settings, logLevel: logLevel)
        try composition.database.setLives(settings.lives)
        try composition.database.setSameNames(settings.sameNames)
        return composition
    }

    /// Opens an existing record for a command that only reads.
    /// - Throws: `StoreError` where there is none.
    static func reading(_ settings: Settings) throws -> WaitDatabase {
        guard FileManager.default.fileExists(atPath: settings.database) else {
            throw StoreError(
                code: .cannotOpen,
                message:
                    "There is no record at \(settings.database); run \"waitkeeper poll\" first, or name it with --database."
            )
        }
        let database = try WaitDatabase.openReadOnly(path: settings.database, catalogue: catalogue)
        if try database.isSimulated() {
            Console.note("\(settings.database) was made by the demo: its figures are SIMULATED.")
        }
        if settings.isClockSet { Console.note("The clock is set: now is \(settings.clock.minute.rfc3339).") }
        return database
    }

    /// An intake from the addresses the settings say.
    func ingestor(fetch: @escaping Fetch, clock: WallClock) -> DocumentIngestor {
        DocumentIngestor(
            fetch: fetch, database: database, clock: clock, source: settings.source,
            limits: settings.limits, logger: logger)
    }

    /// One pass over a feed, for commands that end where the record cannot be written.
    /// - Throws: `CommandError` with the store's sentence; `CancellationError`.
    func pass(over feed: Feed, _ ingestor: DocumentIngestor) async throws -> FeedPass {
        let pass = try await FeedPass.run(feed, documents: settings.documents(of: feed), ingestor: ingestor)
        if let failure = pass.failures.first {
            throw CommandError(StoreError.sentence(failure.cause, of: database))
        }
        return pass
    }

    /// One poller a feed, each on a clock by which `liveness` sees it move.
    func pollers(fetch: @escaping Fetch, jitter: Double, liveness: PollerLiveness) -> [FeedPoller] {
        database.catalogue.feeds.map { feed in
            let clock = liveness.clock(of: feed.id, self.clock)
            return FeedPoller(
                feed: feed, life: settings.lives[feed.id] ?? feed.life, documents: settings.documents(of: feed),
                schedule: settings.schedule, jitter: jitter, database: database,
                ingestor: ingestor(fetch: fetch, clock: clock), clock: clock, logger: logger)
        }
    }

    /// What tells the service manager about `run`, where there is one.
    func heartbeat(liveness: PollerLiveness, listening: AsyncStream<ListenAddress>) -> Heartbeat? {
        let environment = ProcessInfo.processInfo.environment
        return NotifySocket(environment: environment).map { socket in
            Heartbeat(
                socket: socket, interval: Heartbeat.interval(environment: environment), listening: listening,
                healthCheck: HealthCheck(
                    liveness: liveness, database: database, patience: .seconds(600 + 4 * settings.limits.totalSeconds)),
                logger: logger)
        }
    }

    /// The government archive at the address the settings say, at most four requests at once.
    func archive(fetch: @escaping Fetch, rate: Int = 5, clock: WallClock) -> ArchiveClient {
        ArchiveClient(
            fetch: fetch, pace: RequestPace(perSecond: rate), baseURL: settings.archiveURL,
            limits: settings.limits, clock: clock, logger: logger)
    }

    func backfill(_ feed: Feed, _ document: Document, _ archive: ArchiveClient, clock: WallClock) -> Backfill {
        Backfill(
            feed: feed, document: document, client: archive, database: database, clock: clock, logger: logger)
    }

    /// One healer a feed of readings, for the document its slots are counted by.
    func healers(_ archive: ArchiveClient, clock: WallClock) -> [Healer] {
        ReadingTable.all.compactMap { table in
            guard let feed = database.catalogue.feed(table.feed),
                let document = feed.documents.first(where: { $0.language == .en })
            else { return nil }
            return Healer(
                feed: feed, document: document, client: archive, database: database, clock: clock, logger: logger)
        }
    }

    /// Tells what a person should know of.
    func watch() -> IncidentWatch {
        let path = settings.database
        return IncidentWatch(
            database: database, plan: IncidentPlan(leastFreeBytes: settings.leastFreeBytes),
            freeBytes: { DiskSpace.free(at: path) }, clock: clock, logger: logger)
    }

    /// The API over `database`; says on standard error where it listens.
    static func web(
        _ settings: Settings, _ database: WaitDatabase, logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) -> Void = { _ in }
    ) throws -> WebService {
        var configuration = WebConfiguration(
            listen: settings.listen, limits: settings.webLimits, version: Waitkeeper.version)
        (configuration.libraries, configuration.tiles) = (settings.libraries, settings.mapTiles)
        configuration.hasAccessLog = settings.hasAccessLog
        configuration.base = settings.base
        return try WebService(
            configuration: configuration, database: database, clock: settings.clock.now, logger: logger,
            onListening: {
                Console.note("Listening on http://\($0)/ (the pages; the API: http://\($0)/openapi.json).")
                onListening($0)
            })
    }

    static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "waitkeeper", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = level
        return logger
    }
}
