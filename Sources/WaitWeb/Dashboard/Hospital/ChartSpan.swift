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

    enum Triage: String, CaseIterable, Sendable {
        case t45, t3

        /// The half and the majority wait.
        var metrics: [Metric] {
            ["\(rawValue)_p50", "\(rawValue)_p95"].compactMap(Metric.named)
        }

        var name: Wording { self == .t45 ? CommonWords.t45 : CommonWords.t3 }
    }

    /// Buckets that a screen's width can show.
    var bucket: BucketSize {
        let days = (range.to.sinceEpoch - range.from.sinceEpoch) / 1_440
        return switch days {
        case ...8: .quarterHour
        case ...45: .hour
        case ...1_200: .day
        default: .week
        }
    }

    /// - Parameters:
    ///   - whole: from the first to the last reading of the feed.
    ///   - ends: what the visitor named; both count only together.
    init(span: ChartSpan?, triage: Triage, ends: TimeRange?, whole: TimeRange) {
        self.triage = triage
        if let ends {
            (self.span, range) = (nil, ends)
            return
        }
        let span = span ?? .week
        self.span = span
        range = TimeRange(
            from: span.days.map { max(whole.from, whole.to.adding(minutes: -$0 * 1_440)) } ?? whole.from, to: whole.to)
    }
}
