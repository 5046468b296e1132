import Foundation
import WaitCore
import WaitStore

extension Endpoint {
    static let recordPage = page(
        "/record", "The record's page: every day's coverage, the feeds' health, what figures mean, source and licence.",
        dependsOn: .recordAndSlot
    ) { _, context, language in
        try RecordPage(context, language).page
    }
}

/// How whole the record is, and what its figures mean.
struct RecordPage {
    private let context: AnswerContext
    private let language: Language
    private let links: PageLinks
    private let isSimulated: Bool
    private let feeds: [FeedSummary]
    /// By day, for each A&E feed.
    private let days: [(feed: String, coverage: Coverage)]
    private let summaryLine: SummaryLine?
    private let freshness: Freshness

    init(_ context: AnswerContext, _ language: Language) throws {
        self.context = context
        self.language = language
        links = context.links(language)
        isSimulated = try context.database.isSimulated()
        feeds = try context.database.feedSummaries()
        days = try ReadingTable.all.map { table in
            let whole = TimeRange(from: HongKongMinute(sinceEpoch: 0), to: context.minute)
            return (
                table.feed, try context.database.coverage(of: table.feed, by: .day, in: whole, now: context.minute)
            )
        }
        freshness = try Freshness(context)
        summaryLine = days.first { $0.feed == Feed.aeWait.id }.map { _, coverage in
            SummaryLine(coverage: coverage, language: language, now: context.minute)
        }
    }

    private var text: WaitText { WaitText(language: language) }

    /// What is held of an A&E feed; without a reading a calendar would show years of nothing.
    private var heldDays: [(feed: String, coverage: Coverage)] {
        days.filter { $0.coverage.total.observed + $0.coverage.total.healed > 0 }
    }

    var page: Page {
        let observedAt = feeds.first { $0.feed.id == Feed.aeWait.id }?.observedAt
        return Page(
            language: language, title: RecordWords.title[language], place: .record,
            content: """
                <h1>\(RecordWords.title[language])</h1>
                \(summaryLine?.markup(observedAt: observedAt))\(observedAt == nil ? nil : summaryLine?.held)
                \(freshness.notice(language))
                \(heldDays.isEmpty ? "" : calendars)
                \(feedSection)
                \(meaning)
                \(licence)
                """)
    }

    private var calendars: Markup {
        """
        <section aria-labelledby="days-title"><h2 id="days-title">\(RecordWords.calendar[language])</h2>
        <p>\(RecordWords.calendarAbout[language])</p>
        \(legend)
        \(heldDays.map(calendar))
        </section>
        """
    }

    private var legend: Markup {
        let names = [
            RecordWords.nothing, RecordWords.under50, RecordWords.under90, RecordWords.from90, RecordWords.from98,
            RecordWords.complete,
        ]
        let keys = names.enumerated().map { shade, name -> Markup in
            let cross: Markup? = shade < 3 ? "<path class=\"cross\" d=\"M2 10 10 2\"/>" : nil
            let kind = CoverageCalendar.shades[shade]
            return """
                <span class="key"><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect class="\(kind)" width="12" height="12"/>\
                \(cross)</svg>\(name[language])</span>
                """
        }
        return "<p class=\"legend\">\(keys)</p>"
    }

    private func calendar(_ feed: String, _ coverage: Coverage) -> Markup {
        let name = (feed == Feed.aeWait.id ? RecordWords.newFeed : RecordWords.oldFeed)[language]
        return """
            <h3 id="\(feed)-title">\(name)</h3>
            \(CoverageCalendar(coverage: coverage, name: name, language: language).markup)
            <details\(feed == Feed.aeWait.id ? " open" as Markup : nil)><summary>\(RecordWords.gaps[language])</summary>\(CoverageGaps(coverage: coverage, title: "\(feed)-title", language: language).markup)</details>
            <details><summary>\(RecordWords.byMonth[language])</summary>\(months(feed, coverage))</details>
            """
    }

    private func months(_ feed: String, _ coverage: Coverage) -> Markup {
        let months = Dictionary(grouping: coverage.buckets) { BucketSize.month.start(of: $0.start) }
        let states: [(SlotState, KeyPath<SlotCounts, Int>)] = [
            (.observed, \.observed), (.healed, \.healed), (.notArchived, \.notArchived), (.lost, \.lost),
            (.unknown, \.unknown),
        ]
        let rows = months.keys.sorted(by: >).map { month -> Markup in
            let total = (months[month] ?? []).map(\.counts).reduce(SlotCounts(), +)
            let cells = states.map { "<td class=\"number\">\(text.number(total[keyPath: $1]))</td>" as Markup }
            return """
                <tr><th scope="row">\(text.month(month))</th><td class="number">\(total.coverage.map(text.percent) ?? "–")</td>\
                <td class="number">\(text.number(total.expected))</td>\(cells)</tr>

                """
        }
        let headings =
            [RecordWords.month, CommonWords.coverage, RecordWords.due] + states.map { CommonWords.state($0.0) }
        let json = links.api("/v1/coverage", ["feed": feed, "by": "day"])
        return """
            \(DataTable(labelledBy: "\(feed)-title", headings: headings.map { $0[language] }, rows: rows).markup)
            <p><a href="\(json)">JSON</a></p>
            """
    }

    private var feedSection: Markup {
        let headings = [RecordWords.feed, RecordWords.health, RecordWords.newest, RecordWords.asked]
        let rows = feeds.map { summary -> Markup in
            let health = FeedHealth.of(summary.facts, now: context.now)
            let since = health.since.map {
                RecordWords.since(text.instant(HongKongMinute(secondsSince1970: $0.timeIntervalSince1970)))[language]
            }
            let asked = summary.lastAttemptUnix.map { text.instant(HongKongMinute(secondsSince1970: Double($0))) }
            let trouble: Markup? = health.isTrouble(summary.feed.rhythm) ? " class=\"much-longer\"" : nil
            return """
                <tr><th scope="row">\(RecordWords.feed(summary.feed.id)?[language] ?? summary.feed.title)</th>\
                <td\(trouble)>\(RecordWords.health(health.name)[language]) <span class="small">\(since ?? "")</span></td>\
                <td>\(summary.observedAt.map(summary.feed.rhythm == .quarterHourly ? text.instant : text.day) ?? "–")</td><td>\(asked ?? "–")</td></tr>

                """
        }
        return """
            <section aria-labelledby="feeds-title"><h2 id="feeds-title">\(RecordWords.feeds[language])</h2>
            \(DataTable(labelledBy: "feeds-title", headings: headings.map { $0[language] }, words: [0, 1, 2, 3], rows: rows).markup)<p><a href="\(links.api("/v1/feeds"))">JSON</a></p></section>
            """
    }

    private var meaning: Markup {
        """
        <div class="columns"><section aria-labelledby="means-title"><h2 id="means-title">\(RecordWords.means[language])</h2>
        <ul class="plain">\(RecordWords.meanings.map { "<li>\($0[language])</li>" as Markup })</ul></section>
        <section aria-labelledby="not-title"><h2 id="not-title">\(RecordWords.meansNot[language])</h2>
        <ul class="plain">\(RecordWords.notMeanings.map { "<li>\($0[language])</li>" as Markup })</ul>
        <p><strong>\(CommonWords.emergency[language])</strong></p></section></div>
        """
    }

    private var licence: Markup {
        let coverage = days.first { $0.feed == Feed.aeWait.id }?.coverage
        let citation: Markup? = coverage.flatMap { coverage in
            coverage.total.coverage.map { share in
                let range = coverage.range
                let words = RecordWords.citation(
                    text.day(range.from), text.day(range.to.adding(minutes: -1)), text.percent(share))
                let sign = isSimulated ? CommonWords.simulatedSign[language] : ""
                return "<p class=\"citation\">\(sign)\(words[language])</p>"
            }
        }
        return """
            <section aria-labelledby="licence-title"><h2 id="licence-title">\(RecordWords.licence[language])</h2>
            <p>\(Attribution.sources[language]) <a href="https://data.gov.hk/en/terms-and-conditions">\(RecordWords.terms[language])</a></p>
            \(citation)
            <p>\(RecordWords.exports[language])\(CommonWords.colon[language])</p><ul class="plain">\(downloads)</ul></section>
            """
    }

    /// Every dataset as CSV that Excel reads; readings a year at a time, since a worksheet holds a million rows.
    private var downloads: [Markup] {
        let readings = ReadingTable.all.map { table -> Markup in
            let coverage = days.first { $0.feed == table.feed }?.coverage
            let held = coverage?.buckets.filter { $0.counts.observed + $0.counts.healed > 0 } ?? []
            let years = Set(held.map(\.start.civil.year)).sorted()
            let dataset: ExportDataset = table.feed == Feed.aeWait.id ? .aeWaits : .aeTopWaits
            let parts = years.map { year -> Markup in
                let link = links.api("/v1/export/\(dataset.rawValue).csv", ["in": "\(year)", "excel": "true"])
                return "<a href=\"\(link)\">\(dataset.rawValue)-\(year).csv</a>"
            }
            return years.isEmpty ? "" : "<li>\(Markup(parts, separator: " · "))</li>"
        }
        let others = [ExportDataset.clinicQuotas, .hospitals, .clinics].map { dataset -> Markup in
            let link = links.api("/v1/export/\(dataset.rawValue).csv", ["excel": "true"])
            return "<li><a href=\"\(link)\">\(dataset.rawValue).csv</a></li>"
        }
        return readings + others
    }
}
