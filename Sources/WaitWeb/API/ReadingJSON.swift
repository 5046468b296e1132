import WaitCore
import WaitStore

/// A reading's figures as JSON: the columns of the views `ae_wait` and `ae_top_wait`, and the phrases verbatim.
enum ReadingJSON {
    /// Writes null for what is not there or cannot be read; nothing is made up.
    static func fields(_ figures: [String: PublishedFigure], in table: ReadingTable, to json: inout JSONWriter) {
        for (column, kind) in zip(table.columns, table.kinds) {
            let minutes = figures[column]?.meaning.minutes
            if kind == .flag {
                json.field(column, minutes.map { $0 == 1 })
            } else {
                json.field(name(column), minutes)
            }
        }
        if table.columns.contains("t1") { json.field("resuscitation", resuscitation(figures)) }
        json.field(
            "phrases",
            object: { json in for column in table.columns { json.field(column, figures[column]?.text) } })
    }

    /// As the view has it: null where neither phrase says so and one cannot be read.
    private static func resuscitation(_ figures: [String: PublishedFigure]) -> Bool? {
        let qualifiers = ["t1", "t2"].map { figures[$0]?.meaning.qualifier }
        if qualifiers.contains(.resuscitation) { return true }
        return qualifiers.contains(.unrecognised) || qualifiers.contains(nil) ? nil : false
    }

    private static func name(_ column: String) -> String {
        column == "top_wait" ? "over_minutes" : "\(column)_minutes"
    }

    /// What a reading of either feed has; the figures are those of its feed.
    static let schema = Schema.fields([
        "observed_at": .time, "trial": .flag, "origin": .word(["live", "archive", "import"]),
        "capture_id": .integer(), "phrases": .map(.optional(.text())),
    ])

    /// A hospital with its newest reading, or with nulls where it has none.
    static let latestSchema = Schema.object(
        [Schema.Field(name: "hospital", schema: .text())] + ["name", "cluster"].flatMap(Schema.trilingual) + [
            .init(name: "latitude", schema: .optional(.number())),
            .init(name: "longitude", schema: .optional(.number())),
            .init(name: "observed_at", schema: .optional(.time)),
            .init(name: "phrases", schema: .map(.optional(.text()))), .init(name: "trial", schema: .optional(.flag)),
            .init(name: "origin", schema: .optional(.text())),
            .init(name: "capture_id", schema: .optional(.integer())),
        ])
}
