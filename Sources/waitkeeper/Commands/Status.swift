import ArgumentParser
import Foundation
import WaitCore
import WaitIngest
import WaitStore

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The feeds' age and health, how complete the record is, and what needs attention.",
        discussion: """
            A feed is fresh, late (a version is overdue), frozen (it answers, but its own time stands still), failing, \
            not asked (the collector is not running), never asked, or retired. With --check it exits 1 if a feed is \
            frozen, not asked, never asked or never fetched, or has failed for half an hour (a daily feed: for a day). \
            JSON is one object, CSV the feeds alone.

            EXAMPLES:
              waitkeeper status
              waitkeeper status --check --format json
            """)

    @Flag(help: "Exit 1 if a feed needs attention, as described above.")
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
