import WaitCore

/// The chart of a hospital's waits: links to spans, the place where the script draws, and the view to take away.
struct HospitalChart {
    let code: String
    let name: String
    let view: ChartView
    /// Of the view's range; nil where nothing is expected.
    let coverage: Double?
    /// What is drawn; nil where the library is not installed.
    let columns: ChartColumns?
    /// The running slot: what begins then or later is not due yet.
    let now: HongKongMinute
    /// Whether the demo made the record; a citation goes where the page's notice does not.
    let isSimulated: Bool
    let links: PageLinks

    private var language: Language { links.language }
    private var text: WaitText { WaitText(language: language) }
    private var path: String { "/hospitals/\(PercentEncoding.encoded(code))" }
    private var range: String {
        text.instant(view.range.from) + CommonWords.to[language] + text.instant(view.range.to)
    }

    var section: Markup {
        """
        <section aria-labelledby="chart-title" id="over-time"><h2 id="chart-title">\(HospitalWords.chart[language])</h2>
        <div class="spans" id="views"><nav aria-label="\(HospitalWords.figure[language])"><ul>\(triages)</ul></nav>
        <nav aria-label="\(HospitalWords.span[language])"><ul>\(spans)</ul></nav></div>
        <p class="small" id="caption">\(view.triage.name[language]) · \(range) · \
        \(HospitalWords.bucket(view.bucket)[language])</p>
        \(columns.map(chart) ?? picture(note: HospitalWords.chartMissing))
        \(take)
        </section>
        """
    }

    private var spans: [Markup] {
        ChartSpan.allCases.map { span in
            let current: Markup? = span == view.span ? " aria-current=\"true\"" : nil
            let address = links.to(path, ["span": span.rawValue, "triage": view.triage.rawValue])
            return "<li><a href=\"\(address)#over-time\"\(current)>\(HospitalWords.span(span)[language])</a></li>"
        }
    }

    private var triages: [Markup] {
        ChartView.Triage.allCases.map { triage in
            let current: Markup? = triage == view.triage ? " aria-current=\"true\"" : nil
            let ends = view.span == nil ? view.range : nil
            let address = links.to(
                path,
                [
                    "span": view.span?.rawValue, "triage": triage.rawValue, "from": ends?.from.rfc3339,
                    "to": ends?.to.rfc3339, "by": ends.map { _ in view.bucket.rawValue },
                ])
            return "<li><a href=\"\(address)#over-time\"\(current)>\(triage.name[language])</a></li>"
        }
    }

    /// Everything that the script needs: the view, its figures and its words.
    private func chart(_ columns: ChartColumns) -> Markup {
        """
        <p id="chart-unit" class="small scripted">\(isInHours ? HospitalWords.hoursAxis[language] : HospitalWords.minutesAxis[language])</p>
        <div id="chart" class="scripted" tabindex="0" role="group" aria-labelledby="chart-title" aria-describedby="chart-keys" \
        data-from="\(view.range.from.rfc3339)" data-to="\(view.range.to.rfc3339)" data-due="\(now.slotStart.rfc3339)" \
        data-by="\(view.bucket.rawValue)" data-metrics="\(view.triage.metrics.map(\.name).joined(separator: ","))" \
        data-page="\(links.to(path, ["triage": view.triage.rawValue, "by": view.bucket.rawValue]))" \
        data-picture="\(link("trend.svg", view.triage.metrics[0], theme: "auto"))" \
        data-band="\(view.isHourly ? "usual" : "spread")"\(columns.attributes)\(words)></div>
        <p id="chart-legend" class="legend scripted"><span class="key"><span class="swatch" data-sign="half"></span>\
        \(CommonWords.halfLong[language])</span> <span class="key"><span class="swatch" data-sign="majority"></span>\
        \(CommonWords.majorityLong[language])</span> <span><span class="swatch" data-sign="band"></span>\
        \((view.isHourly ? HospitalWords.band : HospitalWords.spread(view.bucket))[language])</span> <span class="key">\
        <span class="swatch hx"></span>\(HospitalWords.gap[language])</span> <span class="key">\
        <span class="swatch" data-sign="partial"></span>\(HospitalWords.unfinished[language])</span></p>
        <p id="chart-words" class="chart-words scripted control" role="status"></p>
        <p id="chart-keys" class="small scripted control">\(HospitalWords.keys[language])</p>
        <details id="chart-table" class="scripted"><summary>\(CommonWords.table[language])</summary></details>
        <noscript>\(picture(note: nil))</noscript>
        """
    }

    private var isInHours: Bool { view.triage == .t45 }

    private var words: Markup {
        let metric = view.triage.metrics[0]
        // Numbers that no text has besides, so that the script can put its own in their places.
        let range = text.range(isInHours ? 4_200 : 888, isInHours ? 4_260 : 999, of: metric)
            .replacing(isInHours ? "70" : "888", with: "{}").replacing(isInHours ? "71" : "999", with: "{2}")
        let all: KeyValuePairs<String, String> = [
            "half": CommonWords.halfLong[language], "majority": CommonWords.majorityLong[language],
            "minutes": text.figure(888, of: metric).replacing("888", with: "{}"),
            "within": text.minutes(888).replacing("888", with: "{}"),
            "zero": text.figure(0, of: metric),
            "hours": text.figure(120, of: metric).replacing("2", with: "{}"),
            "within-hours": (language == .en ? text.hours(120) : text.figure(120, of: metric)).replacing(
                "2", with: "{}"),
            "range": range,
            "band": view.isHourly ? HospitalWords.usualBand[language] : HospitalWords.middle[language],
            "gap": HospitalWords.gap[language], "failed": HospitalWords.chartFailed[language],
            "empty": HospitalWords.chartEmpty[language], "time": HospitalWords.time[language],
            "coverage": CommonWords.coverage[language], "cause": RecordWords.cause[language],
            "quarters": CommonWords.quarterHours[language], "partial": HospitalWords.unfinished[language],
            "colon": CommonWords.colon[language], "is": language == .en ? " " : CommonWords.colon[language],
            "not-archived": CommonWords.state(.notArchived)[language], "lost": CommonWords.state(.lost)[language],
            "unknown": CommonWords.state(.unknown)[language],
            "unpublished": RecordWords.notExpected[language], "not-due": RecordWords.notDue[language],
        ]
        return Markup(all.map { name, word in " data-word-\(Markup.text(name))=\"\(word)\"" })
    }

    private func picture(note: Localized?) -> Markup {
        """
        \(note.map { "<p class=\"small\">\($0[language])</p>" as Markup })<figure tabindex="0" role="group" aria-labelledby="chart-title"><img src="\(link("trend.svg", view.triage.metrics[0], theme: "auto"))" \
        alt="\(name), \(CommonWords.halfLong[language])" width="800" height="420"></figure>
        """
    }

    /// This very view as data, as a picture, and as a sentence to cite.
    private var take: Markup {
        let lines = zip(view.triage.metrics, [CommonWords.halfLong, CommonWords.majorityLong]).map {
            metric, name -> Markup in
            """
            <li>\(name[language])\(CommonWords.colon[language])<a href="\(link("trend.csv", metric))">CSV</a> · \
            <a href="\(link("trend", metric))">\(HospitalWords.call[language])</a> · \
            <a href="\(link("trend.svg", metric, theme: "light"))">\(HospitalWords.picture[language])</a></li>
            """
        }
        let citation = HospitalWords.citation(
            name, view.triage.name[language], range, coverage.map(text.percent) ?? "–")
        let sign = isSimulated ? CommonWords.simulatedSign[language] : ""
        return """
            <div id="take"><p>\(HospitalWords.take[language])</p><ul class="plain">\(lines)</ul>
            <p class="small">\(HospitalWords.cite[language])</p><p class="citation">\(sign)\(citation[language])</p></div>
            """
    }

    private func link(_ leaf: String, _ metric: Metric, theme: String? = nil) -> String {
        links.api(
            "/v1\(path)/\(leaf)",
            [
                "metric": metric.name, "by": view.bucket.rawValue, "from": view.range.from.rfc3339,
                "to": view.range.to.rfc3339, "theme": theme, "lang": theme.map { _ in language.rawValue },
                "excel": leaf.hasSuffix(".csv") ? "true" : nil,
            ])
    }
}
