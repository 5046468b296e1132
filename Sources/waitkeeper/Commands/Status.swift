import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The feeds' age and health, and what in the record a person should look at.",
        discussion: """
            A feed is fresh, stale, failing, retired, or was never asked. With --check it exits 1 where one is stale, failing or was never asked.

            EXAMPLES:
              waitkeeper status
              waitkeeper status --check --format json
            """)

    @Flag(help: "Exit 1 where a feed is stale, failing or was never asked.")
    var check = false

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings()
        let now = Date()
        let database = try Composition.reading(settings)
        let status = try database.status(now: Int(now.timeIntervalSince1970))
        Console.print(StatusReport.feeds(status, now: now).text(output.format), terminator: "")
        if output.format == .table {
            Console.print("\n" + (try StatusReport.completeness(of: database, now: now).table()), terminator: "")
            Console.print(StatusReport.words(status, path: settings.database), terminator: "")
        }
        let isTroubled = status.feeds.contains { StatusReport.health(of: $0, now: now).isTrouble }
        if check, isTroubled { throw ExitCode.failure }
    }
}
