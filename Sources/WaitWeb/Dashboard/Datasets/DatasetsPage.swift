import WaitCore
import WaitStore

extension Endpoint {
    static let datasetsPage = page(
        "/datasets", "The catalogue's page: every dataset with its publisher, rows and newest edition.",
        dependsOn: .record
    ) { _, context, language in
        try DatasetsPage(context, language).page
    }
}

/// The catalogue.
struct DatasetsPage {
    private let language: Language
    private let links: PageLinks
    private let summaries: [DatasetSummary]

    init(_ context: AnswerContext, _ language: Language) throws {
        self.language = language
        links = context.links(language)
        summaries = try context.database.datasetSummaries()
    }

    private var text: WaitText { WaitText(language: language) }

    var page: Page {
        let headings = [
            DatasetWords.dataset, DatasetWords.publisher, DatasetWords.plan, DatasetWords.lastDay, DatasetWords.newest,
            DatasetWords.rows, DatasetWords.editions,
        ]
        let table = DataTable(
            labelledBy: "datasets-title", headings: headings.map { $0[language] }, words: [0, 1, 2, 3, 4],
            rows: summaries.map(row))
        return Page(
            language: language, title: CommonWords.datasets[language], place: .datasets, caveat: Trilingual(),
            content: """
                <h1 id="datasets-title">\(CommonWords.datasets[language])</h1>
                <p>\(DatasetWords.about[language])</p>
                \(table.markup)
                <p><a href="\(links.api("/v1/datasets"))">JSON</a></p>
                """)
    }

    private func row(_ summary: DatasetSummary) -> Markup {
        let dataset = summary.dataset
        let newest = summary.newestEditionUnix.map { text.day(HongKongMinute(secondsSince1970: Double($0))) }
        return """
            <tr><th scope="row"><a href="\(links.to("/datasets/\(dataset.id)"))">\(dataset.title[language])</a></th>\
            <td>\(dataset.publisher.name[language])</td><td>\(dataset.plan.joined(separator: " "))</td>\
            <td>\(text.day(summary.lastDay))</td><td>\(newest ?? "–")</td><td class="number">\(text.number(summary.rows))</td>\
            <td class="number">\(text.number(summary.editions))</td></tr>

            """
    }
}

extension WaitText {
    /// A day of a cell, `2026-01-31`; a dash where there is none.
    func day(_ text: String?) -> String {
        text.flatMap { HongKongMinute(text: $0) }.map { day($0) } ?? "–"
    }
}
