import WaitCore
import WaitStore

extension Parameters {
    fileprivate static let order = Parameter.word(
        "sort", NowOrder.allCases.map(\.rawValue), example: "t45_p50", "The column that the table is ordered by.")
    fileprivate static let direction = Parameter.word(
        "dir", ["asc", "desc"], "Which way round; waits fall and names rise without it.")
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
        "/", "The page of the moment: every hospital's waits in a table and on a map.",
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
    private let board: NowBoard
    private let table: NowTable
    /// What the visitor typed; empty where nothing.
    private let placeText: String
    private let place: NearPlace?
    private let freshness: Freshness
    private let opening: Markup

    init(_ query: Query, _ context: AnswerContext, _ language: Language) throws {
        (self.context, self.language) = (context, language)
        placeText = query[Parameters.place] ?? ""
        place = placeText.isEmpty ? nil : try NearPlace(placeText, context.database, language)
        board = try NowBoard(context.database, near: place?.point, now: context.minute)
        let chosen = query[Parameters.order].flatMap(NowOrder.init(rawValue:))
        let order = chosen ?? (place == nil ? .t45Half : .distance)
        table = NowTable(
            board: board, order: order == .distance && place == nil ? .t45Half : order,
            isFalling: query[Parameters.direction].map { $0 == "desc" } ?? order.isFalling,
            near: place == nil ? nil : placeText, language: language)
        freshness = try Freshness(context)
        opening = try Opening(context, language).markup(observedAt: board.observedAt)
    }

    var page: Page {
        let hasMap = context.assets.has([.leafletScript, .leafletStyle])
        return Page(
            language: language, title: NowWords.title[language], place: .now,
            assets: hasMap ? [.leafletStyle, .leafletScript, .mapScript] : [],
            isPrivate: place?.isPoint ?? false,
            pictureOrigins: hasMap ? context.tiles.map { [$0.origin] } ?? [] : [],
            content: """
                <h1>\(NowWords.title[language])</h1>
                <div id="opening" data-refresh="opening hospitals">
                \(opening)
                \(freshness.notice(language))
                </div>
                <div class="board">
                <section aria-labelledby="map-title" class="mapped">
                <h2 id="map-title">\(NowWords.map[language])</h2>
                \(map(hasMap: hasMap))
                \(nearForm)
                </section>
                <section id="hospitals" aria-labelledby="hospitals-title">
                <h2 id="hospitals-title">\(NowWords.hospitals[language])</h2>
                <div class="wide" tabindex="0" role="group" aria-labelledby="hospitals-title">\(table.markup)</div>
                <p class="small">\(CommonWords.usualCaveat[language])</p>
                </section>
                </div>
                \(takeAway)
                """)
    }

    private func map(hasMap: Bool) -> Markup {
        guard hasMap else { return "<p class=\"small\">\(NowWords.mapMissing[language])</p>" }
        let tiles: Markup? = context.tiles.map { tiles in
            let address = tiles.address.replacing("{lang}", with: language.rawValue)
            return " data-tiles=\"\(address)\" data-attribution=\"\(tiles.attribution)\""
        }
        return """
            <div id="map" role="group" aria-labelledby="map-title"\(tiles) data-clinics="/v1/clinics.geojson" \
            data-language="\(language.rawValue)"></div>
            <noscript><p class="small">\(NowWords.mapNeedsScript[language])</p></noscript>
            <p class="legend"><span>\(NowWords.legend[language])</span> \(legend)</p>
            <p class="scripted control"><label><input type="checkbox" id="clinics"> \(NowWords.showClinics[language])</label></p>
            """
    }

    private var legend: [Markup] {
        let text = WaitText(language: language)
        let names = WaitMark.classes.map { text.figure($0, of: NowBoard.metric) } + [NowWords.more[language]]
        return zip(WaitMark.classes + [300], names).map { minutes, name in
            "<span class=\"key\">\(WaitMark(minutes: minutes).drawing) \(name)</span> "
        }
    }

    private var nearForm: Markup {
        let outcome: Markup? =
            place.map {
                "<p class=\"small\">\(($0.isMiddle ? NowWords.nearDistrict($0.name) : NowWords.nearTo($0.name))[language])</p>"
            }
            ?? (placeText.isEmpty
                ? nil : "<p class=\"notice\" role=\"status\">\(NowWords.nowhere(placeText)[language])</p>")
        let districts = BundledPlaces.districts.map { district -> Markup in
            "<option value=\"\(district.name[language])\">"
        }
        return """
            <form action="/" method="get" class="near">
            <label for="near">\(NowWords.near[language])</label>
            <input id="near" name="near" value="\(placeText)" list="places" maxlength="100" autocomplete="off" \
            aria-describedby="near-about">
            <datalist id="places">\(districts)</datalist>
            <input type="hidden" name="lang" value="\(language.rawValue)">
            <button>\(NowWords.go[language])</button>
            <button type="button" id="here" class="scripted" data-failed="\(NowWords.hereFailed[language])">\
            \(NowWords.here[language])</button>
            <span id="near-about" class="small">\(NowWords.nearAbout[language])</span>
            \(placeText.isEmpty ? nil : "<a href=\"\(PageLink.to("/", language))\">\(NowWords.anywhere[language])</a>" as Markup)
            </form>
            \(outcome)
            """
    }

    private var takeAway: Markup {
        """
        <section aria-labelledby="away-title"><h2 id="away-title">\(NowWords.takeAway[language])</h2>
        <p><a href="/v1/latest">JSON</a> · <a href="/v1/latest.geojson">GeoJSON</a> · \
        <a href="/v1/export/ae-waits.csv?from=\(context.minute.dayText)">CSV</a> · <a href="/v1/export/hospitals.csv">\
        \(NowWords.hospitals[language]) (CSV)</a></p></section>
        """
    }
}
