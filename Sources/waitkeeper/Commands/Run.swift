import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import WaitFetch
import WaitStore
import WaitWeb

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Polls all feeds for ever and serves the pages and the API; ends cleanly on SIGTERM, SIGHUP and Ctrl-C.",
        discussion: """
            The A&E feed is asked just after each quarter hour, and again after 2, 4 and 8 minutes if there was \
            nothing new; weekly and quarterly feeds once a day, yearly ones once a week; the government archive is asked for missed quarter \
            hours at start and every hour. The pages and the API are served meanwhile. Logs go to standard error.

            EXAMPLES:
              waitkeeper run
              waitkeeper run --no-serve
              waitkeeper run --listen 127.0.0.1:8090 --log-level debug
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var source: SourceOptions
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var listening: ListenOptions

    @Flag(name: .customLong("no-serve"), help: "Collect only.")
    var isQuiet = false

    func run() async throws {
        let options = archive.settings.merging(source.settings) { $1 }
        let settings = try common.settings(options.merging([ListenOptions.key: listening.listen]) { $1 })
        try Composition.requireStandIns(
            settings, at: settings.addresses(of: Composition.catalogue) + [settings.archiveURL])
        let (lock, composition) = try await RoomWait(logger: Composition.logger(settings.logLevel))() {
            try Self.open(settings)
        }
        defer { lock.release() }
        let client = try CurlClient(userAgent: settings.userAgent)
        let liveness = PollerLiveness()
        let pollers = composition.pollers(fetch: client.fetch, jitter: Double.random(in: 0..<1), liveness: liveness)
        let archive = composition.archive(fetch: client.fetch, rate: archive.rate, clock: composition.clock)
        let healers = composition.healers(archive, clock: composition.clock)
        composition.logger.info("collecting", metadata: ["database": "\(settings.database)"])
        let (addresses, listening) = AsyncStream.makeStream(of: ListenAddress.self)
        if isQuiet { listening.finish() }
        // In the order of their dependence; they end in the reverse, the heartbeat first, which tells of it.
        var services: [any Service] = pollers
        services += healers as [any Service]
        services.append(composition.watch())
        services.append(RecordWatch(database: composition.database, logger: composition.logger))
        if !isQuiet {
            let web = try Composition.web(
                settings, composition.database, logger: composition.logger, onListening: { listening.yield($0) })
            services.append(
                RetryingWebService(web: web, logger: composition.logger, onRefused: { listening.finish() }))
        }
        if let heartbeat = composition.heartbeat(liveness: liveness, listening: addresses) {
            services.append(heartbeat)
        }
        services.append(ShutdownDeadline(database: composition.database))
        try await Composition.group(of: services, logger: composition.logger).run()
        client.shutDown()
        composition.logger.info("ended")
    }

    /// The lock and the record; without the record no lock is held.
    private static func open(_ settings: Settings) throws(StoreError) -> (RunLock, Composition) {
        let lock = try RunLock.acquire(besides: settings.database)
        do throws(StoreError) {
            return (lock, try StoreError.translating(settings.database) { try Composition.collecting(settings) })
        } catch {
            lock.release()
            throw error
        }
    }
}
