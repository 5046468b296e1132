import WaitCore
import WaitStore

extension Parameters {
    fileprivate static let span = Parameter.word(
        "span", ChartSpan.allCases.map(\.rawValue), example: "30d", "How much of the past the chart shows.")
    fileprivate static let triage = Parameter.word(
        "triage", ChartView.Triage.allCases.map(\.rawValue), "Whose waits: triage III, or IV and V.")
}

extension Parameters {
    fileprivate static let bucket = Parameter.word(
        "by", [BucketSize.quarterHour, .hour, .day, .week].map(\.rawValue),
        "How the chart's range is divided; by default as finely as a screen can show.")
}

extension Endpoint {
    static let hospitalPage = page(
        "/hospitals/{code}", "A hospital's page: its chart, what is usual, months and years, the old feed, the place.",
        parameters: [
            .path(Parameters.code), .query(Parameters.span), .query(Parameters.triage), .query(Parameters.from),
            .query(Parameters.to), .query(Parameters.bucket),
        ], dependsOn: .recordAndSlot
    ) { query, context, language in
        let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
        return try HospitalPage(code, query, context, language).page
    }
}

/// One hospital, from now back to the first day of the record.
struct HospitalPage {
    private let context: AnswerContext
    private let language: Language
    private let links: PageLinks
    private let place: PlaceRecord
    private let reading: LatestReading?
    private let view: ChartView
    private let trends: HospitalTrends
    private let freshness: Freshness
    private let summaryLine: SummaryLine
    private let chart: HospitalChart

    init(_ code: String, _ query: Query, _ context: AnswerContext, _ language: Language) throws {
        self.context = context
        self.language = language
        links = context.links(language)
        guard let place = try context.database.place(.hospitals, id: code) else {
            throw Problem.notFound("There is no such hospital.", parameter: Parameters.code.name)
        }
        self.place = place
        summaryLine = try SummaryLine(context, language, of: code)
        reading = try context.database.latest(in: ReadingTable.aeWait, of: code, now: context.minute).first
        freshness = try Freshness(context, of: reading?.observedAt)
        let triage = query[Parameters.triage].flatMap(ChartView.Triage.init(rawValue:)) ?? .t45
        trends = try HospitalTrends(of: code, triage: triage, context)
        view = ChartView(
            span: query[Parameters.span].flatMap(ChartSpan.init(rawValue:)), triage: triage,
            ends: try Self.ends(query, within: trends.whole), whole: trends.whole,
            by: query[Parameters.bucket].flatMap(BucketSize.init(rawValue:)))
        guard view.buckets <= Self.mostBuckets else {
            throw Problem.parameter(
                Parameters.bucket.name, "That would be too many points: shorten the range, or do not set \"by\".")
        }
        chart = HospitalChart(
            code: code, name: place.name.shown(language), view: view,
            coverage: try trends.coverage(view.range).coverage,
            columns: context.assets.has([.dygraphStyle, .dygraphScript])
                ? try ChartColumns(of: code, view, trends, context) : nil,
            now: context.minute, isSimulated: try context.database.isSimulated(), links: links)
    }

    private static let mostBuckets = 4_000

    /// The range that the visitor named, an open end that of the record; nil where none is named.
    private static func ends(_ query: Query, within whole: TimeRange) throws -> TimeRange? {
        guard query.has(Parameters.from) || query.has(Parameters.to) else { return nil }
        let from = query[Parameters.from] ?? whole.from
        let to = min(query[Parameters.to] ?? whole.to, max(whole.to, whole.from))
        guard from < to else {
            throw Problem.parameter(
                Parameters.to.name,
                "The range ends before it begins, or lies outside of what has been published so far.")
        }
        return TimeRange(from: from, to: to)
    }

    private var name: String { place.name.shown(language) }
    private var text: WaitText { WaitText(language: language) }

    var page: Page {
        Page(
            language: language, title: name,
            assets: chart.columns == nil ? [] : [.dygraphStyle, .dygraphScript, .chartScript],
            content: """
                <h1><bdi>\(name)</bdi></h1>
                <p>\(place.cluster.shown(language)) · \(place.district.shown(language))</p>
                \(summaryLine.markup(observedAt: reading?.observedAt))
                \(freshness.notice(language))
                \(reading?.observedAt == nil ? "" : figures)
                \(oldFeed)
                \(whereabouts)
                """)
    }

    /// What a hospital with readings has.
    private var figures: Markup {
        """
        \(now)
        \(chart.section)
        \(HeatMap(profile: trends.profile, range: trends.profileRange, metric: view.triage.metrics[0], language: language).section)
        \(HospitalPeriods(trends: trends, code: place.id, links: links).section)
        """
    }

    /// The newest reading, figure by figure.
    private var now: Markup {
        guard let reading, reading.observedAt != nil else { return "" }
        let waits: [(Localized, Localized, String)] = [
            (CommonWords.t45Short, CommonWords.halfLong, "t45_p50"),
            (CommonWords.t45Short, CommonWords.majorityLong, "t45_p95"),
            (CommonWords.t3Short, CommonWords.halfLong, "t3_p50"),
            (CommonWords.t3Short, CommonWords.majorityLong, "t3_p95"),
        ]
        let facts = waits.map { triage, share, metric -> Markup in
            let figure = reading.figures[metric]
            let published = figure.flatMap { $0.meaning.qualifier == .missing ? nil : $0.text }
            let verdict = reading.usual[metric].map { CommonWords.verdict($0.verdict)[language] }
            return """
                <div><dt>\(triage[language]) · \(share[language])</dt>\
                <dd>\(figure.flatMap { text.within($0.meaning) } ?? published ?? "–")</dd><dd class="small">\(verdict ?? "")</dd></div>
                """
        }
        let title = (freshness.isOfAnotherDay ? HospitalWords.lastly : HospitalWords.lately)[language]
        return """
            <section aria-labelledby="now-title"><h2 id="now-title">\(title)</h2>
            <dl class="facts waits">\(facts)</dl><dl class="facts states">\(states(reading))</dl>
            <p class="small">\(CommonWords.usualCaveat[language])</p>
            \(summaryLine.held)
            </section>
            """
    }

    private func states(_ reading: LatestReading) -> [Markup] {
        let states: [(Localized, Localized)] = [
            (CommonWords.criticalLong, CommonWords.flag(reading.figures["t1_managing"]?.meaning.qualifier)),
            (CommonWords.emergencyLong, CommonWords.flag(reading.figures["t2_managing"]?.meaning.qualifier)),
            (
                CommonWords.resuscitation,
                reading.figures.isResuscitating.map { $0 ? CommonWords.yes : CommonWords.no } ?? CommonWords.notSaid
            ),
        ]
        return states.map { name, word in
            return "<div><dt>\(name[language])</dt><dd>\(word[language])</dd></div>"
        }
    }

    private var oldFeed: Markup {
        let link = links.api(
            "/v1/hospitals/\(PercentEncoding.encoded(place.id))/trend.svg",
            ["metric": "top_wait", "by": "week", "theme": "auto", "lang": language.rawValue])
        let body: Markup =
            trends.oldYears.isEmpty
            ? "<p>\(HospitalWords.oldNone[language])</p>"
            : """
            <figure tabindex="0" role="group" aria-labelledby="old-title"><img src="\(link)" alt="\(HospitalWords.topWait[language])" loading="lazy" width="800" height="420"></figure>
            \(HospitalPeriods(trends: trends, code: place.id, links: links).oldTable)
            """
        return """
            <section aria-labelledby="old-title"><h2 id="old-title">\(HospitalWords.old[language])</h2>
            <p>\(HospitalWords.oldAbout[language])</p>\(body)</section>
            """
    }

    private var whereabouts: Markup {
        let coordinates: Markup =
            if let latitude = place.latitude, let longitude = place.longitude {
                """
                <div><dt>\(HospitalWords.coordinates[language])</dt><dd class="whole">\(latitude.plainText), \(longitude.plainText)</dd>\
                <dd class="small">\(HospitalWords.coordinatesFrom[language])\(place.coordinatesSource ?? "–")</dd></div>
                """
            } else { "" }
        return """
            <section aria-labelledby="place-title"><h2 id="place-title">\(HospitalWords.place[language])</h2>
            <dl class="facts"><div><dt>\(HospitalWords.address[language])</dt><dd class="small"><bdi>\(place.address.shown(language))</bdi></dd></div>\
            \(coordinates)<div><dt>\(HospitalWords.code[language])</dt><dd>\(place.id)</dd></div></dl>
            <p><a href="\(links.api("/v1/hospitals/\(PercentEncoding.encoded(place.id))"))">JSON</a></p></section>
            """
    }
}
