import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Latest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The newest reading of every hospital.",
        discussion: """
            T3 and T4/5 are the times within which half and most of the waiting patients are expected to be seen.

            EXAMPLES:
              waitkeeper latest
              waitkeeper latest --format json
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings()
        let readings = try Composition.reading(settings).latest(in: LatestReport.table)
        Console.print(LatestReport.report(readings, now: Date()).text(output.format), terminator: "")
        if output.format == .table { Console.note("\(Words.sourceLine). \(Words.caveat)") }
    }
}
