import ArgumentParser
import WaitCore
import WaitIngest
import WaitStore

/// What an aggregate is asked of, and how to print it, as options.
struct AggregateOptions: ParsableArguments {
    @Option(help: "One of \(Metric.all.map(\.name).joined(separator: ", ")).")
    var metric = "t3_p50"

    @Option(
        help: ArgumentHelp("Also the share of readings of at least this: 240, 8h, 7h30, 90m.", valueName: "minutes"))
    var atLeast: Minutes?

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

    /// Asks the record about the hospitals that `texts` name, or about all where there are none. `ask` is given the time, too.
    /// - Throws: `ValidationError` that names what cannot be read.
    func answer<Answer>(
        on texts: [String], _ ask: (WaitDatabase, [String]?, AggregateQuestion, HongKongMinute) throws -> Answer
    ) throws -> Answer {
        let question = try question()
        let settings = try common.settings()
        let database = try Composition.reading(settings)
        let codes = try texts.isEmpty ? nil : HospitalArgument.codes(of: texts, in: database)
        return try ask(database, codes, question, settings.clock.minute)
    }

    private func question() throws -> AggregateQuestion {
        let metric = try MetricArgument.metric(metric)
        var question = AggregateQuestion(metric: metric)
        (question.from, question.to) = try range.ends()
        question.includesTrial = includeTrial
        if let atLeast {
            guard metric.unit == .minutes else {
                throw ValidationError(
                    "\(metric.name) is a share; --at-least goes with a metric in minutes, such as t3_p50.")
            }
            question.atLeast = atLeast.count
        }
        question.filter = try filter()
        return question
    }

    private func filter() throws -> SlotFilter {
        var filter = SlotFilter.everything
        if let weekdays {
            guard let days = SlotFilter.weekdays(weekdays) else {
                throw ValidationError(
                    "\"\(weekdays)\" does not name days of the week; write 1-5, 6,7 or mon-fri, 1 is Monday.")
            }
            filter.weekdays = days
        }
        if let hours {
            guard let hours = SlotFilter.hours(hours) else {
                throw ValidationError("\"\(hours)\" is not a span of hours; write 09-17 for 09:00 up to 17:00.")
            }
            filter.hours = hours
        }
        return filter
    }
}

/// Minutes as people write them: `90`, `90m`, `8h`, `7h30`, `7h30m`; 0 to 100000.
struct Minutes: ExpressibleByArgument {
    let count: Int

    init?(argument: String) {
        let text = argument.lowercased()
        let found: (hours: Substring, minutes: Substring)? =
            if let match = text.wholeMatch(of: /([0-9]{1,6})m?/) {
                ("0", match.1)
            } else if let match = text.wholeMatch(of: /([0-9]{1,4})h(?:([0-5]?[0-9])m?)?/) {
                (match.1, match.2 ?? "0")
            } else {
                nil
            }
        guard let found, let hours = Int(found.hours), let minutes = Int(found.minutes) else { return nil }
        count = hours * 60 + minutes
        guard count <= 100_000 else { return nil }
    }
}

/// Finds the metric that an argument names.
enum MetricArgument {
    static func metric(_ text: String) throws -> Metric {
        guard let metric = Metric.meant(by: text) else {
            let advice = Suggestion.advice(
                for: text, among: Metric.all.map(\.name), otherwise: "\"waitkeeper explain\" lists them all.")
            throw ValidationError("\"\(text)\" is not a metric; \(advice)")
        }
        return metric
    }
}

extension BucketSize: ExpressibleByArgument {}
extension ProfileSize: ExpressibleByArgument {}
