import WaitCore

/// A page: what stands between the head and the foot that all have.
struct Page: Sendable {
    let language: Language
    /// The page's own heading.
    let title: String
    /// Its place in the menu; nil for pages below one.
    var place: Place?
    /// Style sheets and scripts besides those that every page has, as they are loaded.
    var assets: [Asset] = []
    /// Whether the address tells something of the visitor: then no cache keeps the answer.
    var isPrivate = false
    /// Origins that pictures may come from besides our own: the map's tiles.
    var pictureOrigins: [String] = []
    /// What the figures on it are not.
    var caveat = Attribution.caveats
    /// Whether the page says what went wrong: then it has no address of its own to be found at.
    var isProblem = false
    let content: Markup

    /// The menu.
    enum Place: String, CaseIterable, Sendable {
        case now = "/"
        case clinics = "/clinics"
        case datasets = "/datasets"
        case record = "/record"

        var name: Localized {
            switch self {
            case .now: CommonWords.now
            case .clinics: CommonWords.clinics
            case .datasets: CommonWords.datasets
            case .record: CommonWords.record
            }
        }
    }

    func answer(_ context: AnswerContext) throws -> Answer {
        let frame = Frame(
            assets: context.assets, target: context.target, version: context.version,
            isSimulated: try context.database.isSimulated())
        return Answer(
            mediaType: .html, body: .bytes(html(frame).bytes), lifetime: isPrivate ? .none : .checked, fields: fields)
    }

    /// Header fields that go with it.
    var fields: [(name: String, value: String)] {
        [
            ("content-security-policy", policy), ("content-language", language.tag),
            ("referrer-policy", "same-origin"),
        ]
    }

    /// What a page says of the process that sends it.
    struct Frame: Sendable {
        let assets: AssetStore
        /// Canonical, for the same view in the other languages.
        let target: String
        let version: String
        let isSimulated: Bool
    }

    func html(_ frame: Frame) -> Markup {
        let assetStore = frame.assets
        let links = PageLinks(language: language, base: assetStore.base)
        return """
            <!doctype html>
            <html lang="\(language.tag)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title) · Waitkeeper</title>
            <meta name="description" content="\(CommonWords.tagline[language])">
            <link rel="icon" href="\(assetStore.address(.icon))">
            \(isPrivate || isProblem ? nil : found(links, frame.target))\
            \((assets.filter(\.isStyle) + [.pageStyle]).map { "<link rel=\"stylesheet\" href=\"\(assetStore.address($0))\">\n" as Markup })\
            \(([.pageScript] + assets.filter(\.isScript)).map { "<script src=\"\(assetStore.address($0))\" defer></script>\n" as Markup })\
            </head>
            <body>
            <a class="skip" href="#content">\(CommonWords.skip[language])</a>
            <header>
            <p class="brand"><a href="\(links.to("/"))">Waitkeeper</a> <span>\(CommonWords.tagline[language])</span></p>
            \(menu(links))
            \(languages(links, frame.target))
            <p class="urgent"><strong>\(CommonWords.emergency[language])</strong></p>
            </header>
            \(frame.isSimulated ? "<p class=\"notice\" role=\"status\">\(CommonWords.simulated[language])</p>" as Markup : nil)
            <main id="content" tabindex="-1">
            \(content)
            </main>
            <footer>
            \(caveat[language].isEmpty ? nil : "<p>\(caveat[language])</p>" as Markup)
            <p>\(Attribution.sources[language])</p>
            <p><a id="api" href="\(links.api("/openapi.json"))">\(CommonWords.api[language])</a> · <a href="https://data.gov.hk/">DATA.GOV.HK</a> · \
            \(CommonWords.version[language]) \(frame.version)</p>
            </footer>
            </body>
            </html>

            """
    }

    /// Everything from ourselves, no script or style in the page; the map library sets positions by CSSOM, which needs no leave.
    private var policy: String {
        let pictures = (["'self'", "data:"] + pictureOrigins).joined(separator: " ")
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src \(pictures); "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }

    /// Where the page is found, whatever else stood in the address, and its other languages.
    private func found(_ links: PageLinks, _ target: String) -> Markup {
        let others = Language.allCases.map { other -> Markup in
            "<link rel=\"alternate\" hreflang=\"\(other.tag)\" href=\"\(links.same(as: target, in: other))\">\n"
        }
        return "<link rel=\"canonical\" href=\"\(links.same(as: target, in: language))\">\n\(others)"
    }

    private func menu(_ links: PageLinks) -> Markup {
        let items = Place.allCases.map { place -> Markup in
            let current: Markup? = place == self.place ? " aria-current=\"page\"" : nil
            return "<li><a href=\"\(links.to(place.rawValue))\"\(current)>\(place.name[language])</a></li>"
        }
        return "<nav aria-label=\"\(CommonWords.pages[language])\"><ul>\(items)</ul></nav>"
    }

    private func languages(_ links: PageLinks, _ target: String) -> Markup {
        let items = Language.allCases.map { other -> Markup in
            guard other != language else {
                return "<li><span aria-current=\"true\" lang=\"\(other.tag)\">\(other.ownName)</span></li>"
            }
            let address = links.same(as: target, in: other)
            return
                "<li><a lang=\"\(other.tag)\" hreflang=\"\(other.tag)\" href=\"\(address)\">\(other.ownName)</a></li>"
        }
        return "<nav aria-label=\"\(CommonWords.languages[language])\" id=\"languages\"><ul>\(items)</ul></nav>"
    }
}

extension Endpoint {
    /// A page for people, in the language of `lang`, else of `Accept-Language`.
    static func page(
        _ path: String, _ summary: String, parameters: [DeclaredParameter] = [], dependsOn dependence: Dependence,
        _ make: @escaping @Sendable (Query, AnswerContext, Language) throws -> Page
    ) -> Endpoint {
        Endpoint(
            path, summary, parameters: parameters + [.query(Parameters.language)], mediaTypes: [.html],
            dependsOn: dependence
        ) { query, context in
            try make(query, context, query[Parameters.language] ?? .en).answer(context)
        }
    }

    /// Whether `Accept-Language` decides where the request names no language.
    var isPage: Bool { mediaTypes == [.html] }
}
