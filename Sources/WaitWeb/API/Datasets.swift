import Foundation
import WaitCore
import WaitStore

extension Endpoint {
    static func datasets(_ catalogue: Catalogue) -> Endpoint {
        Endpoint(
            "/v1/datasets", "The datasets beside the A&E waits, with their columns and what the record has of each.",
            schema: .list(of: DatasetSchema.entry)
        ) { _, context in
            let summaries = try context.database.datasetSummaries()
            return try .json { try DatasetJSON.list(summaries, from: context.database, to: &$0) }
        }
    }

    /// The routes of a dataset. Each dataset has its own paths, so that OpenAPI can type its rows.
    static func routes(of dataset: Dataset) -> [Endpoint] {
        [
            entry(of: dataset).inLane(.light), rows(of: dataset), page(of: dataset), changes(of: dataset),
            editions(of: dataset).inLane(.light),
        ]
            + ExportFormat.allCases.filter { $0 != .geojson || dataset.hasPlaces }.map {
                file(of: dataset, as: $0).inLane(.stream)
            }
    }

    private static func entry(of dataset: Dataset) -> Endpoint {
        Endpoint(
            "/v1/datasets/\(dataset.id)", "\(dataset.title.en): its columns, and what the record has of it.",
            schema: .object(DatasetSchema.entryFields + Schema.words(hasCaveat: false))
        ) { _, context in
            let summary = try context.database.summary(of: dataset)
            return try .json { json in
                DatasetJSON.write(summary, to: &json)
                try json.words(context, caveat: nil)
            }
        }
    }

    private static func rows(of dataset: Dataset) -> Endpoint {
        let parameters = DatasetParameters(dataset)
        let path = "/v1/datasets/\(dataset.id)/rows"
        let declared = parameters.declared + [.query(DatasetParameters.limit), .query(DatasetParameters.cursor)]
        return Endpoint(
            path, "\(dataset.title.en): its rows, in pages by key.", parameters: declared,
            schema: .object(
                [
                    .init(name: "data", schema: .list(DatasetSchema.row(of: dataset))),
                    .init(name: "dataset", schema: .word([dataset.id])),
                    .init(name: "as_of", schema: .optional(Schema.time)),
                    .init(
                        name: "range",
                        schema: .fields(["from": .optional(Schema.day), "to": .optional(Schema.day)])),
                    .init(name: "next", schema: .optional(.text())),
                ] + DatasetSchema.words(of: dataset))
        ) { query, context in
            var question = try parameters.question(query)
            question.limit = query[DatasetParameters.limit] ?? 1_000
            let own = parameters.canonical(query, path: path)
            if let text = query[DatasetParameters.cursor] {
                guard let cursor = KeyCursor(text, for: own) else {
                    throw Problem.parameter("cursor", "The cursor belongs to another question.")
                }
                question.after = cursor.key
            }
            return try DatasetParameters.refusing {
                var next: String?
                var answer = try Answer.json { json in
                    try DatasetJSON.rows(of: dataset, question, from: context.database, to: &json) { key in
                        let text = KeyCursor(key: key).text(for: own)
                        next = text
                        return text
                    }
                }
                if let next {
                    let limit = query[DatasetParameters.limit].map { "&limit=\($0)" } ?? ""
                    let link = "\(context.assets.base.path)\(own)\(own.contains("?") ? "&" : "?")cursor=\(next)\(limit)"
                    answer.fields.append(("link", "<\(link)>; rel=\"next\""))
                }
                return answer
            }
        }
    }

    private static func file(of dataset: Dataset, as format: ExportFormat) -> Endpoint {
        let parameters = DatasetParameters(dataset)
        let own: [DeclaredParameter] =
            switch format {
            case .csv: [.query(Parameters.excel)]
            case .xlsx: [.query(Parameters.language)]
            case .ndjson, .geojson: []
            }
        return Endpoint(
            "/v1/datasets/\(dataset.id)/rows.\(format.rawValue)", "\(dataset.title.en): all rows as a file.",
            parameters: parameters.declared + own, mediaTypes: [MediaType(format)],
            schema: format == .geojson ? DatasetSchema.features(of: dataset) : nil
        ) { query, context in
            let question = try parameters.question(query)
            return try DatasetParameters.refusing {
                let stream = try context.database.file(
                    of: dataset, question, as: format, isForExcel: query[Parameters.excel] ?? false,
                    in: query[Parameters.language] ?? .en)
                let name = FileName.marked("\(dataset.id).\(format.rawValue)", isSimulated: stream.isSimulated)
                return Answer(
                    mediaType: MediaType(format), body: .pages(DatasetPageSource(stream: stream)),
                    fields: Answer.fileFields(name, isSimulated: stream.isSimulated))
            }
        }
    }

    private static func changes(of dataset: Dataset) -> Endpoint {
        Endpoint(
            "/v1/datasets/\(dataset.id)/changes", "\(dataset.title.en): what the publisher changed between editions.",
            parameters: [.query(Parameters.from)],
            schema: .object(
                [
                    .init(name: "data", schema: .list(DatasetSchema.change(of: dataset))),
                    .init(name: "dataset", schema: .word([dataset.id])),
                    .init(name: "next", schema: .optional(.text())),
                ] + DatasetSchema.words(of: dataset))
        ) { query, context in
            let changes = try context.database.changes(of: dataset, from: query[Parameters.from])
            return try .json { try DatasetJSON.changes(changes, of: dataset, from: context.database, to: &$0) }
        }
    }

    private static func editions(of dataset: Dataset) -> Endpoint {
        Endpoint(
            "/v1/datasets/\(dataset.id)/editions",
            "\(dataset.title.en): the runs of captures with the same bytes, oldest first.",
            schema: .object(
                [
                    .init(name: "data", schema: .list(DatasetSchema.edition)),
                    .init(name: "dataset", schema: .word([dataset.id])),
                    .init(name: "next", schema: .optional(.text())),
                ] + DatasetSchema.words(of: dataset))
        ) { _, context in
            try .json { try DatasetJSON.editions(of: dataset, from: context.database, to: &$0) }
        }
    }
}

/// The pages of a file; each is read in its own transaction.
private struct DatasetPageSource: PageSource {
    var stream: any DatasetFileStream

    mutating func nextPage() throws -> [UInt8]? { try stream.next() }
}
