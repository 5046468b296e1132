import WaitCore
import WaitStore

/// What a feed's record misses, as a table: runs of days of one shade and the same causes, the latest first.
struct CoverageGaps {
    let coverage: Coverage
    /// The id of the heading that names the table.
    let title: String
    let language: Language

    private var text: WaitText { WaitText(language: language) }

    /// More is for programs: the API has every day.
    private static let most = 200

    struct Run: Sendable, Hashable {
        let first: HongKongMinute
        var last: HongKongMinute
        var counts: SlotCounts
        fileprivate let shade: Int?

        /// How many quarter hours are missing for each cause, none left out that has one.
        var causes: [(SlotState, Int)] {
            [(SlotState.notArchived, counts.notArchived), (.lost, counts.lost), (.unknown, counts.unknown)].filter {
                $0.1 > 0
            }
        }

        var missing: Int { counts.expected - counts.observed - counts.healed }
    }

    /// Oldest first.
    var runs: [Run] {
        coverage.buckets.reduce(into: []) { runs, day in
            let run = Run(
                first: day.start, last: day.start, counts: day.counts, shade: CoverageCalendar.shade(day.counts))
            guard run.missing > 0 else { return }
            guard let before = runs.last, before.shade == run.shade,
                before.causes.map(\.0) == run.causes.map(\.0),
                before.last.dayStart.adding(minutes: 1_440) == run.first.dayStart
            else { return runs.append(run) }
            runs[runs.count - 1].last = run.last
            runs[runs.count - 1].counts = before.counts + run.counts
        }
    }

    var markup: Markup {
        let runs = runs
        guard !runs.isEmpty else { return "<p class=\"small\">\(RecordWords.noGaps[language])</p>" }
        let rows = runs.suffix(Self.most).reversed().map { run -> Markup in
            let days =
                run.first == run.last
                ? text.day(run.first) : text.day(run.first) + CommonWords.to[language] + text.day(run.last)
            let causes = run.causes.map {
                "\(CommonWords.state($0)[language])\(CommonWords.colon[language])\(text.number($1))"
            }
            return """
                <tr><th scope="row">\(days)</th><td class="number">\(run.counts.coverage.map(text.percent) ?? "–")</td>\
                <td class="number">\(text.number(run.missing))</td><td>\(causes.joined(separator: language == .en ? "; " : "；"))</td></tr>

                """
        }
        let headings = [RecordWords.days, CommonWords.coverage, RecordWords.missing, RecordWords.cause]
        let more: Markup? = runs.count > Self.most ? "<p class=\"small\">\(RecordWords.latestGaps[language])</p>" : nil
        return DataTable(labelledBy: title, headings: headings.map { $0[language] }, words: [0, 3], rows: rows).markup
            + "\(more)"
    }
}
