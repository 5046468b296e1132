import Foundation
import Testing
import WaitCore
import WaitIngest

@Suite("A feed's health")
struct FeedHealthTests {
    static let now = Date(timeIntervalSince1970: 1_768_854_600)

    static func facts(
        _ rhythm: Feed.Rhythm = .quarterHourly, attempt: Double? = -60, good: Double? = -60,
        observedMinutesAgo: Int? = 10,
        life: Feed.Life = Feed.Life()
    ) -> FeedHealth.Facts {
        FeedHealth.Facts(
            rhythm: rhythm, life: life, lastAttemptAt: attempt.map(now.addingTimeInterval),
            lastGoodAt: good.map(now.addingTimeInterval),
            observedAt: observedMinutesAgo.map {
                HongKongMinute(secondsSince1970: now.timeIntervalSince1970).adding(minutes: -$0)
            })
    }

    static let cases: [(FeedHealth.Facts, FeedHealth)] = [
        (facts(), .fresh),
        (facts(observedMinutesAgo: 35), .fresh),
        (facts(observedMinutesAgo: 36), .stale),
        (facts(observedMinutesAgo: nil), .stale),
        (facts(good: -3_600), .failing),
        (facts(good: nil), .failing),
        (facts(attempt: nil, good: nil, observedMinutesAgo: nil), .neverAsked),
        (facts(.daily, observedMinutesAgo: nil), .fresh),
        (facts(.daily, observedMinutesAgo: 21 * 1_440), .fresh),
        (facts(.daily, observedMinutesAgo: 22 * 1_440), .stale),
        (facts(.daily, attempt: -200_000, good: -200_000, observedMinutesAgo: nil), .stale),
        (facts(observedMinutesAgo: 600_000, life: Feed.aeTopWait.life), .retired),
    ]

    @Test("is told by its own update time, never by the status of an answer", arguments: cases)
    func health(facts: FeedHealth.Facts, expected: FeedHealth) {
        #expect(FeedHealth.of(facts, now: Self.now) == expected)
    }
}
