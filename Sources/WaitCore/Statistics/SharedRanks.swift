/// Ranks where equal figures share all the places that they take together.
package enum SharedRanks {
    /// For each figure its places among all, 1 the least; nil where there is no figure.
    ///
    /// Of 60, 30, 30 and 90 the ranks are 3, 1–2, 1–2 and 4.
    package static func of(_ figures: [Double?]) -> [ClosedRange<Int>?] {
        figures.map { figure in
            guard let figure else { return nil }
            let below = figures.count { $0.map { $0 < figure } ?? false }
            let equal = figures.count { $0 == figure }
            return (below + 1)...(below + equal)
        }
    }
}
