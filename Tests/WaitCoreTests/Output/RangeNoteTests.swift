import Testing

@testable import WaitCore

@Suite("A range with nothing in it says why, what was asked for and what there is")
struct RangeNoteTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var feed = "ae-wait"
        var asked: (String, String)? = ("2024-01-01", "2025-01-01")
        var life: (String?, String?) = ("2025-10-13", nil)
        var held: (String, String)? = ("2025-10-13T00:00", "2026-11-14T09:15")
        var leavesOutTrial = false
        var isEmpty = true
        let says: [String]
        var saysNot: [String] = []
    }

    static let cases = [
        Case(
            testDescription: "before the life",
            says: [
                "Not published: nothing of ae-wait is expected in this range, before the feed's life",
                "2025-10-13T00:00",
                "Asked for: from 2024-01-01T00:00:00+08:00 up to 2025-01-01",
                "from 2025-10-13T00:00:00+08:00 to 2026-11-14T09:15",
            ], saysNot: ["trial"]),
        Case(
            testDescription: "after the life", feed: "ae-top-wait", asked: ("2026-10-01", "2026-11-01"),
            life: (nil, "2025-10-13T00:15"), held: ("2024-03-14T00:00", "2025-10-13T00:15"),
            says: ["after the feed's life, which ended with 2025-10-13T00:15:00+08:00"]),
        Case(testDescription: "in the future", asked: ("2030-01-01", "2031-01-01"), says: ["lies in the future"]),
        Case(
            testDescription: "a gap in the record", asked: ("2026-03-01", "2026-03-02"),
            says: ["The record has nothing of ae-wait that was asked for in this range."], saysNot: ["Not published"]),
        Case(
            testDescription: "an empty record", asked: ("2026-03-01", "2026-03-02"), held: nil,
            says: ["The record has no readings of ae-wait.", "Asked for:"]),
        Case(
            testDescription: "an empty record, nothing named", asked: nil, held: nil, says: ["no readings of ae-wait."]),
        Case(
            testDescription: "a trial", asked: ("2025-09-01", "2025-10-01"),
            held: ("2025-09-05T09:00", "2025-09-30T23:45"),
            leavesOutTrial: true, says: ["before the feed's life", "--include-trial", "include_trial=true"]),
        Case(
            testDescription: "a trial beside readings that count", asked: ("2025-09-01", "2025-11-01"),
            leavesOutTrial: true,
            isEmpty: false, says: ["--include-trial"], saysNot: ["Not published", "Asked for"]),
    ]

    @Test("in sentences", arguments: cases)
    func words(one: Case) throws {
        func minute(_ text: String) throws -> HongKongMinute { try #require(HongKongMinute(text: text)) }
        let note = RangeNote(
            feed: one.feed, asked: try one.asked.map { TimeRange(from: try minute($0.0), to: try minute($0.1)) },
            life: Feed.Life(from: try one.life.0.map(minute), to: try one.life.1.map(minute), evidence: ""),
            held: try one.held.map { try minute($0.0)...minute($0.1) }, leavesOutTrial: one.leavesOutTrial,
            isEmpty: one.isEmpty, now: try minute("2026-11-14T09:17"))
        let words = try #require(note.words)
        for text in one.says { #expect(words.contains(text), "\(text) in \(words)") }
        for text in one.saysNot { #expect(!words.contains(text), "\(text) in \(words)") }
    }

    @Test("and nothing where readings are counted and none left out")
    func none() throws {
        let now = try #require(HongKongMinute(text: "2026-11-14T09:17"))
        let note = RangeNote(
            feed: "ae-wait", asked: nil, life: Feed.Life(from: nil, to: nil, evidence: ""), held: now...now,
            leavesOutTrial: false, isEmpty: false, now: now)
        #expect(note.words == nil)
    }
}
