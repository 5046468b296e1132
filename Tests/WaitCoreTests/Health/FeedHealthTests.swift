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
        observed: Int? = 15, life: Feed.Life = Feed.Life(), due: Double? = nil
    ) -> FeedHealth.Facts {
        FeedHealth.Facts(
            rhythm: rhythm, life: life, lastAttemptAt: attempt.map(ago), lastGoodAt: good.map(ago),
            failingSince: failing.map(ago),
            observedAt: observed.map {
                HongKongMinute(secondsSince1970: now.timeIntervalSince1970).adding(minutes: -$0)
            }, nextDueAt: due.map { now.addingTimeInterval($0 * 60) })
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
        (facts(attempt: 2, good: nil), .failing(since: ago(2), last: ago(2), wasHad: false)),
        (facts(attempt: nil, good: nil, observed: nil), .neverAsked),
        (facts(.daily, observed: nil), .fresh),
        (facts(.daily, observed: 21 * 1_440), .fresh),
        (facts(.daily, observed: 22 * 1_440), .frozen(since: ago(22 * 1_440))),
        (facts(.daily, attempt: 2_000, good: 2_000, observed: nil), .fresh),
        (facts(.daily, attempt: 3_000, good: 3_000, observed: nil), .notAsked(since: ago(3_000))),
        (facts(.weekly, attempt: 8 * 1_440, good: 8 * 1_440, observed: nil), .fresh),
        (facts(.weekly, attempt: 10 * 1_440, good: 10 * 1_440, observed: nil), .notAsked(since: ago(10 * 1_440))),
        (facts(.weekly, observed: 300 * 1_440), .fresh),
        (facts(observed: 600_000, life: Feed.aeTopWait.life), .retired),
        // A clock that was set back an hour since.
        (facts(attempt: -60, good: -60, observed: -45), .fresh),
    ]

    /// Minutes of 73 years.
    static let years = 38_400_000.0

    static let waits: [(FeedHealth.Facts, FeedHealth)] = [
        // Retry-After: 3600 after a 429, and the collector obeys.
        (facts(attempt: 21, good: 40, failing: 30, due: 39), .failing(since: ago(30), last: ago(21))),
        (facts(attempt: 59, good: 80, failing: 70, due: 1), .failing(since: ago(70), last: ago(59))),
        // The collector was due and did not ask.
        (facts(attempt: 66, good: 80, failing: 70, due: -6), .notAsked(since: ago(66))),
        (facts(attempt: 64, good: 80, failing: 70, due: -4), .failing(since: ago(70), last: ago(64))),
        // A ceiling of an hour and a quarter, by the jitter.
        (facts(attempt: 74, good: 200, failing: 190, due: 1), .failing(since: ago(190), last: ago(74))),
        // A day is the longest wait there is; what says more was written by a wrong clock.
        (facts(attempt: 1_439, good: 1_500, failing: 1_450, due: 1), .failing(since: ago(1_450), last: ago(1_439))),
        (facts(attempt: 1_506, good: 1_600, failing: 1_550, due: years), .notAsked(since: ago(1_506))),
        // An old wait says nothing of now.
        (facts(attempt: 21, good: 21, observed: 30, due: -600), .notAsked(since: ago(21))),
        // A daily feed in its own time.
        (facts(.daily, attempt: 1_700, good: 1_700, observed: nil, due: -10), .fresh),
        (facts(.daily, attempt: 2_890, good: 2_890, observed: nil, due: -1_400), .notAsked(since: ago(2_890))),
    ]

    @Test("is not \"not asked\" while the collector waits as the publisher or the settings say", arguments: waits)
    func waiting(facts: FeedHealth.Facts, expected: FeedHealth) {
        #expect(FeedHealth.of(facts, now: Self.now) == expected)
    }

    static let wrongClocks: [(FeedHealth.Facts, FeedHealth)] = [
        // The first failure was written in 2099.
        (facts(attempt: 2, good: 60, failing: -years), .failing(since: ago(2), last: ago(2))),
        (facts(attempt: -10, good: 60, failing: -years), .failing(since: now, last: now)),
        // So was the last attempt: whoever collects has asked again since.
        (facts(attempt: -years, good: -years, observed: -38_000_000), .notAsked(since: now)),
        (facts(attempt: -years, good: 60, failing: -years), .notAsked(since: now)),
        // So were the last good answer, and what it said.
        (facts(attempt: 1, good: -years, observed: -38_000_000), .frozen(since: now)),
        (facts(attempt: 1, good: -years, observed: nil), .frozen(since: now)),
        (facts(.daily, attempt: 1, good: -years, failing: 1, observed: nil), .failing(since: ago(1), last: ago(1))),
    ]

    @Test("is never since a time that has not come", arguments: wrongClocks)
    func wrongClock(facts: FeedHealth.Facts, expected: FeedHealth) {
        let health = FeedHealth.of(facts, now: Self.now)
        #expect(health == expected)
        #expect(health.since.map { $0 <= Self.now } ?? true)
    }

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
        // Never had at all: there is nothing to wait for.
        (.failing(since: now, last: now, wasHad: false), .quarterHourly, true),
        (.failing(since: now, last: now, wasHad: false), .daily, true),
    ]

    @Test("is trouble where a person should look", arguments: troubles)
    func trouble(health: FeedHealth, rhythm: Feed.Rhythm, isTrouble: Bool) {
        #expect(health.isTrouble(rhythm) == isTrouble)
    }
}
