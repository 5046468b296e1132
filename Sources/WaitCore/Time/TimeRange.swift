/// A stretch of time, `[from, to)`, as every question and answer states it (docs/design.md, "Ranges").
package struct TimeRange: Hashable, Sendable {
    package let from: HongKongMinute
    package let to: HongKongMinute

    package init(from: HongKongMinute, to: HongKongMinute) {
        (self.from, self.to) = (from, max(from, to))
    }

    package var isEmpty: Bool { from == to }

    /// The part that both have; empty where there is none.
    package func clamped(to other: TimeRange) -> TimeRange {
        TimeRange(from: max(from, other.from), to: max(max(from, other.from), min(to, other.to)))
    }

    /// Day numbers (`20260131`) of the first and the last day that the range touches; nil where it is empty.
    package var dayNumbers: ClosedRange<Int>? {
        isEmpty ? nil : from.dayNumber...to.adding(minutes: -1).dayNumber
    }

    /// Hong Kong midnights of the days that the range touches.
    package var days: [HongKongMinute] {
        guard !isEmpty else { return [] }
        let first = from.dayStart.sinceEpoch
        return stride(from: first, to: to.sinceEpoch, by: 1_440).map(HongKongMinute.init(sinceEpoch:))
    }

    /// Years that a range may be asked for: nothing was published before, and what comes after is a slip of the pen.
    package static let years = 2000...2100

    /// A start as people write it: a year, a month or a day begins at its first midnight, an instant is itself; nil outside `years`.
    package static func start(_ text: String) -> HongKongMinute? {
        TimeRange(in: text)?.from ?? instant(text)
    }

    /// An end as people write it: a year, a month or a day is meant whole, an instant is where the range ends; nil outside `years`.
    package static func end(_ text: String) -> HongKongMinute? {
        TimeRange(in: text)?.to ?? instant(text)
    }

    private static func instant(_ text: String) -> HongKongMinute? {
        HongKongMinute(text: text).flatMap { years.contains($0.civil.year) ? $0 : nil }
    }

    /// A year, a month or a day: `2025`, `2025-10`, `2025-10-31`; nil outside `years`.
    package init?(in text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { part in
            part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        guard let year = parts.first, Self.years.contains(year) else { return nil }
        switch (text.utf8.count, parts.count) {
        case (4, 1):
            self.init(from: (parts[0], 1, 1), to: (parts[0] + 1, 1, 1))
        case (7, 2):
            self.init(
                from: (parts[0], parts[1], 1), to: parts[1] == 12 ? (parts[0] + 1, 1, 1) : (parts[0], parts[1] + 1, 1))
        case (10, 3):
            guard let day = HongKongMinute(text: text) else { return nil }
            self.init(from: day, to: day.adding(minutes: 1_440))
        default:
            return nil
        }
    }

    private init?(from: (year: Int, month: Int, day: Int), to: (year: Int, month: Int, day: Int)) {
        guard let start = HongKongMinute(year: from.year, month: from.month, day: from.day),
            let end = HongKongMinute(year: to.year, month: to.month, day: to.day)
        else { return nil }
        self.init(from: start, to: end)
    }
}
