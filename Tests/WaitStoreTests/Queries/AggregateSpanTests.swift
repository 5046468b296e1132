import Testing
import WaitCore

@testable import WaitStore

@Suite("The span of a question")
struct AggregateSpanTests {
    static let spans: [(String, String?, String?, String)] = [
        ("t3_p50", nil, nil, "2025-10-13T00:00 2026-11-16T08:30 until 2026-11-16T08:30"),
        ("t3_p50", "2026-11-14", "2026-11-14", "2026-11-14T00:00 2026-11-15T00:00 until 2026-11-15T00:00"),
        ("t3_p50", "2026-11-01", "2026-12-31", "2026-11-01T00:00 2027-01-01T00:00 until 2026-11-16T08:30"),
        ("top_wait", "2025-10-01", "2025-10-05", "2025-10-01T00:00 2025-10-06T00:00 until 2025-10-06T00:00"),
    ]

    @Test("is the range of its answer, and says up to when readings count", arguments: spans)
    func ranges(metric: String, from: String?, to: String?, expected: String) throws {
        var question = try TrendTests.question(metric)
        (question.from, question.to) = (from.flatMap(TimeRange.start), to.flatMap(TimeRange.end))
        let database = try TrendTests.database()
        let span = try database.span(of: question, now: TrendTests.now())
        let texts = [span.range.from, span.range.to, span.countedTo].map { $0.rfc3339.prefix(16) }
        #expect("\(texts[0]) \(texts[1]) until \(texts[2])" == expected)
        #expect(try database.trend(of: ["AHN"], question, by: .year, now: TrendTests.now()).range == span.range)
    }

    @Test("knows when the feeds began and ended")
    func lives() throws {
        let database = try TrendTests.database()
        let new = try database.span(of: TrendTests.question("t3_p50"), now: TrendTests.now())
        let old = try database.span(of: TrendTests.question("top_wait"), now: TrendTests.now())
        #expect(new.expectedFrom.rfc3339 == "2025-10-13T00:00:00+08:00" && new.isBeginningKnown && new.lifeTo == nil)
        #expect(old.lifeTo?.rfc3339 == "2025-10-13T00:30:00+08:00" && !old.isBeginningKnown)
    }
}
