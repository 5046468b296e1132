import WaitCore
import WaitStore

/// A bucket of a trend as a picture shows it.
struct TrendBucket: Sendable {
    let from: HongKongMinute
    let to: HongKongMinute
    let aggregate: Aggregate
    let state: BucketState

    /// The buckets of an answer's rows, in their order.
    /// - Parameters:
    ///   - span: when the feed lives.
    ///   - now: what begins later is not due.
    static func all(
        _ rows: [AggregateSeries.Row], in span: AggregateSpan, kind: FigureKind, now: HongKongMinute
    ) -> [TrendBucket] {
        let starts = rows.compactMap(\.start)
        let ends = starts.dropFirst() + [span.range.to]
        return zip(rows, zip(starts, ends)).map { row, place in
            let bucket = TimeRange(from: place.0, to: place.1)
            return TrendBucket(
                from: bucket.from, to: bucket.to, aggregate: row.aggregate,
                state: state(row.aggregate, of: bucket, span, kind, now: now))
        }
    }

    private static func state(
        _ aggregate: Aggregate, of bucket: TimeRange, _ span: AggregateSpan, _ kind: FigureKind, now: HongKongMinute
    ) -> BucketState {
        if let figures = ChartFigures(aggregate, kind) { return .figures(figures) }
        if aggregate.expected > 0 { return .noData }
        if let end = span.lifeTo, bucket.from >= end { return .notPublished }
        if bucket.to <= span.expectedFrom { return span.isBeginningKnown ? .notPublished : .notRecorded }
        return bucket.to > now.slotStart ? .notYet : .leftOut
    }

    /// When it begins, as short as its size lets: "2026-11-01 09:15", "2026-11-01", "2026-11", "2026".
    func label(_ size: BucketSize) -> String {
        let day = from.dayText
        switch size {
        case .quarterHour, .hour: return "\(day) \(from.timeText)"
        case .day, .week: return day
        case .month: return String(day.prefix(7))
        case .year: return String(day.prefix(4))
        case .financialYear:
            return TimeStep.financialYear.label(BucketSize.financialYear.start(of: from), WaitText(language: .en))
        }
    }
}

extension Array where Element == TrendBucket {
    /// The longest stretches of buckets that `belongs` together with the one before.
    func runs(_ belongs: (TrendBucket, TrendBucket) -> Bool) -> [ArraySlice<TrendBucket>] {
        var runs: [ArraySlice<TrendBucket>] = []
        var first = startIndex
        for index in indices {
            let next = index + 1
            if next == endIndex || !belongs(self[index], self[next]) {
                runs.append(self[first..<next])
                first = next
            }
        }
        return runs
    }

    /// Buckets with figures side by side: a line goes through these, and never over a gap.
    var lines: [ArraySlice<TrendBucket>] {
        runs { $0.state.figures != nil && $1.state.figures != nil }.filter { $0.first?.state.figures != nil }
    }

    /// Side by side with the same state and without figures.
    func stretches(of state: BucketState) -> [ArraySlice<TrendBucket>] {
        runs { $0.state == state && $1.state == state }.filter { $0.first?.state == state }
    }
}
