import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct Datasets: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The datasets beside the A&E waits, and what the record has of each.",
        discussion: """
            An edition is a run of captures of one document with the same bytes. WORD is looked for in ids, titles and column \
            names, in English and Chinese.

            EXAMPLES:
              waitkeeper datasets
              waitkeeper datasets discharge
              waitkeeper datasets --plan --format csv
            """)

    @Argument(help: "Only datasets with this word.")
    var word: String?

    @Flag(help: "Show the rows of the two plan documents that each dataset answers.")
    var plan = false

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let database = try Composition.reading(try common.settings())
        let summaries = try database.datasetSummaries().filter { summary in
            word.map { summary.dataset.mentions($0) } ?? true
        }
        if output.format == .json {
            var json = JSONWriter()
            try json.object { try DatasetJSON.list(summaries, from: database, to: &$0) }
            return Console.write(Data(json.bytes + [UInt8(ascii: "\n")]))
        }
        let report = Report(
            columns: [
                .init("id", "ID"), .init("title_en", "TITLE"), .init("publisher_en", "PUBLISHER"),
                .init("plan", plan ? "PLAN" : nil), .init("cadence", "CADENCE"), .init("rows", "ROWS"),
                .init("editions", "EDITIONS"), .init("newest_edition", "NEWEST EDITION"), .init("last_day", "LAST DAY"),
            ],
            rows: summaries.map { summary in
                [
                    .text(summary.dataset.id), .text(summary.dataset.title.en),
                    .text(summary.dataset.publisher.name.en), .text(summary.dataset.plan.joined(separator: " ")),
                    .text(summary.dataset.cadence.rawValue), .integer(summary.rows), .integer(summary.editions),
                    .optional(summary.newestEditionUnix.map(SecondText.rfc3339)), .optional(summary.lastDay),
                ]
            })
        Console.print(report.text(output.format, isSimulated: try database.isSimulated()), terminator: "")
    }
}

extension Dataset {
    /// Whether a word is in its id, its titles or the names and titles of its columns.
    fileprivate func mentions(_ word: String) -> Bool {
        let texts =
            [id] + Language.allCases.map { title[$0] }
            + table.columns.flatMap { column in [column.name] + Language.allCases.map { column.title[$0] } }
        return texts.contains { $0.range(of: word, options: [.caseInsensitive, .widthInsensitive]) != nil }
    }
}

/// Finds the dataset that an argument names.
enum DatasetArgument {
    static func dataset(_ id: String, in catalogue: Catalogue) throws -> Dataset {
        if let dataset = catalogue.dataset(id) { return dataset }
        let advice = Suggestion.advice(
            for: id, among: catalogue.datasets.map(\.id), otherwise: "\"waitkeeper datasets\" lists them.")
        throw ValidationError("\"\(id)\" is not a dataset; \(advice)")
    }
}
