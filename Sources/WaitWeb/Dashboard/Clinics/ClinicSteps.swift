import WaitCore

/// A clinic's quotas over time: a step a period, since each is an average over four weeks and not a moment.
struct ClinicSteps {
    let series: ClinicQuotas
    /// The day that is drawn; nil: Monday to Friday together.
    let weekday: Int?
    let links: PageLinks

    private var language: Language { links.language }
    private var text: WaitText { WaitText(language: language) }
    private var figures: QuotaFigures { QuotaFigures(language: language) }
    private var days: Set<Int> { weekday.map { [$0] } ?? Set(1...5) }
    private var dayName: String { weekday.map(text.weekday) ?? ClinicWords.workdaysShort[language] }

    private static let (width, height, left, bottom) = (760, 260, 60, 36)

    var section: Markup {
        let id = series.clinic.id
        return """
            <section aria-labelledby="clinic-title"><h2 id="clinic-title"><bdi>\(series.clinic.name.shown(language))</bdi></h2>
            <nav aria-label="\(ClinicWords.weekday[language])"><ul>\(weekdayLinks)</ul></nav>
            \(chart)
            <details><summary>\(CommonWords.table[language])</summary>\(table)</details>
            <p><a href="\(links.api("/v1/clinics/\(PercentEncoding.encoded(id))/quotas"))">JSON</a></p></section>
            """
    }

    private var weekdayLinks: [Markup] {
        let all: [Int?] = [nil] + (1...7).map { $0 }
        return all.map { day in
            let current: Markup? = day == weekday ? " aria-current=\"true\"" : nil
            let link = links.to(
                "/clinics", ["clinic": series.clinic.id, "weekday": day.map(String.init)])
            return
                "<li><a href=\"\(link)\"\(current)>\(day.map(text.weekday) ?? ClinicWords.workdaysShort[language])</a></li>"
        }
    }

    private var chart: Markup {
        let steps = series.steps
        let quotas = steps.map { $0.figure(on: days).quota }
        guard let first = steps.first, let last = steps.last, let most = quotas.compactMap({ $0 }).max() else {
            return "<p>\(ClinicWords.noSession[language])</p>"
        }
        let top = Self.roundTop(most)
        let minutes = max(1, last.period.to.sinceEpoch - first.period.to.sinceEpoch + Self.week)
        func x(_ minute: Int) -> Int {
            Self.left + (minute - first.period.to.sinceEpoch + Self.week) * (Self.width - Self.left - 10) / minutes
        }
        func y(_ quota: Double) -> Int {
            Self.height - Self.bottom - Int(quota / top * Double(Self.height - Self.bottom - 12))
        }
        var before: (end: Int, height: Int)?
        let strokes = zip(steps, quotas).map { step, quota -> Markup in
            guard let quota else { return "" }
            let end = step.period.to.sinceEpoch
            // A riser joins neighbours; a missing period stays a gap.
            let riser = before.flatMap { $0.end == end - Self.week ? "V\($0.height)" : nil } ?? ""
            before = (end, y(quota))
            let words = "\(figures.label(step.period)): \(ClinicWords.places(text.average(quota))[language])"
            return
                "<path d=\"M\(x(end - Self.week)) \(y(quota))\(riser)M\(x(end - Self.week)) \(y(quota))H\(x(end))\"><title>\(words)</title></path>"
        }
        let grid = [0.0, top / 2, top].map { quota -> Markup in
            """
            <path class="grid" d="M\(Self.left) \(y(quota))H\(Self.width - 10)"/>\
            <text x="\(Self.left - 6)" y="\(y(quota) + 4)" text-anchor="end">\(text.number(Int(quota)))</text>
            """
        }
        let range = TimeRange(from: first.period.to.adding(minutes: -Self.week), to: last.period.to.adding(minutes: 1))
        let axis = TimeAxis(
            range, size: .week, left: Double(Self.left), right: Double(Self.width - 10), text: text)
        let ticks = axis.labels.map { label -> Markup in
            "<text x=\"\(label.x)\" y=\"\(Self.height - 20)\" text-anchor=\"middle\">\(label.text)</text>"
        }
        let contexts = axis.contexts.map { label -> Markup in
            "<text x=\"\(label.x)\" y=\"\(Self.height - 5)\">\(label.text)</text>"
        }
        let title = ClinicWords.chart(series.clinic.name.shown(language), dayName)[language]
        return """
            <div class="wide" tabindex="0" role="group" aria-label="\(title)"><svg class="steps" viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(title)">\
            \(grid)\(strokes)\(ticks)\(contexts)</svg></div>
            """
    }

    private static let week = 7 * 1_440

    /// The next of 1, 2, 5, 10, 20, 50 …
    private static func roundTop(_ most: Double) -> Double {
        var size = 1.0
        while true {
            for factor in [1.0, 2, 5] where most <= size * factor { return size * factor }
            size *= 10
        }
    }

    private var table: Markup {
        let headings =
            [ClinicWords.period[language]] + (1...7).map(text.weekdayShort)
            + [ClinicWords.workdays, ClinicWords.change, ClinicWords.base].map { $0[language] }
        let rows = series.steps.reversed().map { step -> Markup in
            let workdays = step.figure(on: Set(1...5))
            return """
                <tr><th scope="row">\(figures.label(step.period))</th>\((1...7).map { figures.cell(step.figure(on: [$0]).quota) })\
                \(figures.cell(workdays.quota))\(figures.changeCell(workdays.change, from: workdays.before))\
                <td>\(step.base.map(figures.label) ?? "–")</td></tr>

                """
        }
        return DataTable(labelledBy: "clinic-title", headings: headings, words: [0, 10], rows: rows).markup
    }
}
