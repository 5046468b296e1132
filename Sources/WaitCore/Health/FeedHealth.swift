package import Foundation

/// How a feed is doing. Freshness is its own update time, never the HTTP status (FEEDS.md).
package enum FeedHealth: Sendable, Hashable {
    case fresh
    /// It answers, and an update is overdue: one quarter hour has no version yet.
    case late(since: Date)
    /// It answers, and its update time stands still for longer than it ever should.
    case frozen(since: Date)
    /// No document of it could be had or read, from the first such attempt to the last.
    case failing(since: Date, last: Date)
    /// Nobody has asked: the collector does not run, or the machine slept. It says nothing of the feed.
    case notAsked(since: Date)
    case neverAsked
    /// Its life is over by the settings: frozen by design.
    case retired

    package struct Facts: Sendable, Hashable {
        package var rhythm: Feed.Rhythm
        package var life: Feed.Life
        package var lastAttemptAt: Date?
        /// The last attempt that was answered with something readable, or "not modified".
        package var lastGoodAt: Date?
        /// The first attempt that failed after the last good one; nil where the last one was good.
        package var failingSince: Date?
        /// The feed's own time: of the newest reading, or the last day of the quotas' newest period.
        package var observedAt: HongKongMinute?

        package init(
            rhythm: Feed.Rhythm, life: Feed.Life, lastAttemptAt: Date?, lastGoodAt: Date?, failingSince: Date?,
            observedAt: HongKongMinute?
        ) {
            (self.rhythm, self.life, self.observedAt) = (rhythm, life, observedAt)
            (self.lastAttemptAt, self.lastGoodAt, self.failingSince) = (lastAttemptAt, lastGoodAt, failingSince)
        }
    }

    /// Judged by what the feed showed when it was asked last, so that a machine that slept accuses nobody.
    ///
    /// Asked after the last of the tries of a quarter hour (8 minutes into it), an update time of the quarter hour before is late, and
    /// one of the quarter hour before that is frozen: two versions are missing, and the second could only just be on its way. A
    /// daily feed with a time of its own (the end of the quotas' newest period) is frozen where that is more than three weeks old.
    package static func of(_ facts: Facts, now: Date) -> FeedHealth {
        if let to = facts.life.to, now > to.date { return .retired }
        guard let last = facts.lastAttemptAt else { return .neverAsked }
        if now.timeIntervalSince(last) > patience(facts.rhythm) { return .notAsked(since: last) }
        if let since = facts.failingSince { return .failing(since: since, last: last) }
        guard let good = facts.lastGoodAt else { return .failing(since: last, last: last) }
        guard let observed = facts.observedAt else { return facts.rhythm == .daily ? .fresh : .frozen(since: good) }
        let age = good.timeIntervalSince(observed.slotStart.date)
        switch facts.rhythm {
        case .quarterHourly where age > Double(mostMinutes * 60): return .frozen(since: observed.date)
        case .quarterHourly where age > 23 * 60: return .late(since: observed.date)
        case .daily where age > 21 * 86_400: return .frozen(since: observed.date)
        case .quarterHourly, .daily: return .fresh
        }
    }

    /// Minutes after its quarter hour's start from which a figure of the quarter-hourly feed is older than it ever should be.
    package static let mostMinutes = 38

    /// Whether a person should look: at once where the feed stands still or nobody asks; failures, after two quarter hours or a day.
    package func isTrouble(_ rhythm: Feed.Rhythm) -> Bool {
        switch self {
        case .fresh, .late, .retired: false
        case .frozen, .notAsked, .neverAsked: true
        case .failing(let since, let last): last.timeIntervalSince(since) >= (rhythm == .daily ? 86_400 : 30 * 60)
        }
    }

    /// The state in a word or two.
    package var name: Name {
        switch self {
        case .fresh: .fresh
        case .late: .late
        case .frozen: .frozen
        case .failing: .failing
        case .notAsked: .notAsked
        case .neverAsked: .neverAsked
        case .retired: .retired
        }
    }

    package enum Name: String, Sendable, CaseIterable {
        case fresh, late, frozen, failing
        case notAsked = "not asked"
        case neverAsked = "never asked"
        case retired
    }

    /// Since when it is so, where that says something.
    package var since: Date? {
        switch self {
        case .late(let since), .frozen(let since), .failing(let since, _), .notAsked(let since): since
        case .fresh, .neverAsked, .retired: nil
        }
    }

    /// How long after the last attempt nobody is asking any more.
    private static func patience(_ rhythm: Feed.Rhythm) -> TimeInterval {
        rhythm == .daily ? 2 * 86_400 : 20 * 60
    }
}
