import WaitCore
import WaitStore

/// A hospital's months and years as tables, and the old feed's years.
struct HospitalPeriods {
    let trends: HospitalTrends
    let code: String
    let links: PageLinks

    private var language: Language { links.language }
    private var text: WaitText { WaitText(language: language) }

    var section: Markup {
        let picture = links.api(
            "/v1/hospitals/\(PercentEncoding.encoded(code))/trend.svg",
            ["metric": trends.metrics[0].name, "by": "month", "theme": "auto", "lang": language.rawValue])
        return """
            <section aria-labelledby="months-title"><h2 id="months-title">\(HospitalWords.months[language])</h2>
            <div class="columns"><div>\(table(trends.years, { "\($0.civil.year)" }))
            <details><summary>\(HospitalWords.byMonth[language])</summary>\(table(trends.months, text.month))</details></div>
            <figure tabindex="0" role="group" aria-labelledby="months-title"><img src="\(picture)" alt="\(HospitalWords.months[language])" loading="lazy" width="800" height="420"></figure></div>
            </section>
            """
    }

    /// - Parameter rows: the half wait's, and the majority's beside it.
    private func table(_ rows: [[AggregateSeries.Row]], _ period: (HongKongMinute) -> String) -> Markup {
        guard let half = rows.first, rows.count == 2 else { return "" }
        let lines = zip(half, rows[1]).reversed().map { half, majority -> Markup in
            let figures = half.aggregate.figures
            return """
                <tr><th scope="row">\(half.start.map(period) ?? "")</th>\(coverage(half.aggregate))\
                <td class="number">\(figure(figures?.median, 0))</td>\
                <td class="number">\(middle(figures, trends.metrics[0]))</td>\
                <td class="number">\(figure(majority.aggregate.figures?.median, 1))</td></tr>

                """
        }
        func median(_ name: Localized) -> String {
            CommonWords.bracketed(name[language], HospitalWords.median[language])[language]
        }
        return DataTable(
            labelledBy: "months-title",
            headings: [
                HospitalWords.period[language], CommonWords.coverage[language], median(CommonWords.halfLong),
                HospitalWords.middle[language], median(CommonWords.majorityLong),
            ], rows: lines
        ).markup
    }

    private func figure(_ minutes: Int?, _ metric: Int) -> String {
        minutes.map { text.within($0, of: trends.metrics[metric]) } ?? "–"
    }

    private func middle(_ figures: Aggregate.Figures?, _ metric: Metric) -> String {
        figures.map { text.range($0.p25, $0.p75, of: metric) } ?? "–"
    }

    private func coverage(_ aggregate: Aggregate) -> Markup {
        let share = aggregate.coverage.map(text.percent) ?? "–"
        guard aggregate.isPartial else { return "<td class=\"number\">\(share)</td>" }
        let words = CommonWords.bracketed(share, CommonWords.partial[language])[language]
        return "<td class=\"number partial\">\(words)</td>"
    }

    /// A year, or what of it lies after the record's first day: when the old feed began is not known.
    private func yearOfOldFeed(_ start: HongKongMinute) -> String {
        let year = start.civil.year
        guard start != BucketSize.year.start(of: start) else { return "\(year)" }
        return HospitalWords.since(text.day(start))[language]
    }

    /// The old feed's years in its classes.
    var oldTable: Markup {
        guard let metric = Metric.named("top_wait") else { return "" }
        let lines = trends.oldYears.reversed().map { row -> Markup in
            func figure(_ minutes: Int?) -> String { minutes.map { text.figure($0, of: metric) } ?? "–" }
            let figures = row.aggregate.figures
            return """
                <tr><th scope="row">\(row.start.map(yearOfOldFeed) ?? "")</th>\(coverage(row.aggregate))\
                <td class="number">\(figure(figures?.median))</td>\
                <td class="number">\(middle(figures, metric))</td><td class="number">\(figure(figures?.p95))</td></tr>

                """
        }
        return DataTable(
            labelledBy: "old-title",
            headings: [
                HospitalWords.period[language], CommonWords.coverage[language],
                CommonWords.bracketed(HospitalWords.topWait[language], HospitalWords.median[language])[language],
                HospitalWords.middle[language],
                HospitalWords.most[language],
            ], rows: lines
        ).markup
    }
}
