/// What a profile's buckets are (contract: `--by` of profile), in Hong Kong time.
package enum ProfileSize: String, Sendable, CaseIterable {
    /// 0 to 23.
    case hourOfDay = "hour_of_day"
    /// 1 = Monday … 7 = Sunday.
    case dayOfWeek = "day_of_week"
    /// 0 = Monday 00:00 … 167 = Sunday 23:00.
    case hourOfWeek = "hour_of_week"
    /// 1 to 12.
    case monthOfYear = "month_of_year"

    package var buckets: ClosedRange<Int> {
        switch self {
        case .hourOfDay: 0...23
        case .dayOfWeek: 1...7
        case .hourOfWeek: 0...167
        case .monthOfYear: 1...12
        }
    }

    /// Whether slots of one day fall in different buckets, four quarter hours each.
    package var isHourly: Bool { self == .hourOfDay || self == .hourOfWeek }

    /// The bucket of a day's first slot; hourly buckets go on from there.
    package func bucket(of day: HongKongMinute) -> Int {
        switch self {
        case .hourOfDay: 0
        case .dayOfWeek: day.weekday
        case .hourOfWeek: (day.weekday - 1) * 24
        case .monthOfYear: day.civil.month
        }
    }
}
