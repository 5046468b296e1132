/// Statistics from how often each value of a metric occurred, by quantiles that are published figures.
package struct Distribution: Sendable {
    /// Every value there can be, rising.
    package let values: [Int]

    package init(values: [Int]) {
        self.values = values
    }

    /// - Parameter counts: how often each of `values` occurred, in their order.
    package func aggregate(counts: UnsafeBufferPointer<UInt32>, atLeast: Int? = nil) -> Aggregate {
        var aggregate = Aggregate()
        // Most values do not occur in a bucket: they are passed over once, here.
        var (first, last, sum) = (counts.count, 0, 0)
        for rank in counts.indices where counts[rank] > 0 {
            aggregate.count += Int(counts[rank])
            sum += values[rank] * Int(counts[rank])
            first = min(first, rank)
            last = rank
        }
        guard aggregate.count > 0 else { return aggregate }
        aggregate.figures = figures(counts: counts, ranks: first...last, total: aggregate.count, sum: sum)
        aggregate.shareAtLeast = atLeast.map { least in
            let many = values.indices.reduce(0) { $0 + (values[$1] >= least ? Int(counts[$1]) : 0) }
            return Double(many) / Double(aggregate.count)
        }
        return aggregate
    }

    private func figures(
        counts: UnsafeBufferPointer<UInt32>, ranks: ClosedRange<Int>, total: Int, sum: Int
    ) -> Aggregate.Figures {
        var figures = Aggregate.Figures()
        figures.mean = Double(sum) / Double(total)
        var cumulated = 0
        (figures.minimum, figures.maximum) = (values[ranks.lowerBound], values[ranks.upperBound])
        for rank in ranks where counts[rank] > 0 {
            let (value, count) = (values[rank], counts[rank])
            // Type 1: the smallest value whose share reaches q, in whole numbers so that no rounding moves it.
            let (before, after) = (cumulated * 100, (cumulated + Int(count)) * 100)
            if before < 5 * total, after >= 5 * total { figures.p05 = value }
            if before < 25 * total, after >= 25 * total { figures.p25 = value }
            if before < 50 * total, after >= 50 * total { figures.median = value }
            if before < 75 * total, after >= 75 * total { figures.p75 = value }
            if before < 95 * total, after >= 95 * total { figures.p95 = value }
            cumulated += Int(count)
        }
        return figures
    }
}
