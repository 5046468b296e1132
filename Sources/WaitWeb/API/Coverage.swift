import WaitCore
import WaitStore

extension Endpoint {
    static let coverage = Endpoint(
        "/v1/coverage", "What the record has and lacks of a feed, counted by period.",
        parameters: [.query(Parameters.feed), .query(Parameters.trendBy), .query(Parameters.hospitals)]
            + Parameters.range,
        schema: LedgerSchema.answer, dependsOn: .recordAndSlot
    ) { query, context in
        let size = query[Parameters.trendBy].flatMap(BucketSize.init(rawValue:)) ?? .month
        let range = try context.range(query)
        let codes = try context.hospitals(query)
        let feed = context.table(query).feed
        // What is asked for may begin long before the feed: rows are those of its life.
        let expected = try context.database.expectedRange(of: feed, in: range, now: context.minute)
        let minutes = expected.to.sinceEpoch - expected.from.sinceEpoch
        guard minutes / size.leastMinutes * (codes?.count ?? 1) <= AnswerContext.mostRows else {
            throw Problem.parameter(
                Parameters.trendBy.name, "That would be too many rows: shorten the range, or use larger buckets.")
        }
        let series = try (codes.map { $0.map(Optional.some) } ?? [nil]).map { code in
            (code, try context.database.coverage(of: feed, hospital: code, by: size, in: range, now: context.minute))
        }
        return try .json(lifetime: context.lifetime(of: range)) { json in
            if series.count == 1 {
                write(series[0].0, feed, size, series[0].1, to: &json)
            } else {
                json.field(
                    "series",
                    array: { json in
                        for (code, coverage) in series {
                            json.object { write(code, feed, size, coverage, to: &$0) }
                        }
                    })
            }
            try json.words(context, note: series.compactMap(\.1.note).first)
        }
    }

    /// - Parameter code: nil where all hospitals are counted together.
    private static func write(
        _ code: String?, _ feed: String, _ size: BucketSize, _ coverage: Coverage, to json: inout JSONWriter
    ) {
        json.field("hospital", code)
        json.field("feed", feed)
        json.field("by", size.rawValue)
        json.range(coverage.range)
        json.field(
            "rows",
            array: { json in
                for bucket in coverage.buckets {
                    json.object { json in
                        json.field("start", bucket.start.rfc3339)
                        json.fields(of: bucket.counts)
                        json.field("partial", bucket.counts.isPartial)
                    }
                }
            })
        let total = coverage.total
        json.field(
            "total",
            object: { json in
                json.fields(of: total)
                json.field("partial", total.isPartial)
            })
    }
}

private enum LedgerSchema {
    /// One ledger, or several hospitals' in `series`.
    static let answer = Schema.either([
        .object(ledger + [Schema.note] + Schema.words()),
        .object([.init(name: "series", schema: .list(.object(ledger))), Schema.note] + Schema.words()),
    ])

    private static let ledger: [Schema.Field] = [
        .init(name: "hospital", schema: .optional(.text())),
        .init(name: "feed", schema: .word(ReadingTable.all.map(\.feed))),
        .init(name: "by", schema: .word(BucketSize.allCases.map(\.rawValue))),
        .init(name: "range", schema: .named("Range")), .init(name: "timezone", schema: .text()),
        .init(name: "rows", schema: .list(.object([.init(name: "start", schema: .time)] + counts))),
        .init(name: "total", schema: .object(counts)),
    ]

    private static let counts: [Schema.Field] =
        ["expected", "observed", "healed", "not_archived", "lost", "unknown"].map {
            .init(name: $0, schema: .integer())
        } + [.init(name: "coverage", schema: .optional(.number(0...1))), .init(name: "partial", schema: .flag)]
}
