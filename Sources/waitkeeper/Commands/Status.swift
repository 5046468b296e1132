import ArgumentParser
import Foundation
import WaitCore
import WaitIngest
import WaitStore

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The feeds' age and health, how whole the record is, and what in it a person should look at.",
        discussion: """
            A feed is fresh, late (a version is overdue), frozen (it answers, and its own time stands still), failing, not asked (the \
            collector does not run), never asked, or retired. With --check it exits 1 where a feed is frozen, not asked, never asked or \
            never had, or has failed for half an hour (a daily feed: for a day). JSON is one object, CSV the feeds alone.

            EXAMPLES:
              waitkeeper status
              waitkeeper status --check --format json
            """)

    @Flag(help: "Exit 1 where a person should look at a feed, as said above.")
    var check = false

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings()
        let database = try Composition.reading(settings)
        let report = try StatusReport(
            database, path: settings.database, freeBytes: DiskSpace.free(at: settings.database),
            now: settings.clock.now())
        Console.print(report.text(output.format), terminator: "")
        if check, report.isTroubled { throw ExitCode.failure }
    }
}
