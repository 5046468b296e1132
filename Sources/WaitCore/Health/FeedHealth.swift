package import Foundation

/// How a feed is doing. Freshness is its own update time, never the HTTP status (docs/feeds.md).
package enum FeedHealth: Sendable, Hashable {
    case fresh
    /// It answers, and an update is overdue: one quarter hour has no version yet.
    case late(since: Date)
    /// It answers, and its update time stands still for longer than it ever should.
    case frozen(since: Date)
    /// No document of it could be fetched or read, from the first such attempt to the last; whether one ever was before.
    case failing(since: Date, last: Date, wasHad: Bool = true)
    /// Not asked: the collector does not run, or the machine slept. It says nothing about the feed.
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
        /// When the collector asks next, where that is later than the rhythm lets expect: it obeys Retry-After, or backs off.
        package var nextDueAt: Date?

        package init(
            rhythm: Feed.Rhythm, life: Feed.Life, lastAttemptAt: Date?, lastGoodAt: Date?, failingSince: Date?,
            observedAt: HongKongMinute?, nextDueAt: Date? = nil
        ) {
            self.nextDueAt = nextDueAt
            (self.rhythm, self.life, self.observedAt) = (rhythm, life, observedAt)
            (self.lastAttemptAt, self.lastGoodAt, self.failingSince) = (lastAttemptAt, lastGoodAt, failingSince)
        }
    }

    /// Judged by what the feed showed when it was asked last, so that a machine that slept blames no feed.
    ///
    /// Asked after the last of the tries of a quarter hour (8 minutes into it), an update time of the quarter hour before is late, and
    /// one of the quarter hour before that is frozen: two versions are missing, and the second could only just be on its way. A
    /// daily feed with a time of its own (the end of the quotas' newest period) is frozen where that is more than three weeks old.
    package static func of(_ facts: Facts, now: Date) -> FeedHealth {
        if let to = facts.life.to, now > to.date { return .retired }
        guard let last = facts.lastAttemptAt else { return .neverAsked }
        if now > expectedBy(facts, after: last) { return .notAsked(since: last) }
        // Written by a clock that was ahead; a collector that runs has asked again since.
        if last.timeIntervalSince(now) > 3_600 { return .notAsked(since: now) }
        // What a clock that was wrong has written is of the future: then it is so since now.
        let failing = { (since: Date) in
            FeedHealth.failing(since: min(since, last, now), last: min(last, now), wasHad: facts.lastGoodAt != nil)
        }
        if let since = facts.failingSince { return failing(since) }
        guard let good = facts.lastGoodAt else { return failing(last) }
        guard let observed = facts.observedAt else {
            return facts.rhythm == .quarterHourly ? .frozen(since: min(good, now)) : .fresh
        }
        let age = good.timeIntervalSince(observed.slotStart.date)
        switch facts.rhythm {
        case .quarterHourly where age > Double(mostMinutes * 60): return .frozen(since: min(observed.date, now))
        case .quarterHourly where age > 23 * 60: return .late(since: min(observed.date, now))
        case .daily where age > 21 * 86_400: return .frozen(since: min(observed.date, now))
        case .quarterHourly, .daily, .weekly: return .fresh
        }
    }

    /// Minutes after its quarter hour's start from which a figure of the quarter-hourly feed is older than it ever should be.
    package static let mostMinutes = 38

    /// Whether a person should look: at once where the feed is frozen, no longer asked for or was never received; at later
    /// failures once they last.
    package func isTrouble(_ rhythm: Feed.Rhythm) -> Bool {
        switch self {
        case .fresh, .late, .retired: false
        case .frozen, .notAsked, .neverAsked: true
        case .failing(_, _, let wasHad): !wasHad || isLastingFailure(rhythm)
        }
    }

    /// Whether it has failed for half an hour, a daily or weekly feed for a day.
    package func isLastingFailure(_ rhythm: Feed.Rhythm) -> Bool {
        guard case .failing(let since, let last, _) = self else { return false }
        return last.timeIntervalSince(since) >= (rhythm == .quarterHourly ? 30 * 60 : 86_400)
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
        case .late(let since), .frozen(let since), .failing(let since, _, _), .notAsked(let since): since
        case .fresh, .neverAsked, .retired: nil
        }
    }

    /// Until when the next attempt is expected. A due time that a wrong clock has written counts for a day and an hour, more than
    /// any publisher or setting makes the collector wait.
    private static func expectedBy(_ facts: Facts, after last: Date) -> Date {
        let usual = last.addingTimeInterval(patience(facts.rhythm))
        guard let due = facts.nextDueAt else { return usual }
        return max(usual, min(due, last.addingTimeInterval(25 * 3_600)).addingTimeInterval(300))
    }

    /// Seconds after the last attempt from which the collector seems to have stopped.
    package static func patience(_ rhythm: Feed.Rhythm) -> Double {
        switch rhythm {
        case .quarterHourly: 20 * 60
        case .daily: 2 * 86_400
        case .weekly: 9 * 86_400
        }
    }
}
