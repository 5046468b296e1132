import WaitCore

/// Waits, shares, numbers and times as a reader of one language writes them; all times are Hong Kong's.
struct WaitText: Sendable {
    let language: Language

    private var isEnglish: Bool { language == .en }

    /// A published figure with its bound's sign: "28 min", "up to 3 h", "over 8 h", "under 15 min"; nil where it is no wait.
    func wait(_ meaning: Meaning) -> String? {
        guard let minutes = meaning.minutes else { return nil }
        switch meaning.qualifier {
        case .exact: return self.minutes(minutes)
        case .roundedUp: return upTo(duration(minutes))
        case .lessThan: return bounded(duration(minutes), "under ", "少於 ", "少于 ")
        case .over: return top(minutes)
        case .resuscitation, .yes, .no, .notApplicable, .unrecognised, .missing: return nil
        }
    }

    /// A figure of a metric, as statistics give it, with the sign of what was published.
    func figure(_ minutes: Int, of metric: Metric) -> String {
        switch metric.name {
        case "top_wait": top(minutes)
        // Rounded up to the half hour, so 0 is the only one that is exact (DESIGN, "What a published wait means").
        case "t45_p50", "t45_p95": minutes == 0 ? self.minutes(0) : upTo(duration(minutes))
        default: self.minutes(minutes)
        }
    }

    /// A class of the old feed; the lowest, "Around 1 hour", is anything up to an hour.
    func top(_ minutes: Int) -> String {
        minutes == 0 ? upTo(duration(60)) : bounded(duration(minutes), "over ", "超過 ", "超过 ")
    }

    /// A bound that is not passed: "up to 3 h".
    func upTo(_ text: String) -> String { bounded(text, "up to ", "最多 ", "最多 ") }

    private func bounded(_ text: String, _ en: String, _ tc: String, _ sc: String) -> String {
        Trilingual(en: en, tc: tc, sc: sc)[language] + text
    }

    /// "28 min", "2.5 h"; hours only where they are whole or half ones.
    func duration(_ minutes: Int) -> String {
        minutes >= 60 && minutes % 30 == 0 ? hours(minutes) : self.minutes(minutes)
    }

    /// "90 min", whatever the number: on an axis all ticks have one unit.
    func minutes(_ minutes: Int) -> String {
        "\(minutes) \(Trilingual(en: "min", tc: "分鐘", sc: "分钟")[language])"
    }

    /// "0.5 h".
    /// - Parameter minutes: whole or half hours.
    func hours(_ minutes: Int) -> String {
        "\(hourNumber(minutes)) \(Trilingual(en: "h", tc: "小時", sc: "小时")[language])"
    }

    /// "2.5": hours without their unit.
    func hourNumber(_ minutes: Int) -> String { minutes % 60 == 0 ? "\(minutes / 60)" : "\(minutes / 60).5" }

    /// A share with one decimal, never rounded to a whole that it is not: 0.9996 is "99.9%".
    func percent(_ share: Double) -> String {
        guard share > 0 else { return "0%" }
        guard share < 1 else { return "100%" }
        let tenths = min(999, max(1, Int((share * 1_000).rounded(.down))))
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// Digits in groups of three.
    func number(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let head = digits.count % 3
        var groups = head > 0 ? [String(digits.prefix(head))] : []
        var rest = digits.dropFirst(head)
        while !rest.isEmpty {
            groups.append(String(rest.prefix(3)))
            rest = rest.dropFirst(3)
        }
        return (number < 0 ? "−" : "") + groups.joined(separator: ",")
    }

    /// One decimal, digits in groups of three.
    func decimal(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        let whole = self.number(tenths / 10)
        return (tenths < 0 && tenths > -10 ? "−" : "") + "\(whole).\(abs(tenths) % 10)"
    }

    /// "22 Nov 2026", 2026年11月22日.
    func day(_ minute: HongKongMinute) -> String {
        let parts = minute.civil
        return isEnglish
            ? "\(parts.day) \(Self.months[parts.month - 1]) \(parts.year)"
            : "\(parts.year)年\(parts.month)月\(parts.day)日"
    }

    /// The day and the time of day: "22 Nov 2026, 11:45".
    func instant(_ minute: HongKongMinute) -> String {
        "\(day(minute))\(isEnglish ? ", " : " ")\(minute.timeText)"
    }

    /// "Nov 2026", 2026年11月.
    func month(_ minute: HongKongMinute) -> String {
        let parts = minute.civil
        return isEnglish ? "\(Self.months[parts.month - 1]) \(parts.year)" : "\(parts.year)年\(parts.month)月"
    }

    /// "Nov", 11月; 1 = January.
    func monthName(_ number: Int) -> String { isEnglish ? Self.months[(number - 1) % 12] : "\(number)月" }

    /// "Mon", 週一; 1 = Monday.
    func weekday(_ number: Int) -> String {
        let names = isEnglish ? Self.weekdays : language == .tc ? Self.weekdaysTC : Self.weekdaysSC
        return names[(number - 1) % 7]
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let weekdaysTC = ["週一", "週二", "週三", "週四", "週五", "週六", "週日"]
    private static let weekdaysSC = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
}
