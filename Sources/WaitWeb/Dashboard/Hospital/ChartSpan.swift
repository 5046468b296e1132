import WaitCore

/// How much of the past a hospital's chart shows.
enum ChartSpan: String, CaseIterable, Sendable {
    case day = "24h"
    case week = "7d"
    case month = "30d"
    case year = "1y"
    case all

    /// Nil: the whole record.
    var days: Int? {
        switch self {
        case .day: 1
        case .week: 7
        case .month: 30
        case .year: 365
        case .all: nil
        }
    }
}

/// What a hospital's chart shows: which waits, over which range, in which buckets. All of it is in the address.
struct ChartView: Sendable, Hashable {
    /// Nil where the visitor named the ends.
    let span: ChartSpan?
    let range: TimeRange
    /// `t45` or `t3`.
    let triage: Triage
    /// As the visitor named it, else what a screen's width can show.
    let bucket: BucketSize

    enum Triage: String, CaseIterable, Sendable {
        case t45, t3

        /// The half and the majority wait.
        var metrics: [Metric] {
            ["\(rawValue)_p50", "\(rawValue)_p95"].compactMap(Metric.named)
        }

        var name: Localized { self == .t45 ? CommonWords.t45 : CommonWords.t3 }
    }

    /// Whether what is usual in the hour is drawn behind the figures; else the buckets' own middle half.
    var isHourly: Bool { bucket == .quarterHour || bucket == .hour }

    /// How many there are, at most.
    var buckets: Int { (range.to.sinceEpoch - range.from.sinceEpoch) / bucket.leastMinutes + 2 }

    private static func bucket(for range: TimeRange) -> BucketSize {
        switch (range.to.sinceEpoch - range.from.sinceEpoch) / 1_440 {
        case ...8: .quarterHour
        case ...120: .day
        default: .week
        }
    }

    /// - Parameters:
    ///   - whole: the feed's life as far as it goes by now; spans end with it, so that a gap at the end is seen, too.
    ///   - ends: what the visitor named.
    ///   - by: what the visitor named.
    init(span: ChartSpan?, triage: Triage, ends: TimeRange?, whole: TimeRange, by: BucketSize?) {
        let span = span ?? .week
        let from = span.days.map { max(whole.from, whole.to.adding(minutes: -$0 * 1_440)) }
        self.triage = triage
        self.span = ends == nil ? span : nil
        range = ends ?? TimeRange(from: from ?? whole.from, to: whole.to)
        bucket = by ?? Self.bucket(for: range)
    }
}
