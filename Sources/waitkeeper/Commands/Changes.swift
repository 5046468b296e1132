import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Changes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What publishers changed in a dataset: row, column, before, after, when.",
        discussion: """
            Each difference between two editions is one row: added, withdrawn, corrected, renamed (labels alone) or returned. The first \
            edition of a document changes nothing.

            EXAMPLES:
              waitkeeper changes discharge
              waitkeeper changes discharge --from 2026-01-01 --format csv
            """)

    @Argument(help: "The dataset; \"waitkeeper datasets\" lists them.")
    var dataset: String

    @Option(help: ArgumentHelp("Only changes that were first seen then or later.", valueName: "time"))
    var from: String?

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let start = try from.map { text in
            guard let minute = TimeRange.start(text) else {
                throw ValidationError("\"\(text)\" is not a time; write 2026-01-31 or 2026-01-31T04:30+08:00.")
            }
            return minute
        }
        let database = try Composition.reading(try common.settings())
        let dataset = try DatasetArgument.dataset(dataset, in: database.catalogue)
        let changes = try database.changes(of: dataset, from: start)
        if output.format == .json {
            var json = JSONWriter()
            try json.object { try DatasetJSON.changes(changes, of: dataset, from: database, to: &$0) }
            return Console.write(Data(json.bytes + [UInt8(ascii: "\n")]))
        }
        let key = dataset.table.key
        let report = Report(
            columns: [.init("at", "SEEN"), .init("change", "CHANGE")] + key.map { .init($0, $0.uppercased()) }
                + [
                    .init("column", "COLUMN"), .init("before", "BEFORE"), .init("after", "AFTER"),
                    .init("capture_id", "CAPTURE"),
                ],
            rows: changes.map { change in
                let kind = change.column.map(dataset.table.kind(of:)) ?? .text
                return [.text(SecondText.rfc3339(change.atUnix)), .text(change.kind.rawValue)]
                    + zip(key, change.key).map { Report.Cell($1, dataset.table.kind(of: $0)) }
                    + [
                        .optional(change.column), Report.Cell(change.before, kind), Report.Cell(change.after, kind),
                        .integer(Int(change.captureID)),
                    ]
            })
        Console.print(report.text(output.format, isSimulated: try database.isSimulated()), terminator: "")
    }
}
