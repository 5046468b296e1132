import Foundation
import Testing
import WaitCore
import WaitIngest
import WaitStore

@Suite("The plan of incidents")
struct IncidentPlanTests {
    static let start = Date(timeIntervalSince1970: 1_768_838_400)  // 2026-01-20T00:00:00+08:00
    static let minute = HongKongMinute(secondsSince1970: start.timeIntervalSince1970)
    static let plan = IncidentPlan(leastFreeBytes: 500_000_000)

    /// A feed as it is at `now`, in minutes from the start.
    static func feed(
        _ feed: Feed = .aeWait, observed: Int, asked: Double, failingSince: Double? = nil
    ) -> FeedSummary {
        func unix(_ minutes: Double) -> Int { Int(start.timeIntervalSince1970 + minutes * 60) }
        return FeedSummary(
            feed: feed, life: feed.life, lastAttemptUnix: unix(asked),
            lastGoodUnix: unix(failingSince.map { $0 - 15 } ?? asked), failingSinceUnix: failingSince.map(unix),
            lastOutcome: failingSince == nil ? "notModified" : "unreachable",
            observedAt: minute.adding(minutes: observed))
    }

    static func facts(_ feeds: FeedSummary..., hospitals: [HospitalPresence] = [], free: Int? = nil)
        -> IncidentPlan.Facts
    {
        var facts = IncidentPlan.Facts()
        (facts.feeds, facts.freeBytes, facts.hospitals["ae-wait"]) = (feeds, free, hospitals)
        return facts
    }

    /// Tells a plan what happens, minute by minute, and notes what it opens and closes.
    struct Story {
        var open: [Incident] = []
        var told: [String] = []
        private var last: Int64 = 0

        mutating func look(_ facts: IncidentPlan.Facts, at minutes: Double) {
            let now = IncidentPlanTests.start.addingTimeInterval(minutes * 60)
            for change in IncidentPlanTests.plan.changes(facts, open: open, now: now) {
                switch change {
                case .open(let matter, let since, let opening):
                    last += 1
                    open.append(
                        Incident(
                            id: last, matter: matter, sinceUnix: since, openedUnix: Int(now.timeIntervalSince1970),
                            opening: opening))
                    told.append("+\(matter.kind.rawValue) \(matter.subject) at \(Int(minutes))")
                case .close(let incident, _):
                    open.removeAll { $0 == incident }
                    told.append("-\(incident.matter.kind.rawValue) \(incident.matter.subject) at \(Int(minutes))")
                }
            }
        }
    }

    @Test("tells of a frozen feed within two quarter hours, once, and of its end once")
    func frozen() {
        var story = Story()
        // Polled at 1, 3, 5 and 9 minutes of each quarter hour; it stands at 00:00 until 10:05, when 10:00 is there.
        for quarter in 0..<48 {
            for tries in [1.0, 3, 5, 9] {
                let minutes = Double(quarter * 15) + tries
                story.look(
                    Self.facts(Self.feed(observed: minutes < 605 ? 0 : quarter * 15, asked: minutes)), at: minutes)
            }
        }
        #expect(story.told == ["+frozen ae-wait at 39", "-frozen ae-wait at 605"])
        #expect(story.open.isEmpty)
    }

    @Test("tells of no retired feed, and of none that nobody asked for a night")
    func innocent() {
        var story = Story()
        story.look(Self.facts(Self.feed(.aeTopWait, observed: -150_000, asked: 1)), at: 2)
        story.look(Self.facts(Self.feed(observed: 0, asked: 1)), at: 2)
        for minute in stride(from: 480.0, to: 490, by: 1) {
            story.look(Self.facts(Self.feed(observed: 0, asked: 1)), at: minute)
        }
        story.look(Self.facts(Self.feed(observed: 480, asked: 490)), at: 490)
        #expect(story.told == [])
    }

    @Test("keeps a frozen feed's incident open while it fails or is not asked for")
    func frozenThenFailing() {
        var story = Story()
        story.look(Self.facts(Self.feed(observed: 0, asked: 46)), at: 46)
        story.look(Self.facts(Self.feed(observed: 0, asked: 61, failingSince: 61)), at: 61)
        story.look(Self.facts(Self.feed(observed: 0, asked: 91, failingSince: 61)), at: 91)
        story.look(Self.facts(Self.feed(observed: 0, asked: 91, failingSince: 61)), at: 400)
        story.look(Self.facts(Self.feed(observed: 0, asked: 406)), at: 406)
        story.look(Self.facts(Self.feed(observed: 405, asked: 408)), at: 408)
        #expect(
            story.told == [
                "+frozen ae-wait at 46", "+failing ae-wait at 91", "-failing ae-wait at 406", "-frozen ae-wait at 408",
            ])
    }

    @Test("tells of failures that last for half an hour, of a daily feed for a day")
    func failing() {
        var story = Story()
        for minute in stride(from: 16.0, to: 1_500, by: 1) {
            story.look(
                Self.facts(
                    Self.feed(observed: 0, asked: minute, failingSince: 16),
                    Self.feed(.hospitalDirectory, observed: 0, asked: minute, failingSince: 16)), at: minute)
        }
        #expect(story.told == ["+failing ae-wait at 46", "+failing hospital-directory at 1456"])
    }

    @Test("tells of a hospital that two quarter hours are without, and that it is back or gone")
    func missing() {
        func hospitals(_ minutes: Int) -> [HospitalPresence] {
            [
                HospitalPresence(
                    code: "QMH", name: "Queen Mary Hospital", first: Self.minute.adding(minutes: -9_000),
                    newest: Self.minute.adding(minutes: minutes))
            ]
        }
        var story = Story()
        for (newest, observed) in [(0, 0), (0, 15), (0, 30), (0, 45), (60, 60), (60, 90), (60, 60 + 43_200)] {
            let minutes = Double(observed) + 2
            story.look(
                Self.facts(Self.feed(observed: observed, asked: minutes), hospitals: hospitals(newest)), at: minutes)
        }
        let name = "missing ae-wait QMH at"
        #expect(story.told == ["+\(name) 32", "-\(name) 62", "+\(name) 92", "-\(name) 43262"])
    }

    @Test("tells of a full disk once, and closes it with a tenth to spare")
    func disk() {
        var story = Story()
        for (minute, free) in [900, 499, 450, 510, 490, 549, 551, nil].enumerated() {
            story.look(Self.facts(free: free.map { $0 * 1_000_000 }), at: Double(minute))
        }
        #expect(story.told == ["+disk record at 1", "-disk record at 6"])
    }

    @Test("closes what is no longer watched")
    func unknownMatter() {
        let old = Incident(
            id: 1, matter: Incident.Matter(.frozen, "a-feed-of-another-version"), sinceUnix: 0, openedUnix: 0,
            opening: "It stood.")
        #expect(
            Self.plan.changes(Self.facts(), open: [old], now: Self.start) == [
                .close(old, closing: "It is no longer watched.")
            ])
    }
}
