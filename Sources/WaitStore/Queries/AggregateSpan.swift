package import WaitCore

/// The range that a question will be answered over, and when its feed lives: what is to be known before the buckets are chosen.
package struct AggregateSpan: Sendable, Hashable {
    package let range: TimeRange
    /// From when on the feed was published; what is earlier is "not published", not missing.
    package let lifeFrom: HongKongMinute
    /// Nil while it lives.
    package let lifeTo: HongKongMinute?
    /// Up to when readings of the range count: its end, or that of the running slot or of the feed's life.
    package let countedTo: HongKongMinute
}

extension WaitDatabase {
    /// Cost: the first reading of each hospital.
    package func span(of question: AggregateQuestion, now: HongKongMinute) throws -> AggregateSpan {
        try access.read { db in
            guard let table = ReadingTable.of(feed: question.metric.feed) else {
                return AggregateSpan(range: TimeRange(from: now, to: now), lifeFrom: now, lifeTo: nil, countedTo: now)
            }
            let life = try FeedLife(table, now: now, db)
            let plan = try SlotPlan(question, table: table, now: now, db)
            return AggregateSpan(
                range: plan.range, lifeFrom: life.range.from, lifeTo: life.end,
                countedTo: plan.counted.isEmpty ? plan.range.to : plan.counted.to)
        }
    }
}
