import Foundation
import Testing
import WaitCore
import WaitIngest
import WaitStore

/// The poll rule of docs/design.md as tables: (schedule, state, now) → when to ask next.
@Suite("The poll plan")
struct PollPlanTests {
    /// Offset 60 s, no jitter: quarter hours are asked at :01, :16, :31, :46.
    static let schedule: PollSchedule = {
        var schedule = PollSchedule()
        schedule.jitterSeconds = 0
        return schedule
    }()
    static let quarterly = PollPlan(schedule: schedule, rhythm: .quarterHourly, jitter: 0.5)
    static let daily = PollPlan(schedule: schedule, rhythm: .daily, jitter: 0.5)

    static func at(_ time: String) -> Date {
        let seconds = Int(time.suffix(2)) ?? 0
        let minute = HongKongMinute(text: "2026-01-20T\(time.prefix(5))")
        return Date(timeIntervalSince1970: Double((minute?.secondsSince1970 ?? 0) + seconds))
    }

    static func minute(_ time: String) -> HongKongMinute? {
        HongKongMinute(text: "2026-01-20T\(time)")
    }

    @Test(
        "a feed never asked is asked at once, wherever in the quarter hour that is",
        arguments: ["12:00:00", "12:07:31"])
    func firstStart(now: String) {
        #expect(Self.quarterly.next(after: PollState(), now: Self.at(now)) == Self.at(now))
        #expect(Self.daily.next(after: PollState(), now: Self.at(now)) == Self.at(now))
    }

    struct Answer {
        let at: String
        let observed: String?
        var isFailure = false
    }

    struct Story: CustomTestStringConvertible {
        let testDescription: String
        let answers: [Answer]
        let next: String
    }

    static let stories = [
        Story(
            testDescription: "moved: wait for the next quarter hour",
            answers: [Answer(at: "12:01:05", observed: "12:00")], next: "12:16:00"),
        Story(
            testDescription: "not moved: again 2 minutes after the first try",
            answers: [Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: "12:00")],
            next: "12:18:02"),
        Story(
            testDescription: "still not moved: again 4 minutes after the first try",
            answers: [
                Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: nil),
                Answer(at: "12:18:03", observed: nil),
            ], next: "12:20:02"),
        Story(
            testDescription: "and again 8 minutes after the first try",
            answers: [
                Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: nil),
                Answer(at: "12:18:03", observed: nil), Answer(at: "12:20:03", observed: nil),
            ], next: "12:24:02"),
        Story(
            testDescription: "then the next quarter hour, whatever was there",
            answers: [
                Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: nil),
                Answer(at: "12:18:03", observed: nil), Answer(at: "12:20:03", observed: nil),
                Answer(at: "12:24:03", observed: nil),
            ], next: "12:31:00"),
        Story(
            testDescription: "moved at a later try: the next quarter hour",
            answers: [
                Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: nil),
                Answer(at: "12:18:03", observed: "12:15"),
            ], next: "12:31:00"),
        Story(
            testDescription: "the reading of the quarter hour before comes late: the tries go on",
            answers: [Answer(at: "12:01:05", observed: "11:45"), Answer(at: "12:16:02", observed: "12:00")],
            next: "12:18:02"),
        Story(
            testDescription: "and end with this quarter hour's",
            answers: [
                Answer(at: "12:01:05", observed: "11:45"), Answer(at: "12:16:02", observed: "12:00"),
                Answer(at: "12:18:03", observed: "12:15"),
            ], next: "12:31:00"),
        Story(
            testDescription: "a start in mid-slot that brings a reading waits for the next quarter hour",
            answers: [Answer(at: "12:09:00", observed: "12:00")], next: "12:16:00"),
        Story(
            testDescription: "a later try never runs past the next quarter hour",
            answers: [
                Answer(at: "11:46:05", observed: "11:45"), Answer(at: "12:10:00", observed: "11:45"),
                Answer(at: "12:12:00", observed: "11:45"), Answer(at: "12:14:00", observed: "11:45"),
            ], next: "12:16:00"),
        Story(
            testDescription: "before the offset it is still the quarter hour before",
            answers: [Answer(at: "12:15:30", observed: "12:00")], next: "12:16:00"),
        Story(
            testDescription: "an older update time is no move",
            answers: [Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: "11:45")],
            next: "12:18:02"),
        Story(
            testDescription: "one failure: again after the first wait",
            answers: [Answer(at: "12:01:05", observed: nil, isFailure: true)], next: "12:02:05"),
        Story(
            testDescription: "two failures: after twice that",
            answers: [
                Answer(at: "12:01:05", observed: nil, isFailure: true),
                Answer(at: "12:02:05", observed: nil, isFailure: true),
            ], next: "12:04:05"),
        Story(
            testDescription: "failing or not, every quarter hour is asked",
            answers: [
                Answer(at: "12:01:05", observed: nil, isFailure: true),
                Answer(at: "12:02:05", observed: nil, isFailure: true),
                Answer(at: "12:04:05", observed: nil, isFailure: true),
                Answer(at: "12:08:05", observed: nil, isFailure: true),
            ], next: "12:16:00"),
        Story(
            testDescription: "an answer ends the backing off",
            answers: [
                Answer(at: "12:01:05", observed: nil, isFailure: true),
                Answer(at: "12:02:05", observed: nil, isFailure: true), Answer(at: "12:04:05", observed: "12:00"),
            ], next: "12:16:00"),
        Story(
            testDescription: "after an answer a failure waits the first wait again",
            answers: [
                Answer(at: "12:01:05", observed: nil, isFailure: true),
                Answer(at: "12:02:05", observed: nil, isFailure: true), Answer(at: "12:04:05", observed: "12:00"),
                Answer(at: "12:16:05", observed: nil, isFailure: true),
            ], next: "12:17:05"),
    ]

    @Test("A&E is asked just after each quarter hour, and again after 2, 4 and 8 minutes", arguments: stories)
    func quarterHours(story: Story) {
        let state = Self.state(after: story.answers, plan: Self.quarterly)
        let last = Self.at(story.answers.last?.at ?? "12:00:00")
        #expect(Self.quarterly.next(after: state, now: last) == Self.at(story.next))
    }

    static func state(after answers: [Answer], plan: PollPlan) -> PollState {
        answers.reduce(PollState()) { state, answer in
            plan.advance(
                state,
                by: PassOutcome(
                    finishedAt: at(answer.at), isFailure: answer.isFailure, observedAt: answer.observed.flatMap(minute))
            )
        }
    }

    @Test(
        "weekly feeds are asked once a day at the hour set",
        arguments: [("04:00:00", 0), ("05:31:00", 1), ("23:00:00", 1)])
    func onceADay(asked: String, days: Double) {
        let state = Self.state(after: [Answer(at: asked, observed: nil)], plan: Self.daily)
        let due = Self.at("05:31:00").addingTimeInterval(days * 86_400)
        #expect(Self.daily.next(after: state, now: Self.at(asked)) == due)
    }

    @Test(
        "waits after failures double up to the ceiling and stay there",
        arguments: [(1, 60.0), (2, 120), (3, 240), (4, 480), (5, 900), (6, 900), (1_000, 900)])
    func ceiling(failures: Int, seconds: Double) {
        #expect(Self.quarterly.backoff(failures: failures) == seconds)
    }

    @Test("a daily feed's ceiling is its own", arguments: [(8, 7_680.0), (9, 15_360), (10, 21_600), (40, 21_600)])
    func dailyCeiling(failures: Int, seconds: Double) {
        #expect(Self.daily.backoff(failures: failures) == seconds)
    }

    @Test("jitter moves a wait by at most a quarter", arguments: [(0.0, 45.0), (0.5, 60), (0.999, 74.97)])
    func jitteredBackoff(jitter: Double, seconds: Double) {
        let plan = PollPlan(schedule: Self.schedule, rhythm: .quarterHourly, jitter: jitter)
        #expect(abs(plan.backoff(failures: 1) - seconds) < 0.001)
    }

    @Test(
        "jitter gives each installation its own moment within the window",
        arguments: [(0.0, 0.0), (0.5, 15), (0.9, 27)])
    func jitteredQuarter(jitter: Double, seconds: Double) {
        var schedule = Self.schedule
        schedule.jitterSeconds = 30
        let plan = PollPlan(schedule: schedule, rhythm: .quarterHourly, jitter: jitter)
        let state = Self.state(after: [Answer(at: "12:02:00", observed: "12:00")], plan: plan)
        #expect(plan.next(after: state, now: Self.at("12:02:00")) == Self.at("12:16:00").addingTimeInterval(seconds))
    }

    @Test("the publisher's Retry-After is kept to, past the next quarter hour too")
    func retryAfter() {
        let pass = PassOutcome(
            finishedAt: Self.at("12:01:05"), isFailure: true, retryNotBefore: Self.at("12:40:00"))
        let state = Self.quarterly.advance(PollState(), by: pass)
        #expect(Self.quarterly.next(after: state, now: Self.at("12:01:05")) == Self.at("12:40:00"))
    }

    @Test("an update time ahead of its time by mistake does not pass for the later quarter hours'")
    func aheadByMistake() {
        let answers = [Answer(at: "12:01:05", observed: "12:45"), Answer(at: "12:16:02", observed: "12:00")]
        let state = Self.state(after: answers, plan: Self.quarterly)
        #expect(Self.quarterly.next(after: state, now: Self.at("12:16:02")) == Self.at("12:18:02"))
    }

    @Test("a publisher that is early has moved, and stays so where nothing newer comes")
    func early() {
        let answers = [
            Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: "12:30"),
            Answer(at: "12:31:02", observed: nil),
        ]
        let state = Self.state(after: answers, plan: Self.quarterly)
        #expect(Self.quarterly.next(after: state, now: Self.at("12:31:02")) == Self.at("12:46:00"))
    }

    @Test("no word of a publisher keeps us away for longer than a day, whoever passes it on")
    func retryInYears() {
        let pass = PassOutcome(finishedAt: Self.at("12:01:05"), isFailure: true, retryNotBefore: .distantFuture)
        let state = Self.quarterly.advance(PollState(), by: pass)
        let day = Self.at("12:01:05").addingTimeInterval(86_400)
        #expect(Self.quarterly.next(after: state, now: Self.at("12:01:05")) == day)
    }

    @Test("a wait that the publisher asked for is over where the clock was set back before it began")
    func retryFromAWrongClock() {
        let ahead = Self.at("12:01:05").addingTimeInterval(365 * 86_400)
        let pass = PassOutcome(finishedAt: ahead, isFailure: true, retryNotBefore: ahead.addingTimeInterval(3_600))
        let state = Self.quarterly.advance(PollState(), by: pass)
        #expect(Self.quarterly.next(after: state, now: Self.at("12:02:00")) == Self.at("12:02:00"))
    }

    @Test("a failure between the tries of a quarter hour takes none of them away")
    func failureBetween() {
        let answers = [
            Answer(at: "12:01:05", observed: "12:00"), Answer(at: "12:16:02", observed: nil),
            Answer(at: "12:18:02", observed: nil, isFailure: true), Answer(at: "12:19:02", observed: nil),
        ]
        let state = Self.state(after: answers, plan: Self.quarterly)
        #expect(Self.quarterly.next(after: state, now: Self.at("12:19:02")) == Self.at("12:20:02"))
    }

    @Test("after a night asleep the feed is asked at once")
    func afterSleep() {
        let state = Self.state(after: [Answer(at: "01:01:05", observed: "01:00")], plan: Self.quarterly)
        #expect(Self.quarterly.next(after: state, now: Self.at("09:20:00")) <= Self.at("09:20:00"))
    }

    @Test("a clock set back does not silence a feed")
    func clockSetBack() {
        let state = Self.state(after: [Answer(at: "12:01:05", observed: "12:00")], plan: Self.quarterly)
        #expect(Self.quarterly.next(after: state, now: Self.at("11:00:00")) == Self.at("11:00:00"))
    }

    struct Restart: CustomTestStringConvertible {
        let testDescription: String
        let last: String
        let outcome: Outcome
        let observed: String?
        var now: String?
        let next: String
    }

    static let restarts = [
        Restart(
            testDescription: "the quarter hour's reading is held: wait for the next", last: "12:01:05", outcome: .new,
            observed: "12:00", next: "12:16:00"),
        Restart(
            testDescription: "it is not held: the later tries go on", last: "12:16:05", outcome: .notModified,
            observed: "12:00", next: "12:18:05"),
        Restart(
            testDescription: "the record ends in the future: a clock was wrong then, and the feed is asked at once",
            last: "12:01:05", outcome: .new, observed: "12:00", now: "11:00:00", next: "11:00:00"),
        Restart(
            testDescription: "the last attempt failed: back off from it", last: "12:01:05", outcome: .unreachable,
            observed: "11:45", next: "12:02:05"),
    ]

    @Test("a restarted process takes up where the record says it was", arguments: restarts)
    func restart(_ restart: Restart) {
        let history = PollHistory(
            lastAttemptAt: Self.at(restart.last), lastOutcome: restart.outcome,
            observedAt: restart.observed.flatMap(Self.minute))
        let state = Self.quarterly.resume(from: history)
        let now = Self.at(restart.now ?? restart.last)
        #expect(Self.quarterly.next(after: state, now: now) == Self.at(restart.next))
    }

    @Test(
        "a weekly feed is asked seven days after it was, in its month each day, and from that month's first day on",
        arguments: [
            ("2026-01-20T05:31:00", nil, "2026-01-27T05:31:00"), ("2026-01-20T05:30:59", nil, "2026-01-26T05:31:00"),
            ("2026-02-25T12:00:00", nil, "2026-03-04T05:31:00"), ("2028-02-25T12:00:00", nil, "2028-03-03T05:31:00"),
            ("2026-11-20T12:00:00", 12, "2026-11-27T05:31:00"), ("2026-11-27T12:00:00", 12, "2026-12-01T05:31:00"),
            ("2026-12-01T12:00:00", 12, "2026-12-02T05:31:00"), ("2026-12-31T12:00:00", 12, "2027-01-07T05:31:00"),
        ])
    func weekly(last: String, month: Int?, next: String) throws {
        let plan = PollPlan(schedule: PollSchedule(), rhythm: .weekly, month: month, jitter: 0)
        let (last, next) = try (Date("\(last)+08:00", strategy: .iso8601), Date("\(next)+08:00", strategy: .iso8601))
        let state = plan.advance(PollState(), by: PassOutcome(finishedAt: last, isFailure: false))
        #expect(plan.next(after: state, now: last) == next)
        // A failure is backed off from as a daily feed's.
        let failed = plan.advance(PollState(), by: PassOutcome(finishedAt: last, isFailure: true))
        #expect(plan.next(after: failed, now: last) == last.addingTimeInterval(min(45, next.timeIntervalSince(last))))
    }

    @Test("a yearly dataset is a weekly feed with the plan's month")
    func yearly() {
        #expect(Feed(.discharge).rhythm == .weekly && Dataset.discharge.month == 12)
        #expect(Feed(.dischargeByAge).rhythm == .weekly && Dataset.dischargeByAge.month == 8)
        for dataset in Catalogue.standard.datasets where [.yearly, .asNeeded].contains(dataset.cadence) {
            #expect(Feed(dataset).rhythm == .weekly)
            #expect(dataset.month.map((1...12).contains) ?? true)
        }
    }

    @Test("a retired feed is asked once a day, to notice should it come back")
    func retired() {
        let life = Feed.aeTopWait.life
        #expect(PollPlan.rhythm(of: .aeTopWait, life: life, now: Self.at("12:00:00")) == .daily)
        let before = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(PollPlan.rhythm(of: .aeTopWait, life: life, now: before) == .quarterHourly)
        #expect(PollPlan.rhythm(of: .aeWait, life: Feed.aeWait.life, now: Self.at("12:00:00")) == .quarterHourly)
    }
}
