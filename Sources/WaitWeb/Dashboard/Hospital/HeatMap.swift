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
        let about = HospitalWords.heatAbout(
            isInHours: FigureKind(metric) == .upToHours, text.day(range.from), text.day(range.to.adding(minutes: -1)))
        let scale = scale
        let hours = (0..<24).map { "<th scope=\"col\">\($0)</th>" as Markup }
        let cells = Dictionary(profile.map { ($0.bucket ?? -1, $0.aggregate) }) { first, _ in first }
        let days = (1...7).map { day -> Markup in
            let row = (0..<24).map { cell(cells[(day - 1) * 24 + $0], scale) }
            return "<tr><th scope=\"row\">\(text.weekdayShort(day))</th>\(row)</tr>\n"
        }
        return """
            <section aria-labelledby="heat-title"><h2 id="heat-title">\(HospitalWords.heat[language])</h2>
            <p>\(about[language])</p>
            \(legend)<div class="wide" tabindex="0" role="group" aria-labelledby="heat-title"><table class="heat">
            <thead><tr><th scope="col">\(HospitalWords.hours[language])</th>\(hours)</tr></thead><tbody>
            \(days)</tbody></table></div></section>
            """
    }

    private var scale: HeatScale {
        HeatScale(FigureKind(metric), profile.compactMap { $0.aggregate.figures.map { Double($0.median) } })
    }

    /// The steps of the scale, darkest last.
    private var legend: Markup {
        let keys = (0..<scale.count).map { step -> Markup in
            "<span class=\"key\"><span class=\"swatch h\(scale.ink(step))\"></span>\(scale.label(step, text))</span> "
        }
        return profile.contains { $0.aggregate.figures != nil } ? "<p class=\"legend\">\(keys)</p>" : ""
    }

    private func cell(_ aggregate: Aggregate?, _ scale: HeatScale) -> Markup {
        guard let aggregate, let figures = aggregate.figures else {
            return "<td class=\"hx\" title=\"\(HospitalWords.gap[language])\"></td>"
        }
        let partial: Markup? = aggregate.isPartial ? " partial" : nil
        let shown = scale.kind == .upToHours ? text.hourNumber(figures.median) : String(figures.median)
        let title = "\(text.figure(figures.median, of: metric)); \(text.percent(aggregate.coverage ?? 0))"
        let ink = scale.ink(scale.step(Double(figures.median)))
        return "<td class=\"h\(ink)\(partial)\" title=\"\(title)\">\(shown)</td>"
    }
}
