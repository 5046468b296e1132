import ArgumentParser
import Foundation
import WaitCore
import WaitStore

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Streams a dataset as CSV, NDJSON or GeoJSON.",
        discussion: """
            DATASET is ae-waits, ae-top-waits, clinic-quotas, hospitals or clinics; as GeoJSON hospitals, clinics or latest. Readings \
            come by hospital code, then by time; without the feed's trial unless --include-trial. A file appears whole or not at all, and a \
            file that is there is kept unless --force says otherwise; -o - is standard output. Of a demo's record every row ends with a \
            column "simulated". With --output the folder also gets datapackage.json (types, units, sources, coverage, citation) and SHA256SUMS, the \
            same bytes each time for the same record.

            EXAMPLES:
              waitkeeper export ae-waits --in 2026-01 > january.csv
              waitkeeper export ae-waits --from 2026-01 --to 2026-06 --excel -o half.csv
              waitkeeper export ae-top-waits --format ndjson --output ae-top-waits
              waitkeeper export latest --format geojson -o latest.geojson
            """)

    @Argument(help: "ae-waits, ae-top-waits, clinic-quotas, hospitals, clinics or latest.")
    var dataset: ExportDataset

    @Option(help: ArgumentHelp("csv, ndjson or geojson.", valueName: "format"))
    var format: ExportFormat = .csv

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("The file to write, - for standard output; by default standard output.", valueName: "file"))
    var file: String?

    @Option(
        help: ArgumentHelp("A folder for the file, its description and its checksums.", valueName: "folder"))
    var output: String?

    @Flag(help: "Replace files that are there.")
    var force = false

    @Flag(help: "CSV that Excel opens by itself: byte-order mark, its times, no formulas.")
    var excel = false

    @Flag(help: "Also the readings from before the feed's launch.")
    var includeTrial = false

    @OptionGroup var range: RangeOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard file == nil || output == nil else { throw ValidationError("Name -o FILE or --output DIR, not both.") }
        _ = try request()
    }

    func run() async throws {
        let database = try Composition.reading(try common.settings())
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

    private func request() throws -> ExportRequest {
        let (from, to) = try range.ends()
        do {
            return try ExportRequest(
                dataset, as: format, isForExcel: excel, from: from, to: to, includesTrial: includeTrial)
        } catch {
            throw ValidationError(error.description)
        }
    }
}

extension ExportDataset: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}
