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
        (self.language, weekday) = (language, query[Parameters.weekday])
        figures = QuotaFigures(language: language)
        districts = try database.quotasByDistrict().series
        hospitals = try database.places(.hospitals)
        periods = try database.quotaPeriods()
        clinic = try query[Parameters.clinic].map { text in
            let ids = try database.clinics(named: text)
            guard let series = try database.quotas(ofClinics: Array(ids.prefix(1))).series.first else {
                throw Problem.parameter(Parameters.clinic.name, "There is no clinic of that id or name.")
            }
            return series
        }
        let named = try query[Parameters.district].map { text in
            guard let found = try database.districts(named: text).first else {
                throw Problem.parameter(Parameters.district.name, "There is no district of that name.")
            }
            return found
        }
        district = named ?? clinic?.clinic.district
        clinics = try district.map { try database.newestQuotas(in: $0).series } ?? []
    }

    private var text: WaitText { WaitText(language: language) }

    var page: Page {
        Page(
            language: language, title: clinic?.clinic.name.shown(language) ?? ClinicWords.title[language],
            place: .clinics,
            content: """
                <h1>\(ClinicWords.title[language])</h1>
                \(opening)
                <p>\(ClinicWords.about[language])</p>
                <p class="small">\(Words.quotaCaveats[language])</p>
                \(districts.isEmpty ? "<p>\(ClinicWords.none[language])</p>" : content)
                """)
    }

    /// The newest period, and how many of those since the first the record has.
    private var opening: Markup {
        guard let periods else { return "" }
        let due = (periods.newest.to.sinceEpoch - periods.first.to.sinceEpoch) / (7 * 1_440) + 1
        let words = ClinicWords.opening(
            figures.label(periods.newest), text.number(periods.held), text.number(max(due, periods.held)),
            figures.label(periods.first))
        return "<p class=\"opening\">\(words[language])</p>"
    }

    private var content: Markup {
        """
        \(clinic.map { ClinicSteps(series: $0, weekday: weekday, language: language).section })
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
            let link = PageLink.to("/clinics", language, ["district": district.district.known])
            let (workdays, weekend) = (district.step.figure(on: Set(1...5)), district.step.figure(on: [6, 7]))
            return """
                <tr><th scope="row"><a href="\(link)">\(name)</a></th><td class="number">\(district.clinics)</td>\
                \(figures.cell(workdays.quota))\(figures.changeCell(workdays.change))\
                \(figures.cell(weekend.quota))\(figures.changeCell(weekend.change))</tr>

                """
        }
        return """
            <section aria-labelledby="districts-title"><h2 id="districts-title">\
            \(CommonWords.heading(ClinicWords.byDistrict[language], districts.first.map { figures.label($0.step.period) } ?? "")[language])</h2>
            \(DataTable(labelledBy: "districts-title", headings: headings.map { $0[language] }, rows: rows).markup)
            <p class="small">\(districts.compactMap(\.step.base).max().map { ClinicWords.since(figures.label($0))[language] } ?? "")</p>
            <p><a href="/v1/districts">JSON</a> · <a href="/v1/export/clinic-quotas.csv">CSV</a> · \
            <a href="/v1/clinics.geojson">GeoJSON</a></p></section>
            """
    }

    private func districtSection(_ district: Trilingual) -> Markup {
        let headings =
            [ClinicWords.clinic[language]] + (1...7).map(text.weekday)
            + [ClinicWords.workdays, ClinicWords.change, ClinicWords.nearest].map { $0[language] }
        let body: Markup =
            clinics.isEmpty
            ? "<p>\(ClinicWords.noneHere[language])</p>"
            : DataTable(
                labelledBy: "district-title", headings: headings, words: [0, 10], rows: clinics.map(clinicRow)
            ).markup
        return """
            <section aria-labelledby="district-title"><h2 id="district-title">\(districtTitle(district))</h2>
            <p><a href="\(PageLink.to("/clinics", language))">\(ClinicWords.allDistricts[language])</a></p>
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
        let link = PageLink.to("/clinics", language, ["clinic": series.clinic.id])
        let days = (1...7).map { figures.cell(step.figure(on: [$0]).quota) }
        let workdays = step.figure(on: Set(1...5))
        let current: Markup? = series.clinic.id == clinic?.clinic.id ? " aria-current=\"true\"" : nil
        return """
            <tr><th scope="row"><a href="\(link)"\(current)><bdi>\(series.clinic.name.shown(language))</bdi></a></th>\(days)\
            \(figures.cell(workdays.quota))\(figures.changeCell(workdays.change))<td>\(nearest(series.clinic))</td></tr>

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
            <a href="\(PageLink.hospital(nearest.id, language))"><bdi>\(nearest.name.shown(language))</bdi></a> \(distance)
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
        return "<td class=\"number\">\(text.decimal(quota))</td>"
    }

    func changeCell(_ change: Double?) -> Markup {
        guard let change else { return "<td class=\"number none\">–</td>" }
        return "<td class=\"number\">\(change > 0 ? "+" : "")\(text.decimal(change))</td>"
    }

    /// "four weeks to 7 Nov 2026".
    func label(_ period: QuotaPeriod) -> String {
        let days = (period.to.sinceEpoch - period.from.sinceEpoch) / 1_440 + 1
        return days == 28
            ? ClinicWords.fourWeeks(text.day(period.to))[language]
            : ClinicWords.days(days, text.day(period.to))[language]
    }
}
