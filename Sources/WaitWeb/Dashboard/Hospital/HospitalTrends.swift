import WaitCore
import WaitStore

/// What a hospital's page asks of the record.
struct HospitalTrends: Sendable {
    /// From the feed's beginning to the end of the running quarter hour.
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

    init(of code: String, triage: ChartView.Triage, _ context: AnswerContext) throws {
        let (database, now) = (context.database, context.minute)
        metrics = triage.metrics
        let first = try database.span(of: AggregateQuestion(metric: metrics[0]), now: now)
        let from = min(first.expectedFrom, now.slotStart)
        whole = TimeRange(from: from, to: now.slotStart.adding(minutes: 15))
        // From the feed's beginning on, so that a period that is held in part says so.
        let questions = metrics.map { AggregateQuestion(metric: $0, range: TimeRange(from: from, to: now.slotStart)) }
        func rows(_ question: AggregateQuestion, by size: BucketSize) throws -> [AggregateSeries.Row] {
            try database.trend(of: [code], question, by: size, now: now).series.first?.rows ?? []
        }
        months = try questions.map { try rows($0, by: .month) }
        years = try questions.map { try rows($0, by: .year) }
        profileRange = TimeRange(from: now.dayStart.adding(minutes: -364 * 1_440), to: now.dayStart)
        profile =
            try database.profile(
                of: [code], AggregateQuestion(metric: metrics[0], range: profileRange), by: .hourOfWeek, now: now
            ).series.first?.rows ?? []
        let old = try Metric.named("top_wait").map { try rows(AggregateQuestion(metric: $0), by: .year) } ?? []
        oldYears = old.contains { $0.aggregate.count > 0 } ? old : []
        coverage = { range in
            try database.coverage(of: Feed.aeWait.id, hospital: code, by: .year, in: range, now: now).total
        }
    }
}
