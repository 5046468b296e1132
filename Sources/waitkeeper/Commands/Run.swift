import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import WaitFetch
import WaitStore

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Polls all feeds for ever; ends clean on SIGTERM and on Ctrl-C.",
        discussion: """
            The A&E feed is asked just after each quarter hour, and again after 2, 4 and 8 minutes where nothing new was there; \
            weekly and quarterly feeds once a day; quarter hours that were missed are asked of the government archive at start and \
            every hour. Logs go to standard error.

            EXAMPLES:
              waitkeeper run
              waitkeeper run --database /var/lib/waitkeeper/record.sqlite --log-level debug
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var source: SourceOptions
    @OptionGroup var archive: ArchiveOptions

    func run() async throws {
        let settings = try common.settings(archive.settings.merging([SourceOptions.key: source.haURL]) { $1 })
        let lock = try RunLock.acquire(besides: settings.database)
        defer { lock.release() }
        let composition = try Composition.collecting(settings)
        let client = try CurlClient(userAgent: settings.userAgent)
        let intake = composition.intake(fetch: client.fetch)
        let pollers = composition.pollers(intake: intake, jitter: Double.random(in: 0..<1))
        let healers = composition.healers(composition.archive(fetch: client.fetch, rate: archive.rate))
        composition.logger.info("collecting", metadata: ["database": "\(settings.database)"])
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: pollers.map { .init(service: $0) } + healers.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: composition.logger)
        ).run()
        client.shutDown()
        composition.logger.info("ended")
    }
}
