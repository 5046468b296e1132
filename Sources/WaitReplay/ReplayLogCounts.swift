/// What a test asks of a log, or of the part of it that it picks out.
extension [ReplayLogEntry] {
    /// The number of requests of a kind.
    package func count(of kind: ReplayRequestKind) -> Int {
        count { $0.kind == kind }
    }

    /// How many of these requests were in progress at once, at most. Answers are quick: only
    /// ``Misbehaviour/late(milliseconds:)`` and its like let a client's requests pile up.
    package var maximumAtOnce: Int {
        let starts = map { (order: $0.span.startOrder, change: 1) }
        let ends = compactMap { entry in entry.span.endOrder.map { (order: $0, change: -1) } }
        var (current, greatest) = (0, 0)
        for event in (starts + ends).sorted(by: { $0.order < $1.order }) {
            current += event.change
            greatest = Swift.max(greatest, current)
        }
        return greatest
    }

    /// How many of these requests came in within any span of that length, at most; both its ends count.
    package func maximumStarted(withinMilliseconds span: Int) -> Int {
        let starts = map(\.span.startedAtMilliseconds).sorted()
        var (first, greatest) = (0, 0)
        for (last, start) in starts.enumerated() {
            while start - starts[first] > span { first += 1 }
            greatest = Swift.max(greatest, last - first + 1)
        }
        return greatest
    }
}
