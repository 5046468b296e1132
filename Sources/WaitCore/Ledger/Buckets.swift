/// How a range is cut (contract: `--by` of trend and coverage).
package enum BucketSize: String, Sendable, CaseIterable {
    case quarterHour = "quarter_hour"
    case hour, day, week, month, year
    /// From 1 April, as the Hospital Authority reports.
    case financialYear = "financial_year"

    /// A bucket has at least so many minutes.
    package var leastMinutes: Int {
        switch self {
        case .quarterHour: 15
        case .hour: 60
        case .day: 1_440
        case .week: 7 * 1_440
        case .month: 28 * 1_440
        case .year, .financialYear: 365 * 1_440
        }
    }

    /// The start of the bucket that `minute` falls in, Hong Kong time; weeks are ISO weeks, from Monday.
    package func start(of minute: HongKongMinute) -> HongKongMinute {
        let day = minute.dayStart
        let parts = minute.civil
        switch self {
        case .quarterHour: return minute.slotStart
        case .hour: return day.adding(minutes: parts.hour * 60)
        case .day: return day
        case .week: return day.adding(minutes: -(day.weekday - 1) * 1_440)
        case .month: return HongKongMinute(year: parts.year, month: parts.month, day: 1) ?? day
        case .year: return HongKongMinute(year: parts.year, month: 1, day: 1) ?? day
        case .financialYear:
            return HongKongMinute(year: parts.month < 4 ? parts.year - 1 : parts.year, month: 4, day: 1) ?? day
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
