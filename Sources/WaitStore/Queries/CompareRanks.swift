import WaitCore

extension Comparison {
    /// The coverage that a rank takes unless another is asked for.
    package static let usualLeastCoverage = 0.9

    /// Why no row has a rank, and what to do; nil where some have, or nothing is counted.
    var whyUnranked: String? {
        guard let first = rows.first, rows.allSatisfy({ $0.rank == nil }), let common = first.aggregate.coverage else {
            return nil
        }
        let poor = rows.filter { ($0.ownCoverage ?? 0) < leastCoverage }
        let due =
            "\(first.aggregate.covered) of the \(first.aggregate.expected) quarter hours that are due (\(Self.percent(common)))"
        let reason = """
            No ranks: the hospitals have \(due) in common, but a rank needs \(Self.percent(leastCoverage)).
            """
        return [reason, Self.advice(poor, of: rows.count), suggestion(common)].compactMap { $0 }.joined(separator: " ")
    }

    /// Which hospitals keep the comparison small.
    private static func advice(_ poor: [Row], of count: Int) -> String? {
        switch poor.count {
        case 0: return "Each has enough on its own, but at different times: compare fewer hospitals."
        case count: return "None of them has enough on its own: choose a range that the record covers."
        default:
            let codes = poor.prefix(5).map(\.hospital.code).joined(separator: ", ")
            let more = poor.count > 5 ? " and \(poor.count - 5) more" : ""
            return "Leave out those whose own coverage is lower: \(codes)\(more)."
        }
    }

    /// A lower threshold that these rows would pass.
    private func suggestion(_ common: Double) -> String? {
        let step = common >= 0.1 ? 10.0 : 100
        let least = (common * step).rounded(.down) / step
        guard least > 0, least < leastCoverage else { return nil }
        return "--min-coverage \(least.plainText) ranks what there is (in the API min_coverage=\(least.plainText))."
    }

    private static func percent(_ share: Double) -> String {
        "\(((share * 1_000).rounded() / 10).plainText) %"
    }
}
