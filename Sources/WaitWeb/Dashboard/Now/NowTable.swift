import WaitCore
import WaitStore

/// The hospitals as a table that sorts by any column.
struct NowTable: Sendable {
    let overview: OverviewModel
    let order: NowOrder
    let isFalling: Bool
    /// As the visitor gave it; nil: nowhere in particular.
    let near: String?
    let links: PageLinks

    private var language: Language { links.language }
    private var text: WaitText { WaitText(language: language) }

    var markup: Markup {
        let rows = overview.ordered(by: order, isFalling: isFalling, language).map(row)
        return """
            <table class="now" aria-labelledby="hospitals-title">
            <thead>
            <tr>\(nameHeading)\
            \(near == nil ? nil : heading(.distance, NowWords.distance, rows: 2))\
            <th scope="colgroup" colspan="2"><abbr title="\(CommonWords.t45[language])">\(CommonWords.t45Short[language])</abbr></th>\
            <th scope="colgroup" colspan="2"><abbr title="\(CommonWords.t3[language])">\(CommonWords.t3Short[language])</abbr></th>\
            \(heading(.critical, CommonWords.critical, about: CommonWords.criticalLong, rows: 2))\
            \(heading(.emergency, CommonWords.emergencyCase, about: CommonWords.emergencyLong, rows: 2))\
            \(heading(.resuscitation, CommonWords.resuscitationShort, about: CommonWords.resuscitation, rows: 2))\
            <th scope="col" rowspan="2">\(NowWords.day[language])</th>\(heading(.usual, NowWords.usual, rows: 2))</tr>
            <tr>\(heading(.t45Half, CommonWords.half, about: CommonWords.halfLong))\
            \(heading(.t45Majority, CommonWords.majority, about: CommonWords.majorityLong))\
            \(heading(.t3Half, CommonWords.half, about: CommonWords.halfLong))\
            \(heading(.t3Majority, CommonWords.majority, about: CommonWords.majorityLong))</tr>
            </thead>
            <tbody>
            \(rows)\
            </tbody>
            </table>
            """
    }

    /// Hospital and cluster stand in one cell, and the table is ordered by either.
    private var nameHeading: Markup {
        let sorted: Markup? = order == .name || order == .cluster ? ariaSort : nil
        return """
            <th scope="col" rowspan="2"\(sorted)>\(link(.name, CommonWords.hospital))<br>\(link(.cluster, CommonWords.cluster))</th>
            """
    }

    private var ariaSort: Markup { isFalling ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\"" }

    /// A heading that orders the table by its column; once more, the other way round.
    private func heading(_ column: NowOrder, _ name: Localized, about: Localized? = nil, rows: Int = 1) -> Markup {
        let sorted: Markup? = column == order ? ariaSort : nil
        let span: Markup? = rows > 1 ? " rowspan=\"\(rows)\"" : nil
        return
            "<th scope=\"col\" class=\"\(Markup.text(rows == 1 ? "number" : "state"))\"\(span)\(sorted)>\(link(column, name, about: about))</th>"
    }

    private func link(_ column: NowOrder, _ name: Localized, about: Localized? = nil) -> Markup {
        let isChosen = column == order
        let falls = isChosen ? !isFalling : column.isFalling
        let address = links.to(
            "/", ["sort": column.rawValue, "dir": falls ? "desc" : "asc", "near": near])
        let title: Markup? = about.map { " title=\"\($0[language])\"" }
        let sign: Markup? = isChosen ? (isFalling ? " class=\"falling\"" : " class=\"rising\"") : nil
        return """
            <a id="sort-\(column.rawValue)" data-swap="hospitals" href="\(address)"\(title)\(sign)>\(name[language])</a>
            """
    }

    private func row(_ row: OverviewModel.Row) -> Markup {
        let reading = row.reading
        let name = reading.name.shown(language)
        let place: Markup? =
            reading.latitude.flatMap { latitude in
                reading.longitude.map {
                    " data-lat=\"\(latitude.plainText)\" data-lon=\"\($0.plainText)\""
                }
            }
        let distance: Markup? = near.map { _ in
            "<td class=\"number\">\(row.distanceKilometres.map { NowWords.kilometres(text.decimal($0))[language] } ?? "–")</td>"
        }
        return """
            <tr id="\(reading.hospital)"\(place) data-name="\(name)">\
            <th scope="row"><a href="\(links.hospital(reading.hospital))"><bdi>\(name)</bdi></a>\
            <span class="cluster">\(reading.cluster.shown(language))</span></th>\(distance)\
            \(waits(row))\(states(row))<td class="day">\(sparkline(row))</td>\(usual(row))</tr>

            """
    }

    private func waits(_ row: OverviewModel.Row) -> Markup {
        let figures = row.reading.figures
        guard !row.isOld else { return "\(marked(row))\([Markup](repeating: nothing, count: 3))" }
        return "\(marked(row))\(wait(figures["t45_p95"]))\(wait(figures["t3_p50"]))\(wait(figures["t3_p95"]))"
    }

    private func states(_ row: OverviewModel.Row) -> Markup {
        let figures = row.reading.figures
        guard !row.isOld else { return "\([Markup](repeating: nothing, count: 3))" }
        return """
            \(lamp(figures["t1_managing"], kind: "critical"))\(lamp(figures["t2_managing"], kind: "emergency"))\
            \(resuscitation(figures.isResuscitating))
            """
    }

    /// What the lamps mean: phones show no titles.
    var lamps: Markup {
        let signs: [(kind: Markup, word: Localized)] = [
            ("critical", CommonWords.criticalLong), ("emergency", CommonWords.emergencyLong),
            ("resuscitation", CommonWords.resuscitation),
        ]
        let keys = signs.map { kind, word -> Markup in
            "<span class=\"key\"><span class=\"lamp \(kind)\"></span> \(word[language])</span> "
        }
        return "<p class=\"legend small\">\(keys)</p>"
    }

    private var nothing: Markup { "<td class=\"none\">–</td>" }

    /// A state as a lamp, and as a word for those who do not see it.
    private func lamp(_ figure: PublishedFigure?, kind: String) -> Markup {
        switch figure?.meaning.qualifier {
        case .yes: Self.lamp(kind, CommonWords.yes[language])
        case .no: Self.lamp("off", CommonWords.no[language])
        case .notApplicable: "<td class=\"none\"><span title=\"\(CommonWords.notApplicable[language])\">–</span></td>"
        default: published(figure)
        }
    }

    private func resuscitation(_ isManaged: Bool?) -> Markup {
        switch isManaged {
        case true?: Self.lamp("resuscitation", CommonWords.yes[language])
        case false?: Self.lamp("off", CommonWords.no[language])
        case nil: published(nil)
        }
    }

    private static func lamp(_ kind: String, _ word: String) -> Markup {
        "<td class=\"lamp \(kind)\"><span>\(word)</span></td>"
    }

    private func wait(_ figure: PublishedFigure?) -> Markup {
        guard let figure, let wait = text.wait(figure.meaning) else { return published(figure) }
        return "<td class=\"number\">\(wait)</td>"
    }

    /// What is not a figure: the phrase itself where there is one, since nothing is made of what nobody knows.
    private func published(_ figure: PublishedFigure?) -> Markup {
        guard let figure, figure.meaning.qualifier != .missing else {
            return "<td class=\"none\"><span title=\"\(CommonWords.notSaid[language])\">–</span></td>"
        }
        return "<td class=\"none\"><bdi>\(figure.text)</bdi></td>"
    }

    /// The T4/5 half wait with its mark, which picks the hospital on the map.
    private func marked(_ row: OverviewModel.Row) -> Markup {
        let figure = row.isOld ? nil : row.reading.figures[OverviewModel.metric.name]
        let old = row.isOld ? row.reading.observedAt.map { NowWords.last(text.instant($0))[language] } : nil
        let label = NowWords.show[language] + CommonWords.colon[language] + row.reading.name.shown(language)
        let published = figure.flatMap { $0.meaning.qualifier == .missing ? nil : $0.text }
        let wait = old ?? figure.flatMap { text.wait($0.meaning) } ?? published ?? "–"
        return """
            <td class="number marked"><span class="pick" data-label="\(label)">\(WaitGlyph(minutes: figure?.meaning.minutes).drawing)</span>\
            <span class="wait">\(wait)</span></td>
            """
    }

    private func sparkline(_ row: OverviewModel.Row) -> Markup {
        let minutes = row.history.compactMap { $0 }
        let label: Localized
        if let least = minutes.min(), let most = minutes.max() {
            label = NowWords.range(
                text.figure(least, of: OverviewModel.metric), text.figure(most, of: OverviewModel.metric))
        } else {
            label = NowWords.noRange
        }
        return Sparkline(minutes: row.history, scaleMinutes: overview.scaleMinutes, label: label[language]).drawing
    }

    private func usual(_ row: OverviewModel.Row) -> Markup {
        guard !row.isOld, let usual = row.usual, let minutes = row.minutes(OverviewModel.metric.name) else {
            return "<td class=\"none\">–</td>"
        }
        let word = CommonWords.verdict(usual.verdict)[language]
        guard let figures = usual.figures else { return "<td class=\"usual none\">\(word)</td>" }
        let band = NowWords.band(text.range(figures.p25, figures.p75, of: OverviewModel.metric))
        return """
            <td class="usual \(Self.kind(usual.verdict))"><span title="\(band[language])">\(word)</span>\
            <span class="unseen">\(CommonWords.colon[language])\(band[language])</span>\
            \(UsualBand(figures: figures, minutes: minutes, scaleMinutes: overview.scaleMinutes).drawing)</td>
            """
    }

    private static func kind(_ verdict: Usual.Verdict) -> String {
        switch verdict {
        case .muchLonger: "much-longer"
        case .longer: "longer"
        default: ""
        }
    }
}
