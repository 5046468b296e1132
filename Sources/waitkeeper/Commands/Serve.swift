import ArgumentParser
import Foundation
import ServiceLifecycle
import WaitWeb

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the pages and the API alone, read-only; ends cleanly on SIGTERM and Ctrl-C.",
        discussion: """
            It can run beside a collector, and never changes the record. Requests and their limits are described in \
            docs/api.md; the API describes itself at /openapi.json.

            EXAMPLES:
              waitkeeper serve
              waitkeeper serve --listen 127.0.0.1:0 --database record.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var listening: ListenOptions

    func run() async throws {
        let settings = try common.settings([ListenOptions.key: listening.listen])
        let database = try Composition.reading(settings)
        let logger = Composition.logger(settings.logLevel)
        try await Composition.group(
            of: [Composition.web(settings, database, logger: logger), RecordWatch(database: database, logger: logger)],
            logger: logger
        ).run()
    }
}
