/// The four weeks that a quota is an average over (docs/feeds.md, "Clinic quotas").
///
/// A new one begins every week, so that neighbours share three weeks of four: the difference of neighbours is a quarter of what
/// a week changed, and says nothing on its own.
package struct QuotaPeriod: Hashable, Comparable, Sendable {
    /// First and last day, Hong Kong midnights, both included.
    package let from: HongKongMinute
    package let to: HongKongMinute

    package init(from: HongKongMinute, to: HongKongMinute) {
        (self.from, self.to) = (from, to)
    }

    /// Whether the period belongs to a range: its last day does (docs/design.md, "Ranges"). Who asks for May gets the four weeks that end
    /// in May, and not those that begin on its last day.
    package func belongs(to range: TimeRange) -> Bool {
        !range.isEmpty && to < range.to && range.from < to.adding(minutes: Self.minutesADay)
    }

    /// By the last day, then by the first.
    package static func < (earlier: Self, later: Self) -> Bool {
        (earlier.to, earlier.from) < (later.to, later.from)
    }

    /// The latest last day that a period may have from which a change to this one is counted: no day is in both, and it ends
    /// at least 28 days earlier.
    package var latestBaseEnd: HongKongMinute {
        min(from.adding(minutes: -Self.minutesADay), to.adding(minutes: -28 * Self.minutesADay))
    }

    /// `four weeks from 2026-10-11 to 2026-11-07`.
    package var span: String {
        let days = (to.sinceEpoch - from.sinceEpoch) / Self.minutesADay + 1
        return "\(days == 28 ? "four weeks" : "\(days) days") from \(from.dayText) to \(to.dayText)"
    }

    /// What a step of a series is called: `four weeks to 2026-11-07`.
    package var label: String {
        let days = (to.sinceEpoch - from.sinceEpoch) / Self.minutesADay + 1
        return "\(days == 28 ? "four weeks" : days == 1 ? "one day" : "\(days) days") to \(to.dayText)"
    }

    private static let minutesADay = 1_440
}
