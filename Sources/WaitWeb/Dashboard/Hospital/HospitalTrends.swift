import WaitCore
import WaitStore

/// What a hospital's page asks of the record.
struct HospitalTrends: Sendable {
    /// From the day of the feed's first reading to the end of this hospital's newest one.
    let whole: TimeRange
    let metrics: [Metric]
    /// Oldest first, for each metric: the half wait, then the majority's.
    let months: [[AggregateSeries.Row]]
    let years: [[AggregateSeries.Row]]
    /// By hour of the week, over the year before today.
    let profile: [AggregateSeries.Row]
    let profileRange: TimeRange
    /// The old feed, by year; empty where there is nothing.
    let oldYears: [AggregateSeries.Row]
    /// The ledger of a range for this hospital.
    let coverage: @Sendable (TimeRange) throws -> SlotCounts

    /// - Parameter until: the newest reading; nil: there is none.
    init(of code: String, triage: ChartView.Triage, until: HongKongMinute?, _ context: AnswerContext) throws {
        let (database, now) = (context.database, context.minute)
        metrics = triage.metrics
        let months = try metrics.map {
            try database.trend(of: [code], AggregateQuestion(metric: $0), by: .month, now: now)
        }
        self.months = months.map { $0.series.first?.rows ?? [] }
        years = try metrics.map {
            try database.trend(of: [code], AggregateQuestion(metric: $0), by: .year, now: now).series.first?.rows ?? []
        }
        let end = (until ?? now).slotStart.adding(minutes: 15)
        whole = TimeRange(from: min(months.first?.range.from ?? end, end), to: end)
        profileRange = TimeRange(from: end.dayStart.adding(minutes: -364 * 1_440), to: end.dayStart)
        profile =
            try database.profile(
                of: [code], AggregateQuestion(metric: metrics[0], range: profileRange), by: .hourOfWeek, now: now
            ).series.first?.rows ?? []
        let old = try Metric.named("top_wait").map {
            try database.trend(of: [code], AggregateQuestion(metric: $0), by: .year, now: now).series.first?.rows ?? []
        }
        oldYears = old?.contains { $0.aggregate.count > 0 } == true ? old ?? [] : []
        coverage = { range in
            try database.coverage(of: Feed.aeWait.id, hospital: code, by: .year, in: range, now: now).total
        }
    }
}
