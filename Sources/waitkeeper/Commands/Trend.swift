import ArgumentParser
import WaitCore
import WaitStore

struct Trend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Aggregates over time: count, coverage, quantiles and mean of a metric.",
        discussion: """
            A quantile is a figure that was published: the smallest whose share reaches it. Several hospitals are several series, never \
            pooled. A row under 0.9 of its quarter hours is partial; edge rows are cut to the range. By default the range is the feed's life, \
            as coverage counts it. --weekdays and --hours choose quarter hours by their own day: --weekdays 1 --hours 22-06 is Monday \
            before 06:00 and from 22:00, not Monday night. Weeks are ISO weeks, financial years begin on 1 April.

            EXAMPLES:
              waitkeeper trend QMH --metric t45_p50 --by month
              waitkeeper trend QMH PWH --metric t3_p50 --by day --in 2026-01 --format csv
              waitkeeper trend QMH --by week --at-least 4h --weekdays mon-fri --hours 09-17
            """)

    @Argument(help: "Hospitals, by code or by name in any language; by default all that have readings.")
    var hospital: [String] = []

    @Option(help: "quarter_hour, hour, day, week, month, year or financial_year.")
    var by: BucketSize = .month

    @OptionGroup var aggregate: AggregateOptions

    func run() async throws {
        let answer = try aggregate.answer(on: hospital) { database, codes, question, now in
            try database.trend(
                of: codes ?? database.hospitalsWithReadings(in: question.metric.feed), question, by: by, now: now)
        }
        AggregateReport(answer, by: by.rawValue).print(aggregate.output.format)
    }
}
