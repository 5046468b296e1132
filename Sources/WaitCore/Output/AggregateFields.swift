extension JSONWriter {
    /// An aggregate's fields by the contract's names, in an object that is open (DESIGN, "Aggregate").
    package mutating func fields(of aggregate: Aggregate, metric: Metric, hasAtLeast: Bool) {
        let figures = aggregate.figures
        let minutes = metric.unit == .minutes ? figures : nil
        field("count", aggregate.count)
        field("expected", aggregate.expected)
        field("coverage", aggregate.coverage)
        field("partial", aggregate.isPartial)
        field("min", minutes?.minimum)
        field("p05", minutes?.p05)
        field("p25", minutes?.p25)
        field("median", minutes?.median)
        field("p75", minutes?.p75)
        field("p95", minutes?.p95)
        field("max", minutes?.maximum)
        field("mean", metric.hasMean ? figures?.mean : nil)
        if hasAtLeast { field("share_at_least", aggregate.shareAtLeast) }
    }
}
