import ArgumentParser
import WaitCore
import WaitIngest
import WaitStore

/// What an aggregate is asked of, and how to print it, as options.
struct AggregateOptions: ParsableArguments {
    @Option(help: "One of \(Metric.all.map(\.name).joined(separator: ", ")).")
    var metric = "t3_p50"

    @Option(help: ArgumentHelp("Also the share of readings of at least so many minutes.", valueName: "minutes"))
    var atLeast: Int?

    @Option(help: ArgumentHelp("Only these days of the week: 1-5, 6,7, mon-fri.", valueName: "days"))
    var weekdays: String?

    @Option(
        help: ArgumentHelp(
            "Only these hours of each day: 09-17 is from 09:00 up to 17:00, 22-06 before 06:00 and from 22:00.",
            valueName: "hours"))
    var hours: String?

    @Flag(help: "Count readings from before the feed's life, too.")
    var includeTrial = false

    @OptionGroup var range: RangeOptions
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    /// Asks the record of the hospitals that `texts` name; none of them: of all, as `ask` has it, which also learns what time it is.
    /// - Throws: `ValidationError` that names what cannot be read.
    func answer<Answer>(
        on texts: [String], _ ask: (WaitDatabase, [String], AggregateQuestion, HongKongMinute) throws -> Answer
    ) throws -> Answer {
        let question = try question()
        let settings = try common.settings()
        let database = try Composition.reading(settings)
        return try ask(database, HospitalArgument.codes(of: texts, in: database), question, settings.clock.minute)
    }

    private func question() throws -> AggregateQuestion {
        guard let metric = Metric.named(metric) else {
            throw ValidationError("\"\(metric)\" is no metric; \"waitkeeper explain\" lists them all.")
        }
        var question = AggregateQuestion(metric: metric)
        (question.from, question.to) = try range.ends()
        question.includesTrial = includeTrial
        if let atLeast {
            guard metric.unit == .minutes, (0...100_000).contains(atLeast) else {
                throw ValidationError("--at-least takes minutes, 0 to 100000, and a metric that is in minutes.")
            }
            question.atLeast = atLeast
        }
        question.filter = try filter()
        return question
    }

    private func filter() throws -> SlotFilter {
        var filter = SlotFilter.everything
        if let weekdays {
            guard let days = SlotFilter.weekdays(weekdays) else {
                throw ValidationError("\"\(weekdays)\" names no weekdays; write 1-5, 6,7 or mon-fri, 1 is Monday.")
            }
            filter.weekdays = days
        }
        if let hours {
            guard let hours = SlotFilter.hours(hours) else {
                throw ValidationError("\"\(hours)\" are no hours; write 09-17 for 09:00 up to 17:00.")
            }
            filter.hours = hours
        }
        return filter
    }
}

extension BucketSize: ExpressibleByArgument {}
extension ProfileSize: ExpressibleByArgument {}
