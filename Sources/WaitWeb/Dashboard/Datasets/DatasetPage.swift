import WaitCore
import WaitStore

extension Endpoint {
    /// The page of a dataset, with the same parameters as its rows.
    static func page(of dataset: Dataset) -> Endpoint {
        let parameters = DatasetParameters(dataset)
        return page(
            "/datasets/\(dataset.id)", "\(dataset.title.en): rows, changes and editions for people.",
            parameters: parameters.declared, dependsOn: .record
        ) { query, context, language in
            var question = try parameters.question(query)
            question.columns = nil
            // A form sends a field that was left open as an empty text.
            question.filters = question.filters.map { filter in
                TableQuestion.Filter(filter.column, filter.values.filter { !$0.isEmpty })
            }.filter { !$0.values.isEmpty }
            do {
                return try DatasetPage(dataset, question, context, language).page
            } catch let refusal as TableRefusal {
                throw Problem(status: 400, detail: refusal.description, parameter: refusal.parameter)
            }
        }
    }
}

/// One dataset: its rows with filters, what was changed, its editions and columns.
struct DatasetPage {
    private let dataset: Dataset
    private let question: TableQuestion
    private let language: Language
    private let links: PageLinks
    private let summary: DatasetSummary
    private let rows: [[Cell]]
    private let columns: [AnsweredColumn]
    private let changes: [TableChange]
    private let editions: [EditionSummary]
    /// The values that a dimension or period can be filtered by, with what they are called.
    private let choices: [(field: Field, values: [(code: String, name: String)])]
    private let names: [String: [String: String]]

    /// Rows that a page shows; all are in the files.
    private static let mostRows = 200
    private static let mostChanges = 50

    init(_ dataset: Dataset, _ question: TableQuestion, _ context: AnswerContext, _ language: Language) throws {
        (self.dataset, self.question, self.language) = (dataset, question, language)
        links = context.links(language)
        summary = try context.database.summary(of: dataset)
        var shown = question
        shown.limit = Self.mostRows
        shown.columns = dataset.table.fields.map(\.name)
        columns = try context.database.columns(of: dataset, shown)
        var rows: [[Cell]] = []
        try context.database.rows(of: dataset, shown) { cells, _ in rows.append(cells) }
        self.rows = rows
        changes = try context.database.changes(of: dataset)
        editions = try context.database.editions(of: dataset)
        choices = try dataset.table.fields.filter { $0.measure == nil && $0.isKey }.map { field in
            (field, try context.database.values(of: field.name, in: dataset, language))
        }
        names = Dictionary(
            uniqueKeysWithValues: choices.map { field, values in
                (field.name, Dictionary(values.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first }))
            })
    }

    private var text: WaitText { WaitText(language: language) }

    /// What a code of a dimension or period is called in the page's language.
    private func name(of code: String, in column: String) -> String {
        if code == CodeList.all { return DatasetWords.total[language] }
        return names[column]?[code] ?? code
    }

    var page: Page {
        Page(
            language: language, title: dataset.title[language], place: nil,
            caveat: Trilingual(en: dataset.publisher.caveat ?? ""),
            content: """
                <p><a href="\(links.to("/datasets"))">\(CommonWords.datasets[language])</a></p>
                <h1 id="rows-title">\(dataset.title[language])</h1>
                <p>\(DatasetWords.source(dataset.publisher.name[language], text.day(summary.lastDay))[language])</p>
                \(summary.editions == 0 ? "<p>\(DatasetWords.nothing[language])</p>" as Markup : form + table)
                \(takeAway)
                \(changeSection)
                \(editionSection)
                \(columnSection)
                """)
    }

    private var form: Markup {
        let fields = choices.map { field, values -> Markup in
            let chosen = question.filters.first { $0.column == field.name }?.values.first ?? ""
            let options = values.map { code, _ -> Markup in
                "<option value=\"\(code)\"\(code == chosen ? " selected" as Markup : nil)>\(self.name(of: code, in: field.name))</option>"
            }
            return """
                <label>\(field.title[language]) <select name="\(field.name)"><option value="">\(DatasetWords.all[language])</option>\(options)</select></label>

                """
        }
        let totals: Markup = """
            <label><input type="checkbox" name="totals" value="true"\(question.withTotals ? " checked" as Markup : nil)> \(DatasetWords.withTotals[language])</label>
            """
        return """
            <form action="\(links.base.path)/datasets/\(dataset.id)" method="get" class="near" aria-label="\(DatasetWords.filters[language])">\(fields)
            \(dataset.table.hasTotals ? totals : nil) <input type="hidden" name="lang" value="\(language.rawValue)"><button>\(DatasetWords.show[language])</button></form>
            """
    }

    private var table: Markup {
        guard !rows.isEmpty else { return "<p>\(DatasetWords.noRows[language])</p>" }
        let headings = columns.map { dataset.heading(of: $0, language) }
        let words = Set(columns.indices.filter { columns[$0].measure == nil })
        let lines = rows.map { row -> Markup in
            let cells = zip(row, columns).map { cell, column -> Markup in
                let kind: Markup? = column.measure == nil ? nil : " class=\"number\""
                return "<td\(kind)>\(self.cell(cell, column))</td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        let note: Markup? =
            rows.count < Self.mostRows
            ? nil
            : "<p>\(DatasetWords.shown(text.number(rows.count), of: text.number(summary.rows))[language])</p>"
        return "\(note)\(DataTable(labelledBy: "rows-title", headings: headings, words: words, rows: lines).markup)"
    }

    private func cell(_ cell: Cell, _ column: AnsweredColumn) -> String {
        switch cell {
        case .null: "–"
        case .text(let text): column.kind == .day ? self.text.day(text) : name(of: text, in: column.name)
        case .integer(let number):
            if column.kind == .flag {
                (number != 0 ? CommonWords.yes : CommonWords.no)[language]
            } else if column.measure == nil {
                name(of: String(number), in: column.name)
            } else {
                text.number(Int(number))
            }
        case .decimal(let number): number.plainText
        }
    }

    /// The same rows as files: without the page's language, with its filters.
    private var takeAway: Markup {
        let filters =
            question.filters.flatMap { filter in filter.values.map { (filter.column, $0) } }
            + (question.withTotals ? [("totals", "true")] : [])
        let files =
            [("Excel", "rows.xlsx", [("lang", language.rawValue)]), ("CSV", "rows.csv", [("excel", "true")])]
            + (dataset.hasPlaces ? [("GeoJSON", "rows.geojson", [])] : [])
            + [("NDJSON", "rows.ndjson", []), ("JSON", "rows", [])]
        let items = files.map { name, path, more -> Markup in
            let query = (filters + more).map { "\($0.0)=\(PercentEncoding.encoded($0.1))" }.joined(separator: "&")
            let address = links.api("/v1/datasets/\(dataset.id)/\(path)") + (query.isEmpty ? "" : "?\(query)")
            return "<a href=\"\(address)\">\(name)</a>"
        }
        return
            "<p>\(DatasetWords.takeAway[language])\(CommonWords.colon[language])\(Markup(items, separator: " · "))</p>"
    }

    private var changeSection: Markup {
        let headings = [
            DatasetWords.seen, DatasetWords.change, DatasetWords.row, DatasetWords.column, DatasetWords.before,
            DatasetWords.after,
        ]
        let lines = changes.suffix(Self.mostChanges).reversed().map { change -> Markup in
            let column = change.column.flatMap { name in dataset.answeredColumns.first { $0.name == name } }
            return """
                <tr><td>\(text.day(HongKongMinute(secondsSince1970: Double(change.atUnix))))</td><td>\(DatasetWords.change(change.kind)[language])</td>\
                <td>\(keyText(change.key))</td><td>\(column.map { dataset.heading(of: $0, language) } ?? "–")</td>\
                <td class="number">\(change.before.isNull ? "–" : change.before.shown)</td><td class="number">\(change.after.isNull ? "–" : change.after.shown)</td></tr>

                """
        }
        let table = DataTable(
            labelledBy: "changes-title", headings: headings.map { $0[language] }, words: [0, 1, 2, 3], rows: lines)
        return """
            <section aria-labelledby="changes-title"><h2 id="changes-title">\(DatasetWords.changes[language])</h2>
            \(changes.isEmpty ? "<p>\(DatasetWords.noChanges[language])</p>" as Markup : table.markup)
            <p><a href="\(links.api("/v1/datasets/\(dataset.id)/changes"))">JSON</a></p></section>
            """
    }

    private func keyText(_ key: [Cell]) -> String {
        zip(dataset.table.key, key).map { column, cell in name(of: cell.shown, in: column) }.joined(separator: " · ")
    }

    private var editionSection: Markup {
        let headings = [DatasetWords.seenFrom, DatasetWords.seenLast, DatasetWords.rows]
        let lines = editions.suffix(Self.mostChanges).reversed().map { edition -> Markup in
            """
            <tr><td>\(text.instant(HongKongMinute(secondsSince1970: Double(edition.seenFromUnix))))</td>\
            <td>\(text.instant(HongKongMinute(secondsSince1970: Double(edition.seenLastUnix))))</td>\
            <td class="number">\(text.number(edition.rows))</td><td><code>\(edition.sha256)</code></td></tr>

            """
        }
        let table = DataTable(
            labelledBy: "editions-title", headings: headings.map { $0[language] } + ["SHA-256"], words: [0, 1, 3],
            rows: lines)
        return """
            <section aria-labelledby="editions-title"><h2 id="editions-title">\(DatasetWords.editions[language])</h2>
            \(editions.isEmpty ? "<p>\(DatasetWords.nothing[language])</p>" as Markup : table.markup)</section>
            """
    }

    private var columnSection: Markup {
        let lines = dataset.table.columns.map { column -> Markup in
            """
            <tr><th scope="row"><code>\(column.name)</code></th><td>\(column.title[language])</td><td>\(column.measure?.unit ?? "–")</td></tr>

            """
        }
        let headings = [DatasetWords.column[language], DatasetWords.row[language], DatasetWords.unit[language]]
        let table = DataTable(labelledBy: "columns-title", headings: headings, words: [0, 1, 2], rows: lines)
        return """
            <section aria-labelledby="columns-title"><h2 id="columns-title">\(DatasetWords.columns[language])</h2>
            <details><summary>\(DatasetWords.columns[language])</summary>\(table.markup)</details></section>
            """
    }
}

extension Dataset {
    /// What a column is called on the page: of a name, its dimension.
    fileprivate func heading(of column: AnsweredColumn, _ language: Language) -> String {
        let field = table.fields.first { field in
            field.name == column.name || Language.allCases.contains { column.name == "\(field.name)_\($0.rawValue)" }
        }
        return field?.title[language] ?? (column.title[language].isEmpty ? column.name : column.title[language])
    }
}
