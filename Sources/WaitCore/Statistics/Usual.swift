/// How a reading compares with the same hospital, metric, weekday and hour of the year before (docs/design.md, "Usual").
package struct Usual: Sendable, Hashable {
    /// How many readings it is compared with, and of how many dates.
    package let count: Int
    package let dates: Int
    /// 100 × (below + ½ equal) ÷ count; nil where it is too early to say.
    package let percentile: Double?
    /// Said of the percentile, so that the two never disagree; with ties the quantiles' own figures may lie on either side.
    package let verdict: Verdict
    /// The year's quantiles, published figures; nil where it is too early to say.
    package let figures: Aggregate.Figures?

    package enum Verdict: String, Sendable, CaseIterable {
        case muchShorter = "much shorter"
        case shorter
        case usual
        case longer
        case muchLonger = "much longer"
        case tooEarly = "too early to say"

        /// What a percentile is called: usual from 25 to 75, much so from 95 and up to 5.
        package init(percentile: Double) {
            self =
                switch percentile {
                case ...5: .muchShorter
                case ..<25: .shorter
                case ...75: .usual
                case ..<95: .longer
                default: .muchLonger
                }
        }
    }

    /// Fewer dates than this say nothing.
    package static let leastDates = 20
    /// What the comparison leaves out of account.
    package static let caveat = """
        Compared with the same weekday and hour of the 364 days before; public holidays are not yet treated \
        separately. "Usual" does not mean acceptable.
        """

    /// - Parameters:
    ///   - past: minutes → how many readings had them.
    ///   - dates: of how many different dates they are.
    package init(of minutes: Int, among past: [Int: Int], dates: Int) {
        let values = past.keys.sorted()
        let counts = values.map { UInt32(past[$0] ?? 0) }
        let aggregate = counts.withUnsafeBufferPointer { Distribution(values: values).aggregate(counts: $0) }
        (count, self.dates) = (aggregate.count, dates)
        guard dates >= Self.leastDates, let figures = aggregate.figures else {
            (percentile, verdict, self.figures) = (nil, .tooEarly, nil)
            return
        }
        let below = past.reduce(0) { $0 + ($1.key < minutes ? $1.value : 0) }
        let percentile = 100 * (Double(below) + Double(past[minutes] ?? 0) / 2) / Double(aggregate.count)
        (self.percentile, self.figures) = (percentile, figures)
        verdict = Verdict(percentile: percentile)
    }
}
