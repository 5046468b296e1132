import WaitCore
import WaitStore

/// What a hospital's chart draws, column by column, as it stands in the page.
///
/// The figures come with the page, in one answer: the chart cannot be older or newer than what stands around it, and needs
/// no request that could fail.
struct ChartColumns: Sendable {
    /// Minutes since 1970 at which the first and the second bucket begin; the first may be cut to the range, the others are evenly
    /// apart.
    private let first: Int
    private let second: Int
    /// Of the half wait and the majority's.
    private let rows: [[AggregateSeries.Row]]
    /// By a bucket's start; none where nothing is expected.
    private let ledger: [HongKongMinute: SlotCounts]
    /// By hour of the week, 0 is Monday's first; nil where the buckets' own middle half is drawn.
    private let usual: [AggregateSeries.Row]?

    /// Fewer readings, four quarter hours of 20 dates, do not say what is usual (docs/design.md, "Usual").
    private static let leastReadings = 4 * Usual.leastDates

    /// - Parameter trends: its profile serves where the chart ends today.
    /// - Throws: `StoreError` where the record is damaged.
    init(of code: String, _ view: ChartView, _ trends: HospitalTrends, _ context: AnswerContext) throws {
        let (database, now) = (context.database, context.minute)
        rows = try view.triage.metrics.map { metric in
            let question = AggregateQuestion(metric: metric, range: view.range)
            return try database.trend(of: [code], question, by: view.bucket, now: now).series.first?.rows ?? []
        }
        let starts = (rows.first ?? []).prefix(2).compactMap(\.start).map { $0.secondsSince1970 / 60 }
        first = starts.first ?? 0
        second = starts.last ?? 0
        let coverage = try database.coverage(
            of: Feed.aeWait.id, hospital: code, by: view.bucket, in: view.range, now: now)
        ledger = Dictionary(coverage.buckets.map { ($0.start, $0.counts) }, uniquingKeysWith: { first, _ in first })
        guard view.isHourly else {
            usual = nil
            return
        }
        // The year before the last day that is shown, as the live page judges.
        let lastDay = view.range.to.adding(minutes: -1).dayStart
        guard lastDay != trends.profileRange.to else {
            usual = trends.profile
            return
        }
        let question = AggregateQuestion(
            metric: view.triage.metrics[0],
            range: TimeRange(from: lastDay.adding(minutes: -364 * 1_440), to: lastDay))
        usual = try database.profile(of: [code], question, by: .hourOfWeek, now: now).series.first?.rows ?? []
    }

    /// The columns as `data-` attributes: a comma after each figure but the last, nothing for what is not known.
    var attributes: Markup {
        let half = rows.first ?? []
        let band = { (end: KeyPath<Aggregate.Figures, Int>) in
            usual == nil ? Self.list(half.map { $0.aggregate.figures?[keyPath: end] }) : ""
        }
        let columns: KeyValuePairs<String, String> = [
            "first": String(first), "second": String(second), "count": String(half.count),
            "half": Self.list(half.map { $0.aggregate.figures?.median }),
            "majority": Self.list((rows.last ?? []).map { $0.aggregate.figures?.median }),
            "low": band(\.p25), "high": band(\.p75),
            "partial": half.map { $0.aggregate.isPartial ? "1" : "0" }.joined(),
            "expected": half.map { $0.aggregate.expected > 0 ? "1" : "0" }.joined(),
            "ledger": half.map(slots).joined(separator: ","), "usual": hours,
        ]
        return Markup(columns.map { name, text in " data-\(Markup.text(name))=\"\(text)\"" })
    }

    private static func list(_ figures: [Int?]) -> String {
        figures.map { $0.map(String.init) ?? "" }.joined(separator: ",")
    }

    /// "4.3.1": of 4 expected slots 3 are held, and 1 is not in the archive; zeros at the end are left out.
    private func slots(_ row: AggregateSeries.Row) -> String {
        guard let counts = row.start.flatMap({ ledger[$0] }), counts.expected > 0 else { return "" }
        var numbers = [
            counts.expected, counts.observed + counts.healed, counts.notArchived, counts.lost, counts.unknown,
        ]
        while numbers.last == 0 { numbers.removeLast() }
        return numbers.map(String.init).joined(separator: ".")
    }

    /// p25 and p75 of each hour of the week: "30-90,…".
    private var hours: String {
        guard let usual else { return "" }
        let figures = Dictionary(usual.map { ($0.bucket ?? -1, $0.aggregate) }) { first, _ in first }
        return (0..<168).map { hour in
            guard let aggregate = figures[hour], aggregate.count >= Self.leastReadings, let figures = aggregate.figures
            else { return "" }
            return "\(figures.p25)-\(figures.p75)"
        }.joined(separator: ",")
    }
}
