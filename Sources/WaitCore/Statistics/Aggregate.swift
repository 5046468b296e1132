/// Statistics of a metric's readings over a bucket (docs/design.md, "Aggregate"); minutes, for shares 0 to 1.
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
