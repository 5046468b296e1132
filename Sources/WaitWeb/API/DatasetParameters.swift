import WaitCore
import WaitStore

/// The parameters of a dataset's rows: each of its columns, and what is asked of all datasets.
struct DatasetParameters: Sendable {
    private let dataset: Dataset
    private let columns: [Parameter<[String]>]

    /// Names that no column has.
    static let reserved = [
        "columns", "totals", "as_of", "from", "to", "period", "cursor", "limit", "lang", "format", "excel",
    ]

    static let limit = Parameter.integer("limit", 1...1_000, example: 100, "The most rows on a page; by default 1,000.")
    static let cursor = Parameter<String>(
        name: "cursor", about: "Where to continue: `next` of the page before.", example: "",
        schema: .text(pattern: "^[A-Za-z0-9_-]{12,2000}$"), expectation: "the next of an earlier page"
    ) { (12...2_000).contains($0.utf8.count) ? $0 : nil }
    private static let chosen = Parameter<[String]>(
        name: "columns", about: "Only these columns, with commas between.", example: "",
        schema: .list(.text()), expectation: "names of columns with commas between"
    ) { $0.split(separator: ",").map(String.init) }
    private static let totals = Parameter.flag(
        "totals", "Whether totals whose parts stand in the same edition are included; by default not.")
    private static let asOf = Parameter<Int>(
        name: "as_of", about: "The rows that were published by then; a day means its end.", example: "2026-11-30",
        schema: Parameters.to.schema, expectation: Parameters.to.expectation
    ) { text in
        guard text.utf8.count <= 40 else { return nil }
        // A form writes a space as "+".
        return TableQuestion.moment(text) ?? TableQuestion.moment(text.replacing("+", with: " "))
    }
    private static let period = Parameter<String>(
        name: "period", about: "Only this period, by its code or as published.", example: "2023-24", schema: .text(),
        expectation: "a period such as 2023-24"
    ) { $0.utf8.count <= 100 ? $0 : nil }

    init(_ dataset: Dataset) {
        self.dataset = dataset
        columns = dataset.answeredColumns.map { column in
            .values(
                column.name, "Only rows with this value of \(column.name); given again, any of them.", example: "all")
        }
    }

    var declared: [DeclaredParameter] {
        columns.map { .repeated($0) } + [
            .query(Self.chosen), .query(Self.totals), .query(Self.asOf), .query(Self.period),
            .query(Parameters.from), .query(Parameters.to),
        ]
    }

    func question(_ query: Query) throws -> TableQuestion {
        var question = TableQuestion()
        question.filters = columns.compactMap { column in
            query[column].map { TableQuestion.Filter(column.name, $0) }
        }
        question.columns = query[Self.chosen]
        question.withTotals = query[Self.totals] ?? false
        question.asOf = query[Self.asOf]
        question.period = query[Self.period]
        question.setRange(from: query[Parameters.from], to: query[Parameters.to])
        if let from = question.from, let to = question.to, from > to {
            throw Problem.parameter("to", "The range ends before it begins.")
        }
        return question
    }

    /// What is asked for, whatever the page.
    func canonical(_ query: Query, path: String) -> String {
        let endpoint = Endpoint(path, "", parameters: declared) { _, _ in Answer.json { _ in } }
        return query.canonicalTarget(of: endpoint)
    }

    /// Makes a refusal a 400 that names the parameter.
    static func refusing(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let refusal as TableRefusal {
            throw Problem(status: 400, detail: refusal.description, parameter: refusal.parameter)
        }
    }
}
