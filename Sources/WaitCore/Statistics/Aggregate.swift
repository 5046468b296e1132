/// Statistics of a metric's readings over a bucket (DESIGN, "Aggregate"); minutes, for shares 0 to 1.
package struct Aggregate: Sendable, Hashable {
    /// Readings with a number for the metric.
    package var count = 0
    /// Slots that a reading was due in.
    package var expected = 0
    /// Of these, how many have one.
    package var covered = 0
    package var figures: Figures?
    /// Share of the readings of at least so many minutes; nil where it was not asked for, or nothing is counted.
    package var shareAtLeast: Double?

    package struct Figures: Sendable, Hashable {
        package var minimum = 0
        package var p05 = 0
        package var p25 = 0
        package var median = 0
        package var p75 = 0
        package var p95 = 0
        package var maximum = 0
        package var mean = 0.0
    }

    package init() {}

    /// Covered ÷ expected; nil where nothing is expected.
    package var coverage: Double? {
        expected == 0 ? nil : Double(covered) / Double(expected)
    }

    /// Under 0.9: shown and marked, never ranked or called a record.
    package var isPartial: Bool { coverage.map { $0 < 0.9 } ?? false }
}

/// Counts readings by value, and tells quantiles that are published figures.
///
/// Values are given by rank, their place among all values of a metric in rising order. Counting costs no look at values that
/// do not occur, so that one counter serves one bucket after another.
package struct Distribution: Sendable {
    private let values: [Int]
    private var counts: [Int]
    private var touched: [Int] = []
    private var count = 0

    /// - Parameter values: every value there can be, rising.
    package init(values: [Int]) {
        self.values = values
        counts = Array(repeating: 0, count: values.count)
    }

    /// Counts one reading of the value with this rank.
    @inline(__always)
    package mutating func add(rank: Int) {
        if counts[rank] == 0 { touched.append(rank) }
        counts[rank] += 1
        count += 1
    }

    /// What was counted since the last call; begins anew.
    package mutating func take(atLeast: Int? = nil) -> Aggregate {
        var aggregate = Aggregate()
        guard count > 0 else { return aggregate }
        touched.sort()
        aggregate.count = count
        aggregate.figures = figures()
        aggregate.shareAtLeast = atLeast.map { least in
            let many = touched.reduce(0) { $0 + (values[$1] >= least ? counts[$1] : 0) }
            return Double(many) / Double(count)
        }
        for rank in touched { counts[rank] = 0 }
        touched.removeAll(keepingCapacity: true)
        count = 0
        return aggregate
    }

    private func figures() -> Aggregate.Figures {
        var figures = Aggregate.Figures()
        var (sum, cumulated) = (0, 0)
        // Type 1: the smallest value whose share reaches q, in whole numbers so that no rounding moves it.
        func reaches(_ hundredths: Int, _ cumulated: Int) -> Bool { cumulated * 100 >= hundredths * count }
        for rank in touched {
            let before = cumulated
            sum += values[rank] * counts[rank]
            cumulated += counts[rank]
            if !reaches(5, before), reaches(5, cumulated) { figures.p05 = values[rank] }
            if !reaches(25, before), reaches(25, cumulated) { figures.p25 = values[rank] }
            if !reaches(50, before), reaches(50, cumulated) { figures.median = values[rank] }
            if !reaches(75, before), reaches(75, cumulated) { figures.p75 = values[rank] }
            if !reaches(95, before), reaches(95, cumulated) { figures.p95 = values[rank] }
        }
        figures.minimum = values[touched[0]]
        figures.maximum = values[touched[touched.count - 1]]
        figures.mean = Double(sum) / Double(count)
        return figures
    }
}
