import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Streams a dataset as CSV, NDJSON, GeoJSON or an Excel workbook.",
        discussion: """
            DATASET is ae-waits, ae-top-waits, clinic-quotas, hospitals or clinics; as GeoJSON hospitals, clinics or \
            latest; or a dataset that "waitkeeper datasets" lists, with all its columns: as xlsx with headings in the \
            language of --language, as GeoJSON where its rows have places. Readings are sorted by hospital code, then by time; the feed's trial is left out unless \
            --include-trial. A file is written completely or not at all, and an existing file is kept unless --force \
            is given; -o - is standard output. In an export of a demo's record every row ends with a column \
            "simulated". With --output the folder also gets datapackage.json (types, units, sources, coverage, \
            citation) and SHA256SUMS, the same bytes each time for the same record.

            EXAMPLES:
              waitkeeper export ae-waits --in 2026-01 > january.csv
              waitkeeper export ae-waits --from 2026-01 --to 2026-06 --excel -o half.csv
              waitkeeper export ae-top-waits --format ndjson --output ae-top-waits
              waitkeeper export discharge --with-totals -o discharge.csv
              waitkeeper export discharge --format xlsx --language tc -o discharge.xlsx
              waitkeeper export latest --format geojson -o latest.geojson
            """)

    @Argument(help: "ae-waits, ae-top-waits, clinic-quotas, hospitals, clinics, latest, or a dataset's id.")
    var dataset: String

    @Option(help: ArgumentHelp("csv, ndjson, geojson or xlsx.", valueName: "format"))
    var format: ExportFormat = .csv

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("The file to write, - for standard output; by default standard output.", valueName: "file"))
    var file: String?

    @Option(
        help: ArgumentHelp("A folder for the file, its description and its checksums.", valueName: "folder"))
    var output: String?

    @Flag(help: "Replace existing files.")
    var force = false

    @Flag(help: "CSV that Excel opens directly: byte-order mark, Excel's times, no formulas.")
    var excel = false

    @Flag(help: "Include readings from before the feed's launch.")
    var includeTrial = false

    @Flag(help: "Of a dataset: include totals whose parts stand in the same edition.")
    var withTotals = false

    @Option(
        help: ArgumentHelp(
            "Of an xlsx: en, tc or sc, the language of its headings; by default en.", valueName: "language"))
    var language: Language?

    @OptionGroup var range: RangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard file == nil || output == nil else { throw ValidationError("Name -o FILE or --output DIR, not both.") }
        if ExportDataset(rawValue: dataset) != nil {
            guard !withTotals else { throw ValidationError("\(dataset) has no totals: leave out --with-totals.") }
            guard language == nil else {
                throw ValidationError("--language is for the xlsx of a dataset: leave it out.")
            }
            _ = try request()
        } else if !Composition.catalogue.datasets.contains(where: { $0.id == dataset }) {
            let names = ExportDataset.allCases.map(\.rawValue) + Composition.catalogue.datasets.map(\.id)
            let advice = Suggestion.advice(
                for: dataset, among: names, otherwise: "there are \(names.joined(separator: ", ")).")
            throw ValidationError("\"\(dataset)\" is not something to export; \(advice)")
        } else {
            try validateDataset()
        }
    }

    func run() async throws {
        let database = try Composition.reading(try common.settings())
        if let dataset = database.catalogue.dataset(dataset) { return try write(dataset, from: database) }
        let request = try request()
        do {
            if let output {
                try ExportFolder(path: output, database: database, replaces: force).write(request)
            } else {
                try ExportFile(path: file == "-" ? nil : file, replaces: force).write(request, from: database)
            }
        } catch let refusal as ExportRefusal {
            throw ValidationError(refusal.description)
        } catch let interruption as Interruption {
            interruption.end()
        }
    }

    private func validateDataset() throws {
        guard language == nil || format == .xlsx else {
            throw ValidationError("--language is for xlsx: add --format xlsx, or leave it out.")
        }
        guard output == nil else { throw ValidationError("\(dataset) is exported into a file: name -o FILE.") }
        guard format != .xlsx || file != nil || !Console.isOutputTerminal else {
            throw ValidationError("A workbook is not shown in a terminal: name -o FILE.")
        }
        guard !includeTrial else { throw ValidationError("Only ae-waits has a trial that could be included.") }
        guard !excel || format == .csv else {
            throw ValidationError("Excel reads the csv, not \(format.rawValue): ask for csv, or without Excel.")
        }
    }

    private func write(_ dataset: Dataset, from database: WaitDatabase) throws {
        var question = TableQuestion()
        question.withTotals = withTotals
        let ends = try range.ends()
        question.setRange(from: ends.from, to: ends.to)
        do {
            let stream = try database.file(
                of: dataset, question, as: format, isForExcel: excel, in: language ?? .en)
            try DatasetFile(path: file == "-" ? nil : file, replaces: force).write(stream)
        } catch let refusal as TableRefusal {
            throw ValidationError(refusal.description)
        } catch let interruption as Interruption {
            interruption.end()
        }
    }

    private func request() throws -> ExportRequest {
        guard let dataset = ExportDataset(rawValue: dataset) else {
            throw ValidationError("\"\(dataset)\" is not something to export.")
        }
        let (from, to) = try range.ends()
        do {
            return try ExportRequest(
                dataset, as: format, isForExcel: excel, from: from, to: to, includesTrial: includeTrial)
        } catch {
            throw ValidationError(error.description)
        }
    }
}

extension ExportFormat: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {}
