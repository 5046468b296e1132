import Foundation
import Testing
import WaitCore

@Suite("A feed's health")
struct FeedHealthTests {
    /// 2026-01-20T04:30:00+08:00, a quarter hour's start.
    static let now = Date(timeIntervalSince1970: 1_768_854_600)

    static func ago(_ minutes: Double) -> Date { now.addingTimeInterval(-minutes * 60) }

    /// - Parameters: all in minutes before now.
    static func facts(
        _ rhythm: Feed.Rhythm = .quarterHourly, attempt: Double? = 1, good: Double? = 1, failing: Double? = nil,
        observed: Int? = 15, life: Feed.Life = Feed.Life()
    ) -> FeedHealth.Facts {
        FeedHealth.Facts(
            rhythm: rhythm, life: life, lastAttemptAt: attempt.map(ago), lastGoodAt: good.map(ago),
            failingSince: failing.map(ago),
            observedAt: observed.map {
                HongKongMinute(secondsSince1970: now.timeIntervalSince1970).adding(minutes: -$0)
            })
    }

    static let cases: [(FeedHealth.Facts, FeedHealth)] = [
        (facts(), .fresh),
        // Asked at the end of the tries: a version is missing, and two.
        (facts(attempt: 7, good: 7, observed: 30), .fresh),
        (facts(attempt: 6, good: 6, observed: 30), .late(since: ago(30))),
        (facts(attempt: 7, good: 7, observed: 45), .late(since: ago(45))),
        (facts(attempt: 6, good: 6, observed: 45), .frozen(since: ago(45))),
        (facts(observed: 600), .frozen(since: ago(600))),
        (facts(observed: nil), .frozen(since: ago(1))),
        // What it showed when it was asked last, not what it may show now.
        (facts(attempt: 19, good: 19, observed: 30), .fresh),
        (facts(attempt: 21, good: 21, observed: 30), .notAsked(since: ago(21))),
        (facts(attempt: 480, good: 480, observed: 485), .notAsked(since: ago(480))),
        (facts(attempt: 2, good: 60, failing: 45), .failing(since: ago(45), last: ago(2))),
        // The network went before the machine slept: nobody has asked since.
        (facts(attempt: 600, good: 660, failing: 645), .notAsked(since: ago(600))),
        (facts(attempt: 2, good: nil), .failing(since: ago(2), last: ago(2))),
        (facts(attempt: nil, good: nil, observed: nil), .neverAsked),
        (facts(.daily, observed: nil), .fresh),
        (facts(.daily, observed: 21 * 1_440), .fresh),
        (facts(.daily, observed: 22 * 1_440), .frozen(since: ago(22 * 1_440))),
        (facts(.daily, attempt: 2_000, good: 2_000, observed: nil), .fresh),
        (facts(.daily, attempt: 3_000, good: 3_000, observed: nil), .notAsked(since: ago(3_000))),
        (facts(observed: 600_000, life: Feed.aeTopWait.life), .retired),
        // A clock that was set back an hour since.
        (facts(attempt: -60, good: -60, observed: -45), .fresh),
    ]

    @Test("is told by its own update time, never by the status of an answer", arguments: cases)
    func health(facts: FeedHealth.Facts, expected: FeedHealth) {
        #expect(FeedHealth.of(facts, now: Self.now) == expected)
    }

    static let troubles: [(FeedHealth, Feed.Rhythm, Bool)] = [
        (.fresh, .quarterHourly, false), (.late(since: ago(30)), .quarterHourly, false),
        (.frozen(since: ago(45)), .quarterHourly, true), (.notAsked(since: ago(45)), .daily, true),
        (.neverAsked, .daily, true), (.retired, .quarterHourly, false),
        (.failing(since: ago(29), last: now), .quarterHourly, false),
        (.failing(since: ago(30), last: now), .quarterHourly, true),
        (.failing(since: ago(45), last: ago(16)), .quarterHourly, false),
        (.failing(since: ago(1_439), last: now), .daily, false),
        (.failing(since: ago(1_440), last: now), .daily, true),
    ]

    @Test("is trouble where a person should look", arguments: troubles)
    func trouble(health: FeedHealth, rhythm: Feed.Rhythm, isTrouble: Bool) {
        #expect(health.isTrouble(rhythm) == isTrouble)
    }
}
