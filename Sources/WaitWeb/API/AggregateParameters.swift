import WaitCore
import WaitStore

extension Parameters {
    static let metric = Parameter.word(
        "metric", Metric.all.map(\.name), "Which figure; by default t3_p50. `waitkeeper explain` says what each means.")
    static let trendBy = Parameter.word(
        "by", BucketSize.allCases.map(\.rawValue), example: "month", "How the range is divided; by default by month.")
    static let profileBy = Parameter.word(
        "by", ProfileSize.allCases.map(\.rawValue), "The cycle to group by; by default hour_of_day.")
    static let atLeast = Parameter.integer(
        "at_least", 0...100_000, example: 240, "Also the share of readings of at least so many minutes.")
    static let weekdays = Parameter<Set<Int>>(
        name: "weekdays", about: "Only these days of the week, 1 is Monday.", example: "1-5",
        schema: .text(pattern: "^[0-9A-Za-z,-]{1,80}$"), expectation: "days such as 1-5, 6,7 or mon-fri",
        read: SlotFilter.weekdays)
    static let hours = Parameter<SlotFilter.Hours>(
        name: "hours",
        about: "Only these hours of each day: 09-17 is from 09:00 up to 17:00, 22-06 before 06:00 and from 22:00.",
        example: "09-17", schema: .text(pattern: "^[0-9]{1,2}(-[0-9]{1,2})?$"), expectation: "hours such as 09-17",
        read: SlotFilter.hours)

    static let minCoverage = Parameter<Double>(
        name: "min_coverage",
        about: "The coverage by the common quarter hours from which rows are ranked; by default 0.9.",
        example: "0.6", schema: .number(0...1), expectation: "a share from 0 to 1"
    ) { text in
        // Digits and a point only: Double would also read "0x1", "nan" and "1e-3".
        guard text.utf8.count <= 10, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else { return nil }
        return Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
    }

    /// What every aggregate takes besides the hospitals and the buckets.
    static let aggregate: [DeclaredParameter] =
        [.query(metric)] + range + [.query(atLeast), .query(weekdays), .query(hours), .query(includeTrial)]
}

extension AnswerContext {
    /// More rows than this in one answer are a matter for several requests, or for an export.
    static let mostRows = 20_000

    /// - Throws: `Problem` 400 where the range ends before it begins, or `at_least` is asked of a share.
    func aggregateQuestion(_ query: Query) throws -> AggregateQuestion {
        let metric = query[Parameters.metric].flatMap(Metric.named) ?? Metric.t3Half
        var question = AggregateQuestion(metric: metric)
        (question.from, question.to) = try ends(query)
        question.atLeast = query[Parameters.atLeast]
        if question.atLeast != nil, metric.unit == .share {
            throw Problem.parameter(Parameters.atLeast.name, "\(metric.name) is a share; at_least takes minutes.")
        }
        question.filter = SlotFilter(
            weekdays: query[Parameters.weekdays] ?? SlotFilter.everything.weekdays, hours: query[Parameters.hours])
        question.includesTrial = query[Parameters.includeTrial] ?? false
        return question
    }

    /// The ends that the request names.
    /// - Throws: `Problem` 400 where the range ends before it begins, or is named twice.
    func ends(_ query: Query) throws -> (from: HongKongMinute?, to: HongKongMinute?) {
        let range = try range(query)
        guard !query.has(Parameters.period) else { return (range.from, range.to) }
        return (query[Parameters.from], query[Parameters.to])
    }

    /// The codes that are asked about; all hospitals with readings where the request names none.
    func aggregateHospitals(_ query: Query, _ question: AggregateQuestion) throws -> [String] {
        try hospitals(query) ?? database.hospitalsWithReadings(in: question.metric.feed)
    }

    /// An answer of finished JSON.
    func aggregateAnswer(_ bytes: [UInt8], _ range: TimeRange) -> Answer {
        Answer(body: .bytes(bytes), lifetime: lifetime(of: range))
    }
}

/// The shapes of aggregates (docs/design.md, "Aggregate").
enum AggregateSchema {
    private static let figures: [Schema.Field] =
        [
            .init(name: "count", schema: .integer()), .init(name: "expected", schema: .integer()),
            .init(name: "coverage", schema: .optional(.number(0...1))), .init(name: "partial", schema: .flag),
        ]
        + ["min", "p05", "p25", "median", "p75", "p95", "max"].map {
            .init(name: $0, schema: .optional(.integer()))
        } + [
            .init(name: "mean", schema: .optional(.number())),
            .init(name: "share_at_least", schema: .optional(.number(0...1)), isRequired: false),
        ]

    private static let question: [Schema.Field] = [
        .init(name: "metric", schema: .word(Metric.all.map(\.name))),
        .init(name: "unit", schema: .word(["minutes", "share"])),
        .init(name: "range", schema: .named("Range")), .init(name: "timezone", schema: .text()),
        .init(name: "only", schema: .text(), isRequired: false),
        .init(name: "at_least_minutes", schema: .integer(), isRequired: false),
    ]

    /// One hospital's rows, each with this field first.
    static func series(_ key: Schema.Field) -> Schema {
        .object(
            [
                .init(name: "hospital", schema: .text())
            ] + Schema.trilingual("name") + [
                .init(name: "latitude", schema: .optional(.number())),
                .init(name: "longitude", schema: .optional(.number())), .init(name: "by", schema: .text()),
                .init(name: "rows", schema: .list(.object([key] + figures))),
            ] + question + [Schema.note] + Schema.words())
    }

    /// One hospital's, or several hospitals' in `series`.
    static func several(_ name: String) -> Schema {
        .either([
            .named(name),
            .object([.init(name: "series", schema: .list(.named(name))), Schema.note] + Schema.words()),
        ])
    }

    static let comparison = Schema.object(
        comparisonHead + [.init(name: "rows", schema: .list(.object(comparisonRow)))] + Schema.words())

    static let comparisonFeatures = Schema.features(
        .object(compared + comparisonRow), head: comparisonHead, hasCaveat: true)

    /// What goes with all rows.
    private static let comparisonHead = compared + [.init(name: "left_out", schema: .list(.text())), Schema.note]

    private static let compared =
        question + [
            .init(name: "common_slots", schema: .integer()), .init(name: "min_coverage", schema: .number(0...1)),
        ]

    private static let comparisonRow: [Schema.Field] =
        [.init(name: "hospital", schema: .text())] + Schema.trilingual("name") + figures + [
            .init(name: "own_coverage", schema: .optional(.number(0...1))),
            .init(name: "rank_from", schema: .optional(.integer())),
            .init(name: "rank_to", schema: .optional(.integer())),
        ]
}
