import ArgumentParser
import Foundation
import WaitCore
import WaitIngest
import WaitStore

struct Latest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The newest reading of every hospital, and whether it is usual.",
        discussion: """
            T3 and T4/5 are the times within which half and most of the waiting patients are expected to be seen. USUAL? \
            compares the half waits with the same hospital, weekday and hour of the 364 days before, from at least 20 \
            dates. It goes by the percentile, 100 × (below + ½ equal) ÷ count: usual from 25 to 75, shorter or longer \
            beyond, much so up to 5 and from 95. Public holidays are not yet treated separately; "usual" does not mean \
            acceptable.

            EXAMPLES:
              waitkeeper latest
              waitkeeper latest --format json
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings()
        let now = settings.clock.now()
        let database = try Composition.reading(settings)
        let readings = try database.latest(
            in: LatestReport.table, now: HongKongMinute(secondsSince1970: now.timeIntervalSince1970))
        let text = LatestReport.report(readings, now: now).text(
            output.format, isSimulated: try database.isSimulated(),
            more: [
                ("feed", JSONText.quoted(LatestReport.table.feed)), ("usual_caveat", JSONText.quoted(Usual.caveat)),
            ])
        Console.print(text, terminator: "")
        if output.format == .table { Console.note("\(Attribution.sourceLine). \(Attribution.caveat)") }
    }
}
