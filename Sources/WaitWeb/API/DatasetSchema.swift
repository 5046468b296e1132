import WaitCore
import WaitStore

/// Shapes of the answers about datasets.
enum DatasetSchema {
    static let entryFields: [Schema.Field] =
        [.init(name: "id", schema: .text())] + Schema.trilingual("title") + Schema.trilingual("publisher") + [
            .init(name: "terms", schema: .text(format: "uri")), .init(name: "plan", schema: .list(.text())),
            .init(name: "cadence", schema: .word(Cadence.allCases.map(\.rawValue))),
            .init(name: "rows", schema: .integer()), .init(name: "editions", schema: .integer()),
            .init(name: "newest_edition", schema: .optional(Schema.time)),
            .init(name: "confirmed_at", schema: .optional(Schema.time)),
            .init(name: "last_day", schema: .optional(Schema.day)), .init(name: "key", schema: .list(.text())),
            .init(
                name: "columns",
                schema: .list(
                    .object(
                        [
                            .init(name: "name", schema: .text()), .init(name: "kind", schema: .text()),
                            .init(name: "unit", schema: .optional(.text())),
                            .init(name: "adds", schema: .optional(.text())),
                        ] + Schema.trilingual("title") + [.init(name: "meaning", schema: .text())]))),
            .init(
                name: "documents",
                schema: .list(.fields(["url": .text(format: "uri"), "language": .optional(.text())]))),
        ]
    static let entry = Schema.object(entryFields)

    static let edition = Schema.fields([
        "edition": .text(pattern: "^[0-9a-f]{64}$"), "document": .text(format: "uri"), "seen_from": Schema.time,
        "seen_last": Schema.time, "next_seen": .optional(Schema.time), "rows": .integer(), "whole": .flag,
        "capture_id": .integer(),
    ])

    /// A row: fields are missing where `columns` leaves them out.
    static func row(of dataset: Dataset) -> Schema {
        .object(
            dataset.answeredColumns.map { column in
                .init(name: column.name, schema: .optional(schema(column.kind)), isRequired: false)
            } + [.init(name: "confirmed", schema: .flag, isRequired: false)])
    }

    /// A GeoJSON collection of rows.
    static func features(of dataset: Dataset) -> Schema {
        .features(
            row(of: dataset), head: [.init(name: "dataset", schema: .word([dataset.id]))], hasID: false,
            hasCaveat: dataset.publisher.caveat != nil)
    }

    static func change(of dataset: Dataset) -> Schema {
        .object(
            [
                .init(name: "at", schema: Schema.time),
                .init(name: "change", schema: .word(TableChange.Kind.allCases.map(\.rawValue))),
            ]
                + dataset.table.key.map { .init(name: $0, schema: schema(dataset.table.kind(of: $0))) }
                + [
                    .init(name: "column", schema: .optional(.text())), .init(name: "before", schema: .any),
                    .init(name: "after", schema: .any), .init(name: "capture_id", schema: .integer()),
                ])
    }

    static func words(of dataset: Dataset) -> [Schema.Field] {
        Schema.words(hasCaveat: dataset.publisher.caveat != nil)
    }

    private static func schema(_ kind: TableColumn.Kind) -> Schema {
        switch kind {
        case .text: .text()
        case .integer: .integer()
        case .decimal: .number()
        case .flag: .flag
        case .day: Schema.day
        }
    }
}
