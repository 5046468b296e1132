import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("The record's page")
struct RecordPageTests {
    private static func coverage(_ days: [(String, SlotCounts)]) throws -> Coverage {
        let buckets = try days.map { day, counts in (start: try #require(HongKongMinute(text: day)), counts: counts) }
        let ends = (buckets.first?.start, buckets.last?.start)
        return Coverage(range: TimeRange(from: try #require(ends.0), to: try #require(ends.1)), buckets: buckets)
    }

    private static func counts(observed: Int, notArchived: Int = 0, unknown: Int = 0) -> SlotCounts {
        var counts = SlotCounts()
        (counts.observed, counts.notArchived, counts.unknown) = (observed, notArchived, unknown)
        counts.expected = observed + notArchived + unknown
        return counts
    }

    @Test("joins days of one shade and the same causes, and no others")
    func runs() throws {
        let coverage = try Self.coverage([
            ("2026-01-01", Self.counts(observed: 0, unknown: 96)),
            ("2026-01-02", Self.counts(observed: 0, unknown: 96)),
            ("2026-01-03", Self.counts(observed: 96)), ("2026-01-04", Self.counts(observed: 95, notArchived: 1)),
            ("2026-01-05", Self.counts(observed: 94, notArchived: 2)),
            ("2026-01-06", Self.counts(observed: 95, unknown: 1)),
        ])
        let runs = CoverageGaps(coverage: coverage, title: "t", language: .en).runs
        #expect(runs.map(\.first.dayText) == ["2026-01-01", "2026-01-04", "2026-01-05", "2026-01-06"])
        #expect(runs.map(\.missing) == [192, 1, 2, 1])
        #expect(runs[1].causes.map(\.0) == [.notArchived] && runs[3].causes.map(\.0) == [.unknown])
    }

    @Test(
        "shades days by how whole they are",
        arguments: [(0, 0), (1, 1), (47, 1), (48, 2), (86, 2), (87, 3), (95, 4), (96, 5)])
    func shades(observed: Int, shade: Int) {
        #expect(CoverageCalendar.shade(Self.counts(observed: observed, unknown: 96 - observed)) == shade)
    }

    @Test("says of a year what was due since the feed began, not since the record did")
    func years() async throws {
        // One reading a hospital, of 14 November.
        let page = try await WebFixture.get("/hospitals/QMH?lang=en", at: "2026-11-14T09:31").text
        let year = try #require(
            page.firstMatch(of: /<th scope="row">2026<\/th><td class="number partial">([^<]*)<\/td>/))
        #expect(year.1.hasPrefix("0.1%"))
    }
}
