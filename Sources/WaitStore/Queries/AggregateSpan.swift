package import WaitCore

/// The range that a question will be answered over, and when its feed lives: what is to be known before the buckets are chosen.
package struct AggregateSpan: Sendable, Hashable {
    package let range: TimeRange
    /// From when on readings are expected: the feed's beginning, or the record's first day where that is not known.
    package let expectedFrom: HongKongMinute
    /// Whether the feed was not published before; else it is this record that begins there.
    package let isBeginningKnown: Bool
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
                return AggregateSpan(
                    range: TimeRange(from: now, to: now), expectedFrom: now, isBeginningKnown: false, lifeTo: nil,
                    countedTo: now)
            }
            let life = try FeedLife(table, now: now, db)
            let plan = try SlotPlan(question, table: table, now: now, db)
            return AggregateSpan(
                range: plan.range, expectedFrom: life.range.from, isBeginningKnown: life.beginning != nil,
                lifeTo: life.end, countedTo: min(plan.range.to, life.range.to))
        }
    }
}
