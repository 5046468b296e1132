import ArgumentParser
import WaitCore
import WaitStore

struct Profile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What is usual: a metric by hour, weekday or month.",
        discussion: """
            hour_of_day 0–23, day_of_week 1 = Monday to 7, hour_of_week 0 = Monday 00:00 to 167, month_of_year 1–12, in Hong Kong time. \
            Public holidays are not yet treated separately. "Usual" does not mean acceptable.

            EXAMPLES:
              waitkeeper profile QMH --metric t3_p50 --by hour_of_week
              waitkeeper profile QMH PWH --by day_of_week --in 2026 --format json
            """)

    @Argument(help: "Hospitals, by code or by name in any language; by default all that have readings.")
    var hospital: [String] = []

    @Option(help: "hour_of_day, day_of_week, hour_of_week or month_of_year.")
    var by: ProfileSize = .hourOfDay

    @OptionGroup var aggregate: AggregateOptions

    func run() async throws {
        let answer = try aggregate.answer(on: hospital) { database, codes, question, now in
            try database.profile(
                of: codes ?? database.hospitalsWithReadings(in: question.metric.feed), question, by: by, now: now)
        }
        AggregateReport(answer, by: by.rawValue).print(aggregate.output.format)
    }
}
