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
        if table.columns.contains("t1") { json.field("resuscitation", figures.isResuscitating) }
        json.field(
            "phrases",
            object: { json in for column in table.columns { json.field(column, figures[column]?.text) } })
    }

    /// How the waits compare with the year before.
    static func usual(_ reading: LatestReading, to json: inout JSONWriter) {
        json.field(
            "usual",
            object: { json in
                for (metric, usual) in reading.usual.sorted(by: { $0.key < $1.key }) {
                    json.field(
                        metric,
                        object: { json in
                            json.field("verdict", usual.verdict.rawValue)
                            json.field("percentile", usual.percentile)
                            json.field("p05", usual.figures?.p05)
                            json.field("p25", usual.figures?.p25)
                            json.field("median", usual.figures?.median)
                            json.field("p75", usual.figures?.p75)
                            json.field("p95", usual.figures?.p95)
                            json.field("count", usual.count)
                            json.field("dates", usual.dates)
                        })
                }
            })
    }

    static let usualSchema = Schema.map(
        .fields([
            "verdict": .word(Usual.Verdict.allCases.map(\.rawValue)), "percentile": .optional(.number(0...100)),
            "p05": .optional(.integer()), "p25": .optional(.integer()), "median": .optional(.integer()),
            "p75": .optional(.integer()), "p95": .optional(.integer()), "count": .integer(), "dates": .integer(),
        ]))

    private static func name(_ column: String) -> String {
        column == "top_wait" ? "over_minutes" : "\(column)_minutes"
    }

    /// The figures of every feed of readings, each there in that feed's answers alone. Minutes; a flag is true, false or null.
    private static let figures: [Schema.Field] = {
        var names: [String] = []
        return ReadingTable.all.flatMap { table in
            zip(table.columns, table.kinds).compactMap { column, kind in
                let name = kind == .flag ? column : name(column)
                guard !names.contains(name) else { return nil }
                names.append(name)
                return .init(name: name, schema: .optional(kind == .flag ? .flag : .integer()), isRequired: false)
            }
        } + [.init(name: "resuscitation", schema: .optional(.flag), isRequired: false)]
    }()

    private static let phrases = Schema.Field(name: "phrases", schema: .map(.optional(.text())))

    /// A reading of either feed.
    static let schema = Schema.object(
        [
            .init(name: "observed_at", schema: .time), .init(name: "trial", schema: .flag),
            .init(name: "origin", schema: .word(["live", "archive", "import"])),
            .init(name: "capture_id", schema: .integer()),
        ] + figures + [phrases])

    /// A hospital with its newest reading, or with nulls where it has none.
    static let latestSchema = Schema.object(
        [Schema.Field(name: "hospital", schema: .text())] + ["name", "cluster"].flatMap { Schema.trilingual($0) } + [
            .init(name: "latitude", schema: .optional(.number())),
            .init(name: "longitude", schema: .optional(.number())),
            .init(name: "observed_at", schema: .optional(.time)),
            .init(name: "usual", schema: usualSchema), .init(name: "trial", schema: .optional(.flag)),
            .init(name: "origin", schema: .optional(.text())),
            .init(name: "capture_id", schema: .optional(.integer())),
        ] + figures + [phrases])
}
