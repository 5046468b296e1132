import ArgumentParser
import Foundation
import WaitCore
import WaitIngest
import WaitStore

struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "What is known about every quarter hour, and how complete the record is.",
        discussion: """
            A slot is one quarter hour of one hospital: observed (live), healed (from the archive or an import), not \
            archived (the archive was asked and has none), lost (listed there, but could not be fetched), unknown (not \
            asked yet, or asking failed). Coverage is (observed + healed) ÷ expected; a row under 0.9 is partial. On a \
            terminal a calendar of days is drawn as well.

            EXAMPLES:
              waitkeeper coverage --by month
              waitkeeper coverage --feed ae-top-wait --in 2024 --by day --format csv
              waitkeeper coverage --hospital QMH --from 2026-01 --to 2026-03 --by week
            """)

    @Option(help: "ae-wait or ae-top-wait.")
    var feed: LedgerFeed = .aeWait

    @Option(help: "quarter_hour, hour, day, week, month, year or financial_year.")
    var by: BucketSize = .month

    @Option(help: "One hospital, by code or name; by default all are counted together.")
    var hospital: String?

    @OptionGroup var range: RangeOptions
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings()
        let database = try Composition.reading(settings)
        let now = settings.clock.minute
        let whole = TimeRange(from: HongKongMinute(sinceEpoch: 0), to: now)
        let range = try range.range(whole: whole)
        let code = try hospital.map { try HospitalArgument.code(of: $0, in: database) }
        let coverage = try database.coverage(of: feed.rawValue, hospital: code, by: by, in: range, now: now)
        let text = CoverageReport.text(coverage, feed: feed.rawValue, by: by, hospital: code, output.format)
        Console.print(text, terminator: "")
        if output.format == .table, Console.isOutputTerminal {
            let days = try database.coverage(of: feed.rawValue, hospital: code, by: .day, in: range, now: now)
            Console.print("\n" + CoverageCalendar.text(days), terminator: "")
        }
        Console.note(CoverageReport.words(coverage, feed: feed.rawValue))
    }
}
