import WaitCore
import WaitStore

extension Endpoint {
    static let coverage = Endpoint(
        "/v1/coverage", "The ledger, counted: what is known of every quarter hour.",
        parameters: [.query(Parameters.feed), .query(Parameters.trendBy), .query(Parameters.hospitals)]
            + Parameters.range,
        schema: .any, dependsOn: .recordAndSlot
    ) { query, context in
        let size = query[Parameters.trendBy].flatMap(BucketSize.init(rawValue:)) ?? .month
        let range = try context.range(query)
        let codes = try context.hospitals(query)
        let minutes = min(range.to, context.minute).sinceEpoch - range.from.sinceEpoch
        guard minutes / size.leastMinutes * (codes?.count ?? 1) <= AnswerContext.mostRows else {
            throw Problem.parameter(
                Parameters.trendBy.name, "That would be too many rows: shorten the range, or take larger buckets.")
        }
        let feed = context.table(query).feed
        let series = try (codes.map { $0.map(Optional.some) } ?? [nil]).map { code in
            (code, try context.database.coverage(of: feed, hospital: code, by: size, in: range, now: context.minute))
        }
        return .json(lifetime: context.lifetime(of: range)) { json in
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
            json.words()
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
                        write(bucket.counts, to: &json)
                    }
                }
            })
        json.field("total", object: { write(coverage.total, to: &$0) })
    }

    private static func write(_ counts: SlotCounts, to json: inout JSONWriter) {
        json.field("expected", counts.expected)
        json.field("observed", counts.observed)
        json.field("healed", counts.healed)
        json.field("not_archived", counts.notArchived)
        json.field("lost", counts.lost)
        json.field("unknown", counts.unknown)
        json.field("coverage", counts.coverage.map { ($0 * 10_000).rounded() / 10_000 })
        json.field("partial", counts.isPartial)
    }
}
