extension JSONWriter {
    /// An aggregate's fields by the contract's names, in an object that is open (docs/design.md, "Aggregate").
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

    /// Counts of the ledger, in an object that is open.
    package mutating func fields(of counts: SlotCounts) {
        field("expected", counts.expected)
        field("observed", counts.observed)
        field("healed", counts.healed)
        field("not_archived", counts.notArchived)
        field("lost", counts.lost)
        field("unknown", counts.unknown)
        field("coverage", counts.coverage)
    }

    /// What goes with the figures of every answer: where they come from, whether a demo made them up, what they are not.
    /// - Parameters:
    ///   - caveat: nil: there are no figures.
    ///   - note: why nothing is counted, or what was left out; only where there is something to say.
    package mutating func provenance(isSimulated: Bool, caveat: String? = nil, note: String? = nil) {
        if let note { field("note", note) }
        field("source", Attribution.source)
        field("simulated", isSimulated)
        if let caveat { field("caveat", caveat) }
    }

    /// A range as its two instants.
    package mutating func field(_ name: String, _ range: TimeRange?) {
        key(name)
        guard let range else { return null() }
        object { json in
            json.field("from", range.from)
            json.field("to", range.to)
        }
    }

    /// `name_en`, `name_tc`, `name_sc`.
    package mutating func trilingual(_ name: String, _ text: Trilingual) {
        for language in Language.allCases { field("\(name)_\(language.rawValue)", text[language]) }
    }
}
