/// Names of files that answers are kept under.
package enum FileName {
    /// The name, which begins with `SIMULATED-` where the figures are a demo's.
    package static func marked(_ name: String, isSimulated: Bool) -> String {
        isSimulated ? "SIMULATED-\(name)" : name
    }

    /// A range as part of a name, by the ends that were named: `2026`, `2026-10`, `2026-10-31`, `2026-10-01-to-2026-11-14`,
    /// `from-2026-10-01`, `to-2026-11-14`; with a time of day where an end is not a midnight, `2026-10-01T0415`. Nil: no end was named.
    package static func range(from: HongKongMinute?, to: HongKongMinute?) -> String? {
        switch (from, to) {
        case (nil, nil): return nil
        case (let from?, nil): return "from-\(start(from))"
        case (nil, let to?): return "to-\(end(to))"
        case (let from?, let to?):
            let (first, last) = (start(from), end(to))
            if let period = period(TimeRange(from: from, to: to)) { return period }
            return first == last ? first : "\(first)-to-\(last)"
        }
    }

    /// A year or a month that the range is.
    private static func period(_ range: TimeRange) -> String? {
        let day = range.from.dayText
        return [String(day.prefix(4)), String(day.prefix(7))].first { TimeRange(in: $0) == range }
    }

    private static func start(_ minute: HongKongMinute) -> String {
        minute == minute.dayStart ? minute.dayText : instant(minute)
    }

    /// The last day of a range that ends with a midnight.
    private static func end(_ minute: HongKongMinute) -> String {
        minute == minute.dayStart ? minute.adding(minutes: -1).dayText : instant(minute)
    }

    private static func instant(_ minute: HongKongMinute) -> String {
        "\(minute.dayText)T\(minute.timeText.replacing(":", with: ""))"
    }
}
