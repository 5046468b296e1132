package import WaitCore
package import WaitStore

/// Which days to ask the archive about, newest first: a pure function of what is unknown and what was asked.
package enum HealPlan {
    /// A day whose listing may still grow is asked for again after so many minutes.
    package static let patienceMinutes = 6 * 60

    /// The stretches of days to ask for, newest first, one a month, since a month is one bundle; the day after a gap belongs
    /// to the question.
    package static func ranges(_ gaps: [GapDay], now: HongKongMinute) -> [TimeRange] {
        let yesterday = now.dayStart.adding(minutes: -1_440)
        let asked = gaps.filter { $0.day <= yesterday && isWorthAsking($0, now: now) }
            .flatMap { [$0.day, $0.day.adding(minutes: 1_440)] }.filter { $0 <= yesterday }
        let months = Dictionary(grouping: asked) { BucketSize.month.start(of: $0) }
        return months.keys.sorted(by: >).compactMap { month in
            guard let first = months[month]?.min(), let last = months[month]?.max() else { return nil }
            return TimeRange(from: first, to: last.adding(minutes: 1_440))
        }
    }

    private static func isWorthAsking(_ gap: GapDay, now: HongKongMinute) -> Bool {
        guard gap.unknown > 0 else { return false }
        guard let asked = gap.askedAt else { return true }
        if gap.hasUnreadNotTriedToday { return true }
        let isSettled = asked >= ArchiveKnowledge.settledAt(gap.day)
        return !isSettled && now >= asked.adding(minutes: patienceMinutes)
    }
}
