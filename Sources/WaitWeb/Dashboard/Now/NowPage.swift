import WaitCore
import WaitStore

extension Parameters {
    fileprivate static let order = Parameter.word(
        "sort", NowOrder.allCases.map(\.rawValue), example: "t45_p50", "The column that the table is ordered by.")
    fileprivate static let direction = Parameter.word(
        "dir", ["asc", "desc"], "The direction; by default the longest waits or the first names come first.")
    fileprivate static let place = Parameter<String>(
        name: "near", about: "A place by name, or lat,lon: the nearest hospitals first.", example: "Sha Tin",
        schema: .text(pattern: "^[^\\u0000-\\u001F\\u007F]{0,100}$"), expectation: "a place's name, or lat,lon"
    ) { text in
        // A form writes a space as "+".
        text.unicodeScalars.count <= 100 ? text.replacing("+", with: " ") : nil
    }
}

extension Endpoint {
    static let nowPage = page(
        "/", "The live page: every hospital's waits in a table and on a map.",
        parameters: [.query(Parameters.order), .query(Parameters.direction), .query(Parameters.place)],
        dependsOn: .recordAndSlot
    ) { query, context, language in
        try NowPage(query, context, language).page
    }
}

/// Every hospital now, in a table and on a map.
struct NowPage {
    private let context: AnswerContext
    private let language: Language
    private let links: PageLinks
    private let overview: OverviewModel
    private let table: NowTable
    /// What the visitor typed; empty where nothing.
    private let placeText: String
    private let place: NearPlace?
    /// What it may mean, where that is several places.
    private let candidates: [String]
    private let freshness: Freshness
    private let summaryLine: SummaryLine

    init(_ query: Query, _ context: AnswerContext, _ language: Language) throws {
        self.context = context
        self.language = language
        links = context.links(language)
        placeText = query[Parameters.place] ?? ""
        candidates =
            placeText.isEmpty ? [] : try NearPlace.candidates(placeText, context.database, language)
        place =
            placeText.isEmpty || !candidates.isEmpty ? nil : try NearPlace(placeText, context.database, language)
        overview = try OverviewModel(context.database, near: place?.point, now: context.minute)
        let chosen = query[Parameters.order].flatMap(NowOrder.init(rawValue:))
        let order = chosen ?? (place == nil ? .t45Half : .distance)
        table = NowTable(
            overview: overview, order: order == .distance && place == nil ? .t45Half : order,
            isFalling: query[Parameters.direction].map { $0 == "desc" } ?? order.isFalling,
            near: place == nil ? nil : placeText, links: links)
        freshness = try Freshness(context)
        summaryLine = try SummaryLine(context, language)
    }

    var page: Page {
        let hasMap = context.assets.has([.leafletScript, .leafletStyle])
        let title = (freshness.isOfAnotherDay ? NowWords.lastTitle : NowWords.title)[language]
        return Page(
            language: language, title: title, place: .now,
            assets: hasMap ? [.leafletStyle, .leafletScript, .mapScript] : [],
            isPrivate: place?.isPoint ?? false,
            pictureOrigins: hasMap ? context.tiles.map { [$0.origin] } ?? [] : [],
            content: """
                <h1>\(title)</h1>
                <div id="opening" data-refresh="opening hospitals">
                \(summaryLine.markup(observedAt: overview.observedAt))
                \(freshness.notice(language))
                </div>
                \(overview.observedAt == nil ? "" : content(hasMap: hasMap))
                \(takeAway)
                """)
    }

    private func content(hasMap: Bool) -> Markup {
        """
        \(nearForm)
        <div class="board">
        <section id="hospitals" aria-labelledby="hospitals-title">
        <h2 id="hospitals-title">\(NowWords.hospitals[language])</h2>
        \(outcome)\(priority)
        <div class="wide" tabindex="0" role="group" aria-labelledby="hospitals-title">\(table.markup)</div>
        <p class="small">\(NowWords.about[language])</p>
        \(table.lamps)
        <p class="small">\(CommonWords.usualCaveat[language])</p>
        \(summaryLine.held)
        </section>
        <section aria-labelledby="map-title" class="mapped">
        <h2 id="map-title">\(NowWords.map[language])</h2>
        \(map(hasMap: hasMap))
        </section>
        </div>
        """
    }

    /// What the feed publishes for triage I and II, where it is the same for all hospitals.
    private var priority: Markup {
        let text = WaitText(language: language)
        func published(_ metric: String) -> ParsedWait? {
            let meanings = Set(
                overview.rows.filter { !$0.isOld }.compactMap { $0.reading.figures[metric]?.meaning }.filter {
                    $0.minutes != nil
                })
            return meanings.count == 1 ? meanings.first : nil
        }
        guard let critical = published("t1"), let emergency = published("t2"), let later = text.wait(emergency),
            let first = critical.minutes == 0 ? NowWords.atOnce[language] : text.wait(critical)
        else { return "" }
        let words = NowWords.priority[language] + (language == .en ? " " : "")
        return "<p class=\"small\">\(words)\(NowWords.published(first, later)[language])</p>"
    }

    private func map(hasMap: Bool) -> Markup {
        guard hasMap else { return "<p class=\"small\">\(NowWords.mapMissing[language])</p>" }
        let tiles: Markup? = context.tiles.map { tiles in
            let address = tiles.address.replacing("{lang}", with: language.rawValue)
            return " data-tiles=\"\(address)\" data-attribution=\"\(tiles.attribution)\""
        }
        return """
            <div id="map" role="group" aria-labelledby="map-title"\(tiles) data-clinics="\(links.api("/v1/clinics.geojson"))" \
            data-language="\(language.rawValue)"></div>
            <noscript><p class="small">\(NowWords.mapNeedsScript[language])</p></noscript>
            <p class="legend"><span>\(NowWords.legend[language])</span> \(legend)</p>
            <p class="scripted control"><label><input type="checkbox" id="clinics"> \(NowWords.showClinics[language])</label></p>
            """
    }

    private var legend: [Markup] {
        let text = WaitText(language: language)
        let names = WaitGlyph.classes.map { text.within($0, of: OverviewModel.metric) } + [NowWords.more[language]]
        return zip(WaitGlyph.classes + [300], names).map { minutes, name in
            "<span class=\"key\">\(WaitGlyph(minutes: minutes).drawing) \(name)</span> "
        }
    }

    /// From where distances are counted, or why they are not; above the table, where it is read.
    private var outcome: Markup {
        if let place {
            let words = place.isMiddle ? NowWords.nearDistrict(place.name) : NowWords.nearTo(place.name)
            return "<p class=\"small\">\(words[language])</p>"
        }
        guard !placeText.isEmpty else { return "" }
        guard !candidates.isEmpty else {
            return "<p class=\"notice\" role=\"status\">\(NowWords.nowhere(placeText)[language])</p>"
        }
        let choices = candidates.map { name -> Markup in
            "<li><a href=\"\(links.to("/", ["near": name]))\"><bdi>\(name)</bdi></a></li>"
        }
        return """
            <div class="notice" role="status"><p>\(NowWords.several(placeText)[language])</p><ul class="plain">\(choices)</ul></div>
            """
    }

    private var nearForm: Markup {
        let districts = BundledPlaces.districts.map { district -> Markup in
            "<option value=\"\(district.name[language])\">"
        }
        return """
            <form action="\(links.root)" method="get" class="near">
            <label for="near">\(NowWords.near[language])</label>
            <input id="near" name="near" value="\(placeText)" list="places" maxlength="100" autocomplete="off" \
            aria-describedby="near-about">
            <datalist id="places">\(districts)</datalist>
            <input type="hidden" name="lang" value="\(language.rawValue)">
            <button>\(NowWords.go[language])</button>
            <button type="button" id="here" class="scripted" data-failed="\(NowWords.hereFailed[language])">\
            \(NowWords.here[language])</button>
            <span id="near-about" class="small">\(NowWords.nearAbout[language])</span>
            \(placeText.isEmpty ? nil : "<a href=\"\(links.to("/"))\">\(NowWords.anywhere[language])</a>" as Markup)
            </form>
            """
    }

    private var takeAway: Markup {
        let today = links.api("/v1/export/ae-waits.csv", ["from": context.minute.dayText, "excel": "true"])
        let hospitals = links.api("/v1/export/hospitals.csv", ["excel": "true"])
        return """
            <section aria-labelledby="away-title"><h2 id="away-title">\(NowWords.takeAway[language])</h2>
            <p><a href="\(links.api("/v1/latest"))">JSON</a> · <a href="\(links.api("/v1/latest.geojson"))">GeoJSON</a> · \
            <a href="\(today)">CSV</a> · <a href="\(hospitals)">\
            \(CommonWords.bracketed(NowWords.hospitals[language], "CSV")[language])</a></p></section>
            """
    }
}
