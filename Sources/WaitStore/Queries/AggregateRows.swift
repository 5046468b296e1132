package import WaitCore

/// What trends, profiles and comparisons print alike.
package enum AggregateRows {
    /// A trend or a profile, one row per hospital and bucket, under the contract's names.
    /// - Parameters:
    ///   - by: the contract's name of the buckets.
    ///   - isForExcel: times as Excel reads them, in Hong Kong's time without an offset.
    package static func report(_ answer: AggregateAnswer, by: String, isForExcel: Bool = false) -> Report {
        let isProfile = ProfileSize(rawValue: by) != nil
        return report(
            answer, key: isProfile ? .init("bucket", by.uppercased()) : .init("start", "START"),
            rows: answer.series.flatMap { series in
                series.rows.map { row in
                    let key =
                        row.bucket.map(Report.Cell.integer)
                        ?? .text(row.start.map { start($0, isForExcel: isForExcel) } ?? "")
                    return (series.hospital.code, key, row.aggregate)
                }
            })
    }

    private static func start(_ minute: HongKongMinute, isForExcel: Bool) -> String {
        isForExcel ? "\(minute.dayText) \(minute.timeText):00" : minute.rfc3339
    }

    static func report(
        _ answer: AggregateAnswer, key: Report.Column, rows: [(hospital: String, key: Report.Cell, Aggregate)]
    ) -> Report {
        Report(
            columns: [.init("hospital", "CODE"), key] + columns(answer.question),
            rows: rows.map { hospital, key, aggregate in [.text(hospital), key] + cells(aggregate, answer.question) })
    }

    package static func columns(_ question: AggregateQuestion) -> [Report.Column] {
        let quantiles = question.metric.unit == .minutes
        func heading(_ text: String) -> String? { quantiles ? text : nil }
        return [
            .init("count", "COUNT"), .init("expected", "EXPECTED"), .init("coverage", "COVERAGE"),
            .init("partial", "PARTIAL"), .init("min", heading("MIN")), .init("p05", heading("P05")),
            .init("p25", heading("P25")), .init("median", heading("MEDIAN")), .init("p75", heading("P75")),
            .init("p95", heading("P95")), .init("max", heading("MAX")),
            .init("mean", question.metric.hasMean ? (quantiles ? "MEAN" : "SHARE") : nil),
        ] + (question.atLeast.map { [.init("share_at_least", "≥ \($0) MIN")] } ?? [])
    }

    package static func cells(_ aggregate: Aggregate, _ question: AggregateQuestion) -> [Report.Cell] {
        let figures = aggregate.figures
        let minutes = question.metric.unit == .minutes ? figures : nil
        let mean = question.metric.hasMean ? figures?.mean : nil
        return [
            .integer(aggregate.count), .integer(aggregate.expected),
            .optionalShare(aggregate.coverage), .flag(aggregate.isPartial),
            .optional(minutes?.minimum), .optional(minutes?.p05), .optional(minutes?.p25), .optional(minutes?.median),
            .optional(minutes?.p75), .optional(minutes?.p95), .optional(minutes?.maximum),
            question.metric.unit == .minutes ? .optionalFraction(mean) : .optionalShare(mean),
        ] + (question.atLeast == nil ? [] : [.optionalShare(aggregate.shareAtLeast)])
    }

    /// What was asked, over which range, what is to be said of it, and where it comes from.
    package static func words(_ question: AggregateQuestion, _ range: TimeRange, note: String? = nil) -> String {
        let metric = question.metric
        let filter = question.filter.words.map { " (\($0))" } ?? ""
        return """
            \(metric.title), \(metric.unit == .share ? "share of quarter hours" : "minutes"), from \(range.from.rfc3339) up to \
            \(range.to.rfc3339)\(filter). \(note.map { "\($0) " } ?? "")\(Attribution.sourceLine). \(Attribution.caveat)
            """
    }
}
