import WaitCore
import WaitStore

extension Parameters {
    fileprivate static let district = Parameter<String>(
        name: "district", about: "A district, by id or by name in any language.", example: "sha-tin",
        schema: .text(pattern: "^[^\\u0000-\\u001F\\u007F]{1,100}$"), expectation: "a district's id or name"
    ) { (1...100).contains($0.unicodeScalars.count) ? $0.replacing("+", with: " ") : nil }
    fileprivate static let clinic = Parameter<String>(
        name: "clinic", about: "A clinic, by id or by name in any language.",
        example: "central-district-family-medicine-clinic",
        schema: .text(pattern: "^[^\\u0000-\\u001F\\u007F]{1,150}$"), expectation: "a clinic's id or name"
    ) { (1...150).contains($0.unicodeScalars.count) ? $0.replacing("+", with: " ") : nil }
    fileprivate static let weekday = Parameter.integer(
        "weekday", 1...7, example: 1, "The day of the week that the clinic's steps are drawn of, 1 is Monday.")
}

extension Endpoint {
    static let clinicsPage = page(
        "/clinics", "The clinics' page: places offered by district, clinic and weekday, as steps over time.",
        parameters: [.query(Parameters.district), .query(Parameters.clinic), .query(Parameters.weekday)],
        dependsOn: .record
    ) { query, context, language in
        try ClinicsPage(query, context, language).page
    }
}

/// What clinics offer: districts, the clinics of one, one clinic over time.
struct ClinicsPage {
    private let language: Language
    private let links: PageLinks
    private let figures: QuotaFigures
    private let districts: [DistrictQuotas]
    /// The district that is looked into; nil: all.
    private let district: Trilingual?
    private let clinics: [ClinicQuotas]
    private let clinic: ClinicQuotas?
    private let weekday: Int?
    private let hospitals: [PlaceRecord]
    private let periods: (held: Int, first: QuotaPeriod, newest: QuotaPeriod)?

    init(_ query: Query, _ context: AnswerContext, _ language: Language) throws {
        let database = context.database
        self.language = language
        links = context.links(language)
        weekday = query[Parameters.weekday]
        figures = QuotaFigures(language: language)
        districts = try database.quotasByDistrict().series
        hospitals = try database.places(.hospitals)
        periods = try database.quotaPeriods()
        clinic = try query[Parameters.clinic].map { text in
            let id = try Self.one(
                of: try database.clinics(named: text), Parameters.clinic.name, "clinic of that id or name")
            guard let series = try database.quotas(ofClinics: [id]).series.first else {
                throw Problem.parameter(Parameters.clinic.name, "There is no clinic of that id or name.")
            }
            return series
        }
        let named = try query[Parameters.district].map { text in
            let found = try database.districts(named: text)
            let name = try Self.one(of: found.map(\.known), Parameters.district.name, "district of that name")
            return found.first { $0.known == name } ?? found[0]
        }
        district = named ?? clinic?.clinic.district
        clinics = try district.map { try database.newestQuotas(in: $0).series } ?? []
    }

    /// As the API does: what may be several is not answered with the first of them.
    private static func one(of found: [String], _ parameter: String, _ what: String) throws -> String {
        guard let only = found.first else { throw Problem.parameter(parameter, "There is no \(what).") }
        guard found.count == 1 else {
            throw Problem.parameter(parameter, "That may be \(found.joined(separator: ", ")); name one of them.")
        }
        return only
    }

    private var text: WaitText { WaitText(language: language) }

    var page: Page {
        Page(
            language: language, title: clinic?.clinic.name.shown(language) ?? ClinicWords.title[language],
            place: .clinics, caveat: Attribution.quotaCaveats,
            content: """
                <h1>\(ClinicWords.title[language])</h1>
                \(summaryLine)
                <p>\(ClinicWords.about[language])</p>
                \(districts.isEmpty ? "<p>\(ClinicWords.none[language])</p>" : content)
                """)
    }

    /// The newest period, and how many of those since the first the record has.
    private var summaryLine: Markup {
        guard let periods else { return "" }
        let due = (periods.newest.to.sinceEpoch - periods.first.to.sinceEpoch) / (7 * 1_440) + 1
        let words = ClinicWords.summaryLine(
            text.day(periods.newest.to), text.number(periods.held), text.number(max(due, periods.held)),
            text.month(periods.first.to))
        return "<p class=\"opening\">\(words[language])</p>"
    }

    private var content: Markup {
        """
        \(clinic.map { ClinicSteps(series: $0, weekday: weekday, links: links).section })
        \(district.map(districtSection))
        \(overview)
        """
    }

    private var overview: Markup {
        let headings = [
            CommonWords.district, ClinicWords.clinics, ClinicWords.workdays, ClinicWords.change, ClinicWords.weekend,
            ClinicWords.change,
        ]
        let rows = districts.map { district -> Markup in
            let name = district.district.shown(language)
            let link = links.to("/clinics", ["district": district.district.known])
            let (workdays, weekend) = (district.step.figure(on: Set(1...5)), district.step.figure(on: [6, 7]))
            return """
                <tr><th scope="row"><a href="\(link)">\(name)</a></th><td class="number">\(district.clinics)</td>\
                \(figures.total(workdays.quota))\(figures.changeCell(workdays.change, from: workdays.before))\
                \(figures.total(weekend.quota))\(figures.changeCell(weekend.change, from: weekend.before))</tr>

                """
        }
        return """
            <section aria-labelledby="districts-title"><h2 id="districts-title">\
            \(CommonWords.heading(ClinicWords.byDistrict[language], districts.first.map { figures.label($0.step.period) } ?? "")[language])</h2>
            \(DataTable(labelledBy: "districts-title", headings: headings.map { $0[language] }, rows: rows + [allDistricts], kind: "districts").markup)
            <p class="small">\(districts.compactMap(\.step.base).max().map { ClinicWords.since(figures.label($0))[language] } ?? "")</p>
            <p><a href="\(links.api("/v1/districts"))">JSON</a> · \
            <a href="\(links.api("/v1/export/clinic-quotas.csv", ["excel": "true"]))">CSV</a> · \
            <a href="\(links.api("/v1/clinics.geojson"))">GeoJSON</a></p></section>
            """
    }

    /// The sums over all districts.
    private var allDistricts: Markup {
        let cells = [Set(1...5), [6, 7]].map { days -> Markup in
            let all = districts.map { $0.step.figure(on: days) }
            func sum(_ figures: [Double?]) -> Double? {
                let known = figures.compactMap { $0 }
                return known.isEmpty ? nil : known.reduce(0, +)
            }
            let change = figures.changeCell(sum(all.map(\.change)), from: sum(all.map(\.before)))
            return "\(figures.total(sum(all.map(\.quota))))\(change)"
        }
        return """
            <tr class="sum"><th scope="row">\(ClinicWords.allDistricts[language])</th>\
            <td class="number">\(districts.map(\.clinics).reduce(0, +))</td>\(cells)</tr>

            """
    }

    private func districtSection(_ district: Trilingual) -> Markup {
        let headings =
            [ClinicWords.clinic[language]] + (1...7).map(text.weekdayShort)
            + [ClinicWords.workdays, ClinicWords.change, ClinicWords.nearest].map { $0[language] }
        let body: Markup =
            clinics.isEmpty
            ? "<p>\(ClinicWords.noneHere[language])</p>"
            : DataTable(
                labelledBy: "district-title", headings: headings, words: [0, 10], rows: clinics.map(clinicRow),
                kind: "clinics"
            ).markup
        return """
            <section aria-labelledby="district-title"><h2 id="district-title">\(districtTitle(district))</h2>
            <p><a href="\(links.to("/clinics"))">\(ClinicWords.allDistricts[language])</a></p>
            \(body)</section>
            """
    }

    private func districtTitle(_ district: Trilingual) -> String {
        let name = district.shown(language)
        let period = clinics.first?.steps.last.map { figures.label($0.period) }
        return period.map { CommonWords.heading(name, $0)[language] } ?? name
    }

    private func clinicRow(_ series: ClinicQuotas) -> Markup {
        guard let step = series.steps.last else { return "" }
        let link = links.to("/clinics", ["clinic": series.clinic.id])
        let days = (1...7).map { figures.cell(step.figure(on: [$0]).quota) }
        let workdays = step.figure(on: Set(1...5))
        let current: Markup? = series.clinic.id == clinic?.clinic.id ? " aria-current=\"true\"" : nil
        return """
            <tr><th scope="row"><a href="\(link)"\(current)><bdi>\(series.clinic.name.shown(language))</bdi></a></th>\(days)\
            \(figures.cell(workdays.quota))\(figures.changeCell(workdays.change, from: workdays.before))<td class="nearest">\(nearest(series.clinic))</td></tr>

            """
    }

    /// The hospital nearest to a clinic, as the crow flies.
    private func nearest(_ clinic: ClinicName) -> Markup {
        guard let latitude = clinic.latitude, let longitude = clinic.longitude,
            let point = GeoPoint(latitude: latitude, longitude: longitude),
            let nearest = PlaceFilter(near: point).apply(to: hospitals).first
        else { return "–" }
        let distance = nearest.distanceKilometres.map { NowWords.kilometres(text.decimal($0))[language] } ?? ""
        return """
            <a href="\(links.hospital(nearest.id))"><bdi>\(nearest.name.shown(language))</bdi></a> \(distance)
            """
    }
}

/// Quotas as cells, in one language.
struct QuotaFigures: Sendable {
    let language: Language

    private var text: WaitText { WaitText(language: language) }

    func cell(_ quota: Double?) -> Markup {
        guard let quota else {
            return "<td class=\"number none\"><span title=\"\(ClinicWords.noSession[language])\">–</span></td>"
        }
        return "<td class=\"number\">\(text.average(quota))</td>"
    }

    /// A sum over many clinics: whole, since each of them is an average.
    func total(_ quota: Double?) -> Markup {
        guard let quota else { return cell(nil) }
        return "<td class=\"number\">\(text.number(Int(quota.rounded())))</td>"
    }

    /// The change, and what part it is of what it is counted from: "+12 (+3.4%)".
    func changeCell(_ change: Double?, from before: Double?) -> Markup {
        guard let change else { return "<td class=\"number none\">–</td>" }
        let number = Self.signed(change, text.average(change))
        guard let before, before > 0 else { return "<td class=\"number\">\(number)</td>" }
        let percent = change / before * 100
        let share = Self.signed(percent, text.decimal(percent)) + "%"
        return "<td class=\"number\">\(CommonWords.bracketed(number, share)[language])</td>"
    }

    private static func signed(_ number: Double, _ text: String) -> String { number > 0 ? "+\(text)" : text }

    /// "four weeks to 7 Nov 2026".
    func label(_ period: QuotaPeriod) -> String {
        let days = (period.to.sinceEpoch - period.from.sinceEpoch) / 1_440 + 1
        return days == 28
            ? ClinicWords.fourWeeks(text.day(period.to))[language]
            : ClinicWords.days(days, text.day(period.to))[language]
    }
}
