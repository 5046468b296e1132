import WaitCore

/// A distance between ticks of a time axis, in Hong Kong's calendar.
enum TimeStep: Hashable, Sendable {
    case minutes(Int)
    case days(Int)
    case weeks(Int)
    case months(Int)
    case years(Int)
    case financialYear

    /// From the finest to the coarsest.
    static let all: [TimeStep] = [
        .minutes(15), .minutes(30), .minutes(60), .minutes(120), .minutes(180), .minutes(360), .minutes(720), .days(1),
        .days(2), .weeks(1), .weeks(2), .months(1), .months(3), .months(6), .years(1), .years(2), .years(5), .years(10),
        .years(25), .years(50),
    ]

    /// Roughly, and rather too few: months and years differ.
    var leastMinutes: Int {
        switch self {
        case .minutes(let count): count
        case .days(let count): count * 1_440
        case .weeks(let count): count * 7 * 1_440
        case .months(let count): count * 28 * 1_440
        case .years(let count): count * 365 * 1_440
        case .financialYear: 365 * 1_440
        }
    }

    /// The day, month or year that a tick's label names, in whose middle the label stands; nil where it names the instant.
    var named: TimeStep? {
        switch self {
        case .minutes, .weeks: nil
        case .days: .days(1)
        case .months: .months(1)
        case .years: .years(1)
        case .financialYear: .financialYear
        }
    }

    /// The tick at or before a minute.
    func start(of minute: HongKongMinute) -> HongKongMinute {
        let day = minute.dayStart
        let parts = minute.civil
        switch self {
        case .minutes(let count):
            return day.adding(minutes: (minute.sinceEpoch - day.sinceEpoch) / count * count)
        case .days: return day
        case .weeks: return BucketSize.week.start(of: minute)
        case .months(let count): return Self.month(parts.year * 12 + (parts.month - 1) / count * count) ?? day
        case .years(let count): return Self.month(parts.year / count * count * 12) ?? day
        case .financialYear: return BucketSize.financialYear.start(of: minute)
        }
    }

    /// The tick after a tick.
    func next(after tick: HongKongMinute) -> HongKongMinute {
        let months = tick.civil.year * 12 + tick.civil.month - 1
        let later: HongKongMinute? =
            switch self {
            case .minutes, .days, .weeks: nil
            case .months(let count): Self.month(months + count)
            case .years(let count): Self.month(months + count * 12)
            case .financialYear: Self.month(months + 12)
            }
        return later ?? tick.adding(minutes: leastMinutes)
    }

    /// The first minute of a month, counted from the year 0.
    private static func month(_ number: Int) -> HongKongMinute? {
        HongKongMinute(year: number / 12, month: number % 12 + 1, day: 1)
    }
}

extension TimeStep {
    /// A tick in words: "06:00", "22", "Nov", "2026".
    func label(_ tick: HongKongMinute, _ text: WaitText) -> String {
        let parts = tick.civil
        let isEnglish = text.language == .en
        switch self {
        case .minutes: return tick.timeText
        case .days, .weeks: return isEnglish ? "\(parts.day)" : "\(parts.day)日"
        case .months: return text.monthName(parts.month)
        case .years: return isEnglish ? "\(parts.year)" : "\(parts.year)年"
        case .financialYear: return "\(parts.year)/\((parts.year + 1) % 100 < 10 ? "0" : "")\((parts.year + 1) % 100)"
        }
    }

    /// What the labels from a tick on leave out: of hours the day, of days the month, of months the year.
    func context(_ tick: HongKongMinute, _ text: WaitText) -> String? {
        switch self {
        case .minutes: text.day(tick)
        case .days, .weeks: text.month(tick)
        case .months: text.language == .en ? "\(tick.civil.year)" : "\(tick.civil.year)年"
        case .years, .financialYear: nil
        }
    }

    /// How long what the labels leave out goes on at least.
    var contextMinutes: Int {
        switch self {
        case .minutes: 1_440
        case .days, .weeks: 28 * 1_440
        case .months, .years, .financialYear: 365 * 1_440
        }
    }
}
