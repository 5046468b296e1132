import WaitCore

/// What went wrong with a request of a person's, as a page in their language that says what to do.
struct ProblemPage: Sendable {
    let problem: Problem
    let language: Language
    /// As asked for, with the slashes of a path that are doubled left out: `//host` in a link would lead to another site. Where it
    /// cannot be read, links lead to the first page.
    let target: String
    let responseService: ResponseService
    private let request: RequestTarget?

    /// - Parameter acceptLanguage: decides where the target names no language.
    init(_ problem: Problem, target: String, acceptLanguage: String?, responseService: ResponseService) {
        let read = target.utf8.count <= 2_000 ? try? RequestTarget(target) : nil
        let named = read?.pairs.first { $0.name == Parameters.language.name }.flatMap {
            Parameters.language.read($0.value)
        }
        self.problem = problem
        self.responseService = responseService
        self.target = read.map { Self.path($0) + String(target.drop { $0 != "?" }) } ?? "/"
        request = read
        language = named ?? .preferred(acceptLanguage: acceptLanguage)
    }

    /// Blocks where it reads the record.
    func bytes(readsRecord: Bool = true) -> [UInt8] {
        // Where the record cannot be read, that is most likely the problem itself.
        let isSimulated = readsRecord && (try? responseService.database.isSimulated()) ?? false
        let frame = Page.Frame(
            assets: responseService.assets, target: target, version: responseService.version, isSimulated: isSimulated)
        return page(readsRecord ? choices : "").html(frame).bytes
    }

    var fields: [(name: String, value: String)] {
        problem.fields.filter { $0.name != "content-type" }
            + [("content-type", MediaType.html.rawValue), ("vary", "accept, accept-language")] + page("").fields
    }

    private var links: PageLinks { PageLinks(language: language, base: responseService.assets.base) }

    private func page(_ choices: Markup) -> Page {
        let title = ProblemWords.title(problem.status)[language]
        return Page(
            language: language, title: title, isProblem: true,
            content: """
                <h1>\(title)</h1>
                <p>\(ProblemWords.about(problem)[language])</p>
                \(choices)
                \(withoutParameters)
                <p><a href="\(links.to("/"))">\(ProblemWords.back[language])</a></p>
                """)
    }

    /// The path's own page, where a parameter is at fault.
    private var withoutParameters: Markup {
        guard problem.status == 400, let request, !request.pairs.isEmpty, request.segments != [""] else { return "" }
        return "<p><a href=\"\(links.to(Self.path(request)))\">\(ProblemWords.withoutParameters[language])</a></p>"
    }

    private static func path(_ request: RequestTarget) -> String {
        "/" + request.segments.map(PercentEncoding.encoded).joined(separator: "/")
    }

    /// What the request may have meant: the hospitals, or the clinics or districts of that name.
    private var choices: Markup {
        // A page that says what is wrong must not fail, too: where the record cannot be read it has no list.
        let items = (try? found()) ?? []
        guard !items.isEmpty else { return "" }
        let list = items.map { name, address -> Markup in
            "<li><a href=\"\(address)\"><bdi>\(name)</bdi></a></li>"
        }
        return "<p>\(ProblemWords.choose[language])</p><ul class=\"plain columns\">\(list)</ul>"
    }

    private typealias Choice = (name: String, address: String)

    private func found() throws -> [Choice] {
        guard let request else { return [] }
        let database = responseService.database
        func given(_ name: String) -> String { request.pairs.first { $0.name == name }?.value ?? "" }
        switch problem.parameter {
        case Parameters.code.name:
            let named = try database.hospitals(named: request.segments.last ?? "")
            let hospitals = try database.places(.hospitals).filter { named.isEmpty || named.contains($0.id) }
            return hospitals.map { place -> Choice in (place.name.shown(language), links.hospital(place.id)) }
        case "clinic":
            return try database.clinics(named: given("clinic")).map { id -> Choice in
                let name = try database.place(.clinics, id: id)?.name.shown(language) ?? id
                return (name, links.to("/clinics", ["clinic": id]))
            }
        case "district":
            let named = try database.districts(named: given("district"))
            return (named.isEmpty ? BundledPlaces.districts.map(\.name) : named).map { district -> Choice in
                (district.shown(language), links.to("/clinics", ["district": district.known]))
            }
        default: return []
        }
    }
}
