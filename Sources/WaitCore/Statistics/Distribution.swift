/// Statistics from how often each value of a metric occurred, by quantiles that are published figures.
package struct Distribution: Sendable {
    /// Every value there can be, rising.
    package let values: [Int]

    package init(values: [Int]) {
        self.values = values
    }

    /// - Parameter counts: how often each of `values` occurred, in their order.
    package func aggregate(counts: UnsafeBufferPointer<UInt32>, atLeast: Int? = nil) -> Aggregate {
        precondition(counts.count == values.count && counts.count <= Int(UInt16.max))
        return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: counts.count + 1) { ranks in
            ranks.initialize(repeating: 0)
            let occurring = UnsafeBufferPointer(rebasing: ranks[..<Self.occurring(in: counts, into: ranks)])
            return aggregate(counts: counts, occurring: occurring, atLeast: atLeast)
        }
    }

    /// Ranks of the values that occur, which in one day are few of many: eight counts are passed over at once.
    /// - Returns: how many they are.
    private static func occurring(
        in counts: UnsafeBufferPointer<UInt32>, into ranks: UnsafeMutableBufferPointer<UInt16>
    ) -> Int {
        let bytes = UnsafeRawBufferPointer(counts)
        var (rank, found) = (0, 0)
        while rank < counts.count {
            if rank + 8 <= counts.count,
                bytes.loadUnaligned(fromByteOffset: rank * 4, as: SIMD8<UInt32>.self) == .zero
            {
                rank += 8
                continue
            }
            // Without a branch, which could not be predicted: a rank that does not occur is overwritten by the next.
            for next in rank..<min(rank + 8, counts.count) {
                ranks[found] = UInt16(truncatingIfNeeded: next)
                found += counts[next] == 0 ? 0 : 1
            }
            rank += 8
        }
        return found
    }

    private func aggregate(
        counts: UnsafeBufferPointer<UInt32>, occurring: UnsafeBufferPointer<UInt16>, atLeast: Int?
    ) -> Aggregate {
        var aggregate = Aggregate()
        guard let first = occurring.first, let last = occurring.last else { return aggregate }
        var (total, sum, many) = (0, 0, 0)
        for rank in occurring {
            let (value, count) = (values[Int(rank)], Int(counts[Int(rank)]))
            total += count
            sum += value * count
            if let atLeast, value >= atLeast { many += count }
        }
        var figures = Aggregate.Figures()
        figures.mean = Double(sum) / Double(total)
        (figures.minimum, figures.maximum) = (values[Int(first)], values[Int(last)])
        var (next, cumulated) = (occurring.startIndex, 0)
        // Type 1: the smallest value whose share reaches q, in whole numbers so that no rounding moves it.
        func quantile(_ percent: Int) -> Int {
            while cumulated * 100 < percent * total {
                cumulated += Int(counts[Int(occurring[next])])
                next += 1
            }
            return values[Int(occurring[next - 1])]
        }
        figures.p05 = quantile(5)
        figures.p25 = quantile(25)
        figures.median = quantile(50)
        figures.p75 = quantile(75)
        figures.p95 = quantile(95)
        (aggregate.count, aggregate.figures) = (total, figures)
        aggregate.shareAtLeast = atLeast.map { _ in Double(many) / Double(total) }
        return aggregate
    }
}
