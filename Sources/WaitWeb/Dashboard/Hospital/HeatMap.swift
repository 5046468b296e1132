import WaitCore
import WaitStore

/// The medians of a week's 168 hours, as a table whose cells are shaded: it reads aloud, prints and copies.
struct HeatMap {
    let profile: [AggregateSeries.Row]
    let range: TimeRange
    let metric: Metric
    let language: Language

    private var text: WaitText { WaitText(language: language) }

    var section: Markup {
        let about = HospitalWords.heatAbout(text.day(range.from), text.day(range.to.adding(minutes: -1)))
        let hours = (0..<24).map { "<th scope=\"col\">\($0)</th>" as Markup }
        let cells = Dictionary(profile.map { ($0.bucket ?? -1, $0.aggregate) }) { first, _ in first }
        let days = (1...7).map { day -> Markup in
            let row = (0..<24).map { cell(cells[(day - 1) * 24 + $0]) }
            return "<tr><th scope=\"row\">\(text.weekday(day))</th>\(row)</tr>\n"
        }
        return """
            <section aria-labelledby="heat-title"><h2 id="heat-title">\(HospitalWords.heat[language])</h2>
            <p>\(CommonWords.halfLong[language]) (\(unit)). \(about[language])</p>
            <div class="wide" tabindex="0" role="region" aria-labelledby="heat-title"><table class="heat">
            <thead><tr><th scope="col">\(HospitalWords.hours[language])</th>\(hours)</tr></thead><tbody>
            \(days)</tbody></table></div></section>
            """
    }

    private var isInHours: Bool { metric.name.hasPrefix("t45") }

    /// "up to … h": the cells are too small for it.
    private var unit: String {
        isInHours
            ? text.figure(120, of: metric).replacing("2", with: "…")
            : text.figure(2, of: metric).replacing("2", with: "…")
    }

    private func cell(_ aggregate: Aggregate?) -> Markup {
        guard let aggregate, let figures = aggregate.figures else {
            return "<td class=\"hx\" title=\"\(HospitalWords.gap[language])\"></td>"
        }
        let partial: Markup? = aggregate.isPartial ? " partial" : nil
        let shown = isInHours ? (Double(figures.median) / 60).plainText : String(figures.median)
        let title = "\(text.figure(figures.median, of: metric)); \(text.percent(aggregate.coverage ?? 0))"
        return "<td class=\"h\(shade(figures.median))\(partial)\" title=\"\(title)\">\(shown)</td>"
    }

    /// The classes of the map's marks; a quarter of their minutes for triage III, whose waits are so much shorter.
    private func shade(_ minutes: Int) -> Int {
        WaitMark(minutes: isInHours ? minutes : minutes * 4).number
    }
}
