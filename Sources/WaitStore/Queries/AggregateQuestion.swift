package import WaitCore

/// What an aggregate is asked of.
package struct AggregateQuestion: Sendable, Hashable {
    package var metric: Metric
    /// Nil: from the beginning of the feed's life; where that is not known, from the day of the record's first reading.
    package var from: HongKongMinute?
    /// Nil: up to the end of the running slot, or of the feed's life.
    package var to: HongKongMinute?
    package var filter = SlotFilter.everything
    /// Minutes for `share_at_least`.
    package var atLeast: Int?
    /// Whether readings before the feed's life count.
    package var includesTrial = false

    package init(metric: Metric, range: TimeRange? = nil) {
        (self.metric, from, to) = (metric, range?.from, range?.to)
    }

    /// An answer of more rows than this is a mistake.
    package static let mostRows = 1_000_000
}

/// A hospital as answers name it.
package struct HospitalName: Sendable, Hashable {
    package let code: String
    package let name: Trilingual
    /// WGS 84; nil where none has been published.
    package let latitude: Double?
    package let longitude: Double?
}

/// One hospital's aggregates.
package struct AggregateSeries: Sendable {
    package let hospital: HospitalName
    package let rows: [Row]

    package struct Row: Sendable, Hashable {
        /// When the bucket starts, cut to the range; nil in a profile.
        package let start: HongKongMinute?
        /// The bucket's number; nil in a trend.
        package let bucket: Int?
        package let aggregate: Aggregate

        package init(start: HongKongMinute? = nil, bucket: Int? = nil, aggregate: Aggregate) {
            (self.start, self.bucket, self.aggregate) = (start, bucket, aggregate)
        }
    }
}

/// Several hospitals' aggregates over one range: series beside each other, never pooled.
package struct AggregateAnswer: Sendable {
    package let question: AggregateQuestion
    /// The range that was used.
    package let range: TimeRange
    package let series: [AggregateSeries]
    /// Why nothing is counted, or what was left out; nil where the rows speak for themselves.
    package var note: String?
    /// Whether the record was made by the demo.
    package var isSimulated = false

    /// Whether no reading is counted.
    var isEmpty: Bool { series.allSatisfy { $0.rows.allSatisfy { $0.aggregate.count == 0 } } }
}
