/// How a range is cut for counting (contract: `--by` of coverage).
package enum BucketSize: String, Sendable, CaseIterable {
    case day, week, month, year

    /// The start of the bucket that `minute` falls in, Hong Kong time; weeks are ISO weeks, from Monday.
    package func start(of minute: HongKongMinute) -> HongKongMinute {
        let day = minute.dayStart
        let parts = day.civil
        switch self {
        case .day: return day
        case .week: return day.adding(minutes: -(day.weekday - 1) * 1_440)
        case .month: return HongKongMinute(year: parts.year, month: parts.month, day: 1) ?? day
        case .year: return HongKongMinute(year: parts.year, month: 1, day: 1) ?? day
        }
    }
}

extension HongKongMinute {
    /// 1 = Monday … 7 = Sunday, in Hong Kong.
    package var weekday: Int {
        // 1970-01-01 was a Thursday; its Hong Kong midnight lies eight hours before the epoch.
        let days = (dayStart.sinceEpoch + 480) / 1_440
        return ((days + 3) % 7 + 7) % 7 + 1
    }
}
