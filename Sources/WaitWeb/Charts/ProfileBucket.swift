import WaitCore
import WaitStore

/// A bucket of a profile as a picture shows it.
struct ProfileBucket: Sendable {
    /// The bucket's number in the answer.
    let number: Int
    let aggregate: Aggregate
    let state: BucketState

    static func all(_ rows: [AggregateSeries.Row], kind: FigureKind) -> [ProfileBucket] {
        rows.compactMap { row in
            guard let number = row.bucket else { return nil }
            let figures = ChartFigures(row.aggregate, kind).map(BucketState.figures)
            return ProfileBucket(
                number: number, aggregate: row.aggregate,
                state: figures ?? (row.aggregate.expected > 0 ? .noData : .leftOut))
        }
    }

    var isPartial: Bool { aggregate.isPartial && state.figures != nil }
}

extension ProfileSize {
    /// A bucket in words: "09:00", "Mon", "Mon 09:00", "Nov".
    func label(_ number: Int, _ text: WaitText) -> String {
        switch self {
        case .hourOfDay: "\(number.padded(2)):00"
        case .dayOfWeek: text.weekday(number)
        case .hourOfWeek: "\(text.weekday(number / 24 + 1)) \((number % 24).padded(2)):00"
        case .monthOfYear: text.monthName(number)
        }
    }
}

extension ChartSubject {
    /// A profile's buckets in words, each by itself.
    func description(_ buckets: [ProfileBucket], _ size: ProfileSize) -> [String] {
        let telling = ChartDescription(subject: self, detail: .most)
        return buckets.map { telling.line(size.label($0.number, text), $0.state, $0.aggregate) }
    }
}
