import WaitCore

/// Waits, shares, numbers and times as a reader of one language writes them; all times are Hong Kong's.
struct WaitText: Sendable {
    let language: Language

    private var isEnglish: Bool { language == .en }

    /// A published figure with its bound's sign: "28 min", "up to 3 h", "over 8 h", "under 15 min"; nil where it is not a wait.
    func wait(_ meaning: ParsedWait) -> String? {
        guard let minutes = meaning.minutes else { return nil }
        switch meaning.qualifier {
        case .exact: return self.minutes(minutes)
        case .roundedUp: return upTo(duration(minutes))
        case .lessThan: return bounded(duration(minutes), "under ", "少於 ", "少于 ")
        case .over: return top(minutes)
        case .resuscitation, .yes, .no, .notApplicable, .unrecognised, .missing: return nil
        }
    }

    /// The same behind words that say "within" already: English leaves the bound's sign out.
    func within(_ meaning: ParsedWait) -> String? {
        guard isEnglish, meaning.qualifier == .roundedUp, let minutes = meaning.minutes else { return wait(meaning) }
        return duration(minutes)
    }

    /// A figure of a metric, as statistics give it, with the sign of what was published.
    func figure(_ minutes: Int, of metric: Metric) -> String {
        switch metric.name {
        case "top_wait": top(minutes)
        case _ where Self.isBound(metric): minutes == 0 ? self.minutes(0) : upTo(duration(minutes))
        default: self.minutes(minutes)
        }
    }

    /// The same behind words that say "within" already.
    func within(_ minutes: Int, of metric: Metric) -> String {
        isEnglish && Self.isBound(metric) && minutes > 0 ? duration(minutes) : figure(minutes, of: metric)
    }

    /// From one figure to another, the unit and the bound's sign once: "3 to 5.5 h", 4 至 5.5 小時內.
    func range(_ low: Int, _ high: Int, of metric: Metric) -> String {
        guard low != high else { return figure(low, of: metric) }
        let to = Trilingual(en: " to ", tc: " 至 ", sc: " 至 ")[language]
        switch metric.name {
        case "top_wait": return figure(low, of: metric) + to + figure(high, of: metric)
        case _ where Self.isBound(metric):
            let areHours = [low, high].allSatisfy { $0 % 30 == 0 }
            let texts = areHours ? (hourNumber(low), hours(high)) : (duration(low), duration(high))
            return texts.0 + to + (isEnglish ? texts.1 : upTo(texts.1))
        default: return "\(low)\(to)\(minutes(high))"
        }
    }

    /// Rounded up to the half hour, so 0 is the only one that is exact (docs/design.md, "What a published wait means").
    private static func isBound(_ metric: Metric) -> Bool { metric.name == "t45_p50" || metric.name == "t45_p95" }

    /// A class of the old feed; the lowest is "Around 1 hour".
    func top(_ minutes: Int) -> String {
        minutes == 0
            ? bounded(duration(60), "around ", "大約 ", "大约 ") : bounded(duration(minutes), "over ", "超過 ", "超过 ")
    }

    /// A bound that is not passed: "up to 3 h", 3 小時內.
    func upTo(_ text: String) -> String {
        Trilingual(en: "up to \(text)", tc: "\(text)內", sc: "\(text)内")[language]
    }

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

    /// An average of many: whole from 100 on, where a tenth says nothing, else with one decimal where it is not a whole.
    func average(_ number: Double) -> String {
        let tenths = (number * 10).rounded()
        guard tenths.magnitude < 1_000, tenths.truncatingRemainder(dividingBy: 10) != 0 else {
            return self.number(Int(number.rounded()))
        }
        return decimal(number)
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

    /// "Mon", 星期一; 1 = Monday.
    func weekday(_ number: Int) -> String {
        isEnglish ? weekdayShort(number) : "星期\(weekdayShort(number))"
    }

    /// As the heading of a table: "Mon", 一; 1 = Monday.
    func weekdayShort(_ number: Int) -> String {
        (isEnglish ? Self.weekdays : Self.weekdaysChinese)[(number - 1) % 7]
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let weekdaysChinese = ["一", "二", "三", "四", "五", "六", "日"]
}
