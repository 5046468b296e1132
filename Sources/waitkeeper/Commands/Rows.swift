import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Rows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The rows of a dataset, as they stand or as they stood.",
        discussion: """
            --where takes a value whole; several for one column are any of them. A period belongs to a range by its last day. Totals \
            whose parts stand in the same edition are left out unless --with-totals is given. With --as-of the rows are those that \
            were published by then, and "confirmed" says whether that edition was seen then or later.

            EXAMPLES:
              waitkeeper rows discharge --where hospital=QMH
              waitkeeper rows discharge --where cluster=all --with-totals
              waitkeeper rows discharge --from 2020-04-01 --format csv
              waitkeeper rows discharge --as-of 2025-12-31 --period 2023-24
            """)

    @Argument(help: "The dataset; \"waitkeeper datasets\" lists them.")
    var dataset: String

    @OptionGroup var question: QuestionOptions
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let database = try Composition.reading(try common.settings())
        let dataset = try DatasetArgument.dataset(dataset, in: database.catalogue)
        let question = try question.question()
        do {
            try print(dataset, question, database)
        } catch let refusal as TableRefusal {
            throw ValidationError(refusal.description)
        }
        Console.note("\(dataset.publisher.attribution)\(dataset.publisher.caveat.map { " \($0)" } ?? "")")
    }

    private func print(_ dataset: Dataset, _ question: TableQuestion, _ database: WaitDatabase) throws {
        switch output.format {
        case .table:
            Console.print(try table(dataset, question, database).table(), terminator: "")
        case .csv:
            var stream = try DatasetRowStream(dataset, question, as: .csv, from: database)
            while let bytes = try stream.next() { Console.write(Data(bytes)) }
        case .json:
            var json = JSONWriter()
            try json.object { try DatasetJSON.rows(of: dataset, question, from: database, to: &$0) }
            Console.write(Data(json.bytes + [UInt8(ascii: "\n")]))
        }
    }

    /// Codes, periods and figures: what people look for; all columns are in CSV and JSON.
    private func table(_ dataset: Dataset, _ question: TableQuestion, _ database: WaitDatabase) throws -> Report {
        var question = question
        if question.columns == nil {
            question.columns = dataset.table.fields.map(\.name) + (dataset.table.hasTotals ? ["is_total"] : [])
        }
        let columns = try database.columns(of: dataset, question)
        var rows: [[Report.Cell]] = []
        try database.rows(of: dataset, question) { cells, _ in
            rows.append(zip(cells, columns).map { Report.Cell($0, $1.kind) })
        }
        return Report(columns: columns.map { .init($0.name, $0.name) }, rows: rows)
    }
}

extension Report.Cell {
    init(_ cell: Cell, _ kind: TableColumn.Kind) {
        switch cell {
        case .null: self = .none
        case .text(let text): self = .text(text)
        case .integer(let number): self = kind == .flag ? .flag(number != 0) : .integer(Int(number))
        case .decimal(let number): self = .decimal(number)
        }
    }
}

/// Which rows of a dataset (contract: `--where`, `--columns`, `--as-of`, `--with-totals`, `--from`, `--to`).
struct QuestionOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only rows with this value; repeat it for more.", valueName: "column=value"))
    var filters: [String] = []

    @Option(help: ArgumentHelp("Only these columns, with commas between.", valueName: "columns"))
    var columns: String?

    @Option(help: ArgumentHelp("The rows that were published by then; a day means its end.", valueName: "time"))
    var asOf: String?

    @Flag(help: "Include totals whose parts stand in the same edition.")
    var withTotals = false

    @Option(help: ArgumentHelp("Only this period, such as 2023-24.", valueName: "period"))
    var period: String?

    @OptionGroup var range: RangeOptions

    /// - Throws: `ValidationError` that names what cannot be read.
    func question() throws -> TableQuestion {
        var question = TableQuestion()
        var values: [String: [String]] = [:]
        var order: [String] = []
        for filter in filters {
            let parts = filter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("\"\(filter)\" is not a condition; write --where hospital=QMH.")
            }
            if values[parts[0]] == nil { order.append(parts[0]) }
            values[parts[0], default: []].append(parts[1])
        }
        question.filters = order.map { TableQuestion.Filter($0, values[$0] ?? []) }
        question.columns = columns.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
        question.withTotals = withTotals
        question.period = period
        if let asOf {
            guard let moment = TableQuestion.moment(asOf) else {
                throw ValidationError("\"\(asOf)\" is not a time; write 2026-01-31 or 2026-01-31T04:30+08:00.")
            }
            question.asOf = moment
        }
        let ends = try range.ends()
        question.setRange(from: ends.from, to: ends.to)
        return question
    }
}
