import WaitCore
import WaitStore

extension Endpoint {
    /// Every file there is: the names of the contract.
    private static let files: [(name: String, dataset: ExportDataset, format: ExportFormat)] =
        ExportDataset.allCases.flatMap { dataset in
            ExportFormat.allCases.compactMap { format in
                // What has no meaning is no file.
                (try? ExportRequest(dataset, as: format)).map { _ in
                    ("\(dataset.rawValue).\(format.rawValue)", dataset, format)
                }
            }
        }
    private static let file = Parameter.word(
        "file", files.map(\.name), example: "hospitals.csv", "The dataset and its format.")

    static let export = Endpoint(
        "/v1/export/{file}", "A dataset whole, streamed: readings, quotas, places.",
        parameters: [.path(file)] + Parameters.range + [.query(Parameters.excel), .query(Parameters.includeTrial)],
        mediaTypes: [.csv, .ndjson, .geoJSON], dependsOn: .recordAndSlot
    ) { query, context in
        guard let chosen = files.first(where: { $0.name == query[file] }) else {
            throw Problem.notFound("There is no such export.", parameter: file.name)
        }
        do {
            let ends = try context.ends(query)
            let request = try ExportRequest(
                chosen.dataset, as: chosen.format, isForExcel: query[Parameters.excel] ?? false, from: ends.from,
                to: ends.to,
                includesTrial: query[Parameters.includeTrial] ?? false)
            // Half the usual page: many clients may each hold one.
            let pages = ExportPageSource(stream: try context.database.export(request, rowsPerPage: 500))
            return Answer(
                mediaType: MediaType(chosen.format), body: .pages(pages),
                lifetime: lifetime(chosen.dataset, ends, context),
                fields: Answer.fileFields(
                    request.fileName(isSimulated: pages.stream.isSimulated), isSimulated: pages.stream.isSimulated))
        } catch let refusal as ExportRefusal {
            throw Problem.parameter(refusal.parameter ?? file.name, refusal.description)
        }
    }

    /// Places and quotas may change at any time, readings of a range that is over do not.
    private static func lifetime(
        _ dataset: ExportDataset, _ ends: (from: HongKongMinute?, to: HongKongMinute?), _ context: AnswerContext
    ) -> Answer.Lifetime {
        guard dataset == .aeWaits || dataset == .aeTopWaits, let to = ends.to else { return .nextSlot }
        return context.lifetime(of: TimeRange(from: ends.from ?? HongKongMinute(sinceEpoch: 0), to: to))
    }

    /// Where it comes from and under which terms: a line of data is no place for that.
    static let sourceLinks = """
        <https://data.gov.hk/>; rel="via"; title="\(Attribution.sourceLine)", \
        <https://data.gov.hk/en/terms-and-conditions>; rel="license"
        """
}

extension Answer {
    /// The header fields of a file to be kept: its name, where it is from, and whether its figures are a demo's.
    static func fileFields(_ name: String, isSimulated: Bool) -> [(name: String, value: String)] {
        [("content-disposition", "attachment; filename=\"\(name)\""), ("link", Endpoint.sourceLinks)]
            + (isSimulated ? [("waitkeeper-simulated", "true")] : [])
    }
}

/// An export's pages, each a read of its own.
private struct ExportPageSource: PageSource {
    var stream: ExportStream

    mutating func nextPage() throws -> [UInt8]? { try stream.next() }
}

extension MediaType {
    init(_ format: ExportFormat) {
        self =
            switch format {
            case .csv: .csv
            case .ndjson: .ndjson
            case .geojson: .geoJSON
            case .xlsx: .workbook
            }
    }
}
