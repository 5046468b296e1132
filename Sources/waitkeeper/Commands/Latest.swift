import ArgumentParser
import Foundation
import WaitCore
import WaitIngest
import WaitStore

struct Latest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The newest reading of every hospital, and whether it is usual.",
        discussion: """
            T3 and T4/5 are the times within which half and most of the waiting patients are expected to be seen. IS compares the half \
            waits with the same hospital, weekday and hour of the 364 days before, from at least 20 dates: usual is within the middle \
            half, longer or shorter beyond it, much so beyond the outer 5 %. Public holidays are not told apart; usual is not acceptable.

            EXAMPLES:
              waitkeeper latest
              waitkeeper latest --format json
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings()
        let now = settings.clock.now()
        let readings = try Composition.reading(settings).latest(
            in: LatestReport.table, now: HongKongMinute(secondsSince1970: now.timeIntervalSince1970))
        Console.print(LatestReport.report(readings, now: now).text(output.format), terminator: "")
        if output.format == .table { Console.note("\(Words.sourceLine). \(Words.caveat)") }
    }
}
