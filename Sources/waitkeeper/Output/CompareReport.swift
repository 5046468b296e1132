import WaitCore
import WaitStore

/// A comparison as a table, as JSON in the API's shape, or as CSV.
struct CompareReport {
    private let comparison: Comparison

    init(_ comparison: Comparison) {
        self.comparison = comparison
    }

    func print(_ format: OutputFormat) {
        switch format {
        case .json: Console.print(String(decoding: AggregateJSON.bytes(comparison), as: UTF8.self))
        case .csv:
            Console.print(report.csv(isSimulated: comparison.isSimulated), terminator: "")
            if let note = comparison.note { Console.note(note) }
        case .table:
            Console.print(comparison.rows.isEmpty ? nothing : report.table(), terminator: "")
            Console.note(
                """
                \(comparison.commonSlots) quarter hours in common. \(leftOut)\(threshold)\(Comparison.caveat) \
                \(AggregateRows.words(comparison.question, comparison.range, note: comparison.note))
                """)
        }
    }

    /// Hospitals that were in the feed for a part of the range.
    private var leftOut: String {
        guard !comparison.leftOut.isEmpty else { return "" }
        let codes = comparison.leftOut.map(\.code.withoutControls).joined(separator: ", ")
        return "Left out, since the feed had them for less of the range (name them to compare them): \(codes). "
    }

    /// Where the reader has chosen from which coverage rows are ranked.
    private var threshold: String {
        guard comparison.leastCoverage != Comparison.usualLeastCoverage else { return "" }
        return "Ranked from a coverage of \(comparison.leastCoverage.plainText); under 0.9 a row is partial. "
    }

    /// In place of a table without rows.
    private var nothing: String {
        """
        No hospital has readings of \(comparison.question.metric.feed): there are no quarter hours in common from \
        \(comparison.range.from.rfc3339) up to \(comparison.range.to.rfc3339).

        """
    }

    private var report: Report {
        Report(
            columns: [
                .init("rank_from", nil), .init("rank_to", nil), .init("rank", "RANK"), .init("hospital", "CODE"),
                .init("name_en", "HOSPITAL"),
            ] + AggregateRows.columns(comparison.question) + [.init("own_coverage", "OWN COVERAGE")],
            rows: comparison.rows.map { row in
                [
                    .optional(row.rank?.lowerBound), .optional(row.rank?.upperBound),
                    .optional(row.rank.map(Self.text)),
                    .text(row.hospital.code), .text(row.hospital.name.en),
                ] + AggregateRows.cells(row.aggregate, comparison.question) + [
                    .optionalShare(row.ownCoverage)
                ]
            })
    }

    /// `3`, or `1–2` where figures tie.
    private static func text(_ rank: ClosedRange<Int>) -> String {
        rank.count == 1 ? "\(rank.lowerBound)" : "\(rank.lowerBound)–\(rank.upperBound)"
    }
}
