import WaitCore
import WaitStore

/// What a picture is of, and how it is to be drawn; all that a picture depends on besides its figures.
struct ChartSubject: Sendable {
    let hospital: HospitalTitle
    let question: AggregateQuestion
    let range: TimeRange
    /// Up to when the figures reach.
    let asOf: HongKongMinute
    /// "by day".
    let by: String
    let words: ChartWords
    let pen: ChartPen
    /// Whether the record was made by the demo: a picture travels far from the page that says so.
    var isSimulated = false

    var metric: Metric { question.metric }
    var kind: FigureKind { FigureKind(metric) }
    var text: WaitText { words.text }
    var title: String { (isSimulated ? words.simulated : "") + words.title(hospital, metric) }
    /// What the axis measures.
    var measure: String { MetricTitle.of(metric).axis[text.language] }

    /// Range, buckets and how whole they are.
    func subtitle(_ aggregates: [Aggregate]) -> String {
        let covered = aggregates.reduce(0) { $0 + $1.covered }
        let expected = aggregates.reduce(0) { $0 + $1.expected }
        return [words.range(range), by, words.only(question), words.coverage(covered, of: expected)]
            .compactMap { $0 }.joined(separator: " · ")
    }

    /// A figure in words, with the sign of what was published.
    func figure(_ figure: Double) -> String {
        kind == .share ? text.percent(figure) : text.figure(Int(figure), of: metric)
    }

    /// From one figure to another, the unit and the bound's sign once; of minutes only.
    func span(_ range: ClosedRange<Double>) -> String {
        text.range(Int(range.lowerBound), Int(range.upperBound), of: metric)
    }
}

/// The figures of a bucket that are drawn: minutes, of shares 0 to 1.
struct ChartFigures: Sendable, Hashable {
    /// The median, of shares the mean.
    let middle: Double
    /// p25 to p75; nil of shares.
    let half: ClosedRange<Double>?
    /// p05 to p95; nil of shares.
    let most: ClosedRange<Double>?

    /// Nil where nothing was counted.
    init?(_ aggregate: Aggregate, _ kind: FigureKind) {
        guard aggregate.count > 0, let figures = aggregate.figures else { return nil }
        guard kind != .share else {
            (middle, half, most) = (figures.mean, nil, nil)
            return
        }
        middle = Double(figures.median)
        half = Self.range(figures.p25, figures.p75)
        most = Self.range(figures.p05, figures.p95)
    }

    private static func range(_ low: Int, _ high: Int) -> ClosedRange<Double> {
        Double(min(low, high))...Double(max(low, high))
    }
}

/// What is known of a bucket.
enum BucketState: Sendable, Hashable {
    case figures(ChartFigures)
    /// Readings were due, and none has a figure.
    case noData
    /// Outside the feed's life.
    case notPublished
    /// Before the record begins, of a feed whose own beginning is not known.
    case notRecorded
    /// Still to come.
    case notYet
    /// The question leaves it out.
    case leftOut

    var figures: ChartFigures? {
        if case .figures(let figures) = self { figures } else { nil }
    }
}
