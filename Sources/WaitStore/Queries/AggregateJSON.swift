import WaitCore

/// Answers as JSON, the same from the command and from the API (docs/design.md, "Aggregate").
package enum AggregateJSON {
    /// One object a hospital; several in `"series"`, with what goes with all of them beside it.
    /// - Parameter by: the contract's name of the buckets.
    package static func bytes(_ answer: AggregateAnswer, by: String) -> [UInt8] {
        var writer = JSONWriter()
        if answer.series.count == 1 {
            write(answer.series[0], of: answer, by: by, to: &writer)
        } else {
            writer.object { writer in
                writer.field(
                    "series",
                    array: { writer in
                        for series in answer.series { write(series, of: answer, by: by, to: &writer) }
                    })
                writer.provenance(isSimulated: answer.isSimulated, caveat: Attribution.caveat, note: answer.note)
            }
        }
        return writer.take()
    }

    package static func text(_ answer: AggregateAnswer, by: String) -> String {
        String(decoding: bytes(answer, by: by), as: UTF8.self)
    }

    /// A comparison: one object with one row per hospital.
    package static func bytes(_ comparison: Comparison) -> [UInt8] {
        var writer = JSONWriter()
        let question = comparison.question
        writer.object { writer in
            head(of: comparison, to: &writer)
            writer.field(
                "rows",
                array: { writer in
                    for row in comparison.rows {
                        writer.object { write(row, question, to: &$0) }
                    }
                })
            writer.provenance(
                isSimulated: comparison.isSimulated, caveat: comparisonCaveat, note: comparison.note)
        }
        return writer.take()
    }

    private static let comparisonCaveat = "\(Comparison.caveat) \(Attribution.caveat)"

    /// What goes with all rows of a comparison.
    private static func head(of comparison: Comparison, to writer: inout JSONWriter) {
        head(comparison.question, comparison.range, to: &writer)
        writer.field("common_slots", comparison.commonSlots)
        writer.field("left_out", array: { for hospital in comparison.leftOut { $0.value(hospital.code) } })
        writer.field("min_coverage", comparison.leastCoverage)
    }

    /// A comparison on the map (RFC 7946): a point a hospital, its row as properties; beside the points what is beside the rows.
    package static func geoJSON(_ comparison: Comparison) -> [UInt8] {
        let question = comparison.question
        return GeoJSON.collection(
            comparison.rows.map { row in
                PlaceFeature(
                    id: row.hospital.code, latitude: row.hospital.latitude, longitude: row.hospital.longitude
                ) { writer in
                    head(question, comparison.range, to: &writer)
                    writer.field("common_slots", comparison.commonSlots)
                    writer.field("min_coverage", comparison.leastCoverage)
                    write(row, question, to: &writer)
                }
            }, isSimulated: comparison.isSimulated, caveat: comparisonCaveat, note: comparison.note,
            head: { head(of: comparison, to: &$0) })
    }

    private static func write(_ row: Comparison.Row, _ question: AggregateQuestion, to writer: inout JSONWriter) {
        writer.field("hospital", row.hospital.code)
        writer.trilingual("name", row.hospital.name)
        writer.fields(of: row.aggregate, metric: question.metric, hasAtLeast: question.atLeast != nil)
        writer.field("own_coverage", row.ownCoverage)
        writer.field("rank_from", row.rank?.lowerBound)
        writer.field("rank_to", row.rank?.upperBound)
    }

    private static func write(
        _ series: AggregateSeries, of answer: AggregateAnswer, by: String, to writer: inout JSONWriter
    ) {
        let question = answer.question
        writer.object { writer in
            writer.field("hospital", series.hospital.code)
            writer.trilingual("name", series.hospital.name)
            writer.field("latitude", series.hospital.latitude)
            writer.field("longitude", series.hospital.longitude)
            head(question, answer.range, by: by, to: &writer)
            writer.field(
                "rows",
                array: { writer in
                    for row in series.rows {
                        writer.object { writer in
                            if let bucket = row.bucket { writer.field("bucket", bucket) }
                            if let start = row.start { writer.field("start", start) }
                            writer.fields(
                                of: row.aggregate, metric: question.metric, hasAtLeast: question.atLeast != nil)
                        }
                    }
                })
            writer.provenance(isSimulated: answer.isSimulated, caveat: Attribution.caveat, note: answer.note)
        }
    }

    private static func head(
        _ question: AggregateQuestion, _ range: TimeRange, by: String? = nil, to writer: inout JSONWriter
    ) {
        writer.field("metric", question.metric.name)
        writer.field("unit", question.metric.unit.rawValue)
        if let by { writer.field("by", by) }
        writer.field(
            "range",
            object: { writer in
                writer.field("from", range.from)
                writer.field("to", range.to)
            })
        writer.field("timezone", "Asia/Hong_Kong")
        if let filter = question.filter.words { writer.field("only", filter) }
        if let atLeast = question.atLeast { writer.field("at_least_minutes", atLeast) }
    }
}
