package import Foundation
package import WaitCore

/// How a feed is doing. Freshness is its own update time, never the HTTP status (FEEDS.md).
package enum FeedHealth: String, Sendable, CaseIterable {
    case fresh
    /// It answers, and its update time stands still, or nobody has asked for long.
    case stale
    /// The last attempt failed.
    case failing
    /// Its life is over by the settings: frozen by design.
    case retired
    case neverAsked = "never asked"

    /// Whether a person should look.
    package var isTrouble: Bool { self == .stale || self == .failing || self == .neverAsked }

    package struct Facts: Sendable, Hashable {
        package var rhythm: Feed.Rhythm
        package var life: Feed.Life
        package var lastAttemptAt: Date?
        /// The last attempt that was answered with something readable, or "not modified".
        package var lastGoodAt: Date?
        /// The feed's own time: of the newest reading, or the last day of the quotas' newest period.
        package var observedAt: HongKongMinute?

        package init(
            rhythm: Feed.Rhythm, life: Feed.Life, lastAttemptAt: Date?, lastGoodAt: Date?, observedAt: HongKongMinute?
        ) {
            (self.rhythm, self.life) = (rhythm, life)
            (self.lastAttemptAt, self.lastGoodAt, self.observedAt) = (lastAttemptAt, lastGoodAt, observedAt)
        }
    }

    /// A quarter-hourly feed is stale when its update time is more than two quarter hours and a little old; a daily one when
    /// its last readable answer is more than two days old, or, where it has a time of its own (the end of the quotas' newest
    /// period), when that is more than three weeks past.
    package static func of(_ facts: Facts, now: Date) -> FeedHealth {
        if let to = facts.life.to, now.timeIntervalSince1970 > Double(to.secondsSince1970) { return .retired }
        guard let last = facts.lastAttemptAt else { return .neverAsked }
        guard let good = facts.lastGoodAt, good >= last else { return .failing }
        switch facts.rhythm {
        case .quarterHourly:
            let observed = Double(facts.observedAt?.secondsSince1970 ?? 0)
            return now.timeIntervalSince1970 - observed > 35 * 60 ? .stale : .fresh
        case .daily:
            let isAnswering = now.timeIntervalSince(good) <= 2 * 86_400
            let ownTime = facts.observedAt.map { Double($0.secondsSince1970) } ?? now.timeIntervalSince1970
            return isAnswering && now.timeIntervalSince1970 - ownTime <= 21 * 86_400 ? .fresh : .stale
        }
    }
}
