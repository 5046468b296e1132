import WaitCore
import WaitStore

extension Endpoint {
    static let trendPicture = Endpoint(
        "/v1/hospitals/{code}/trend.svg", "A metric's aggregates over time, for one hospital, as a picture.",
        parameters: [.path(Parameters.code), .query(TrendPicture.by)] + Parameters.picture, mediaTypes: [.svg],
        dependsOn: .recordAndSlot
    ) { query, context in
        let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
        let question = try context.aggregateQuestion(query)
        let span = try context.database.span(of: question, now: context.minute)
        let size = query[TrendPicture.by].flatMap(BucketSize.init(rawValue:)) ?? TrendPicture.size(for: span.range)
        let answer = try TrendPicture.trend(code, question, size, context)
        let (subject, rows) = try context.chartSubject(query, answer, asOf: span.countedTo) { $0.by(size) }
        let buckets = TrendBucket.all(rows, in: span, kind: subject.kind, now: context.minute)
        return context.picture(TrendChart(subject: subject, size: size, buckets: buckets).markup, answer.range)
    }
}

/// How a range is cut for a picture.
enum TrendPicture {
    static let by = Parameter.word(
        "by", BucketSize.allCases.map(\.rawValue), example: "day",
        "How the range is divided; by default the finest that gives at most \(usualPoints) points.")

    /// More points than this are a grey area to the eye.
    static let mostPoints = 1_500
    static let usualPoints = 400

    /// The finest size with at most `usualPoints` buckets.
    static func size(for range: TimeRange) -> BucketSize {
        let minutes = range.to.sinceEpoch - range.from.sinceEpoch
        let sizes: [BucketSize] = [.quarterHour, .hour, .day, .week, .month]
        return sizes.first { minutes <= usualPoints * $0.leastMinutes } ?? .year
    }

    /// - Throws: `Problem` 400 where there would be too many points.
    static func trend(
        _ code: String, _ question: AggregateQuestion, _ size: BucketSize, _ context: AnswerContext
    ) throws -> AggregateAnswer {
        do {
            return try context.database.trend(
                of: [code], question, by: size, now: context.minute, mostRows: mostPoints)
        } catch let error as StoreError where error.code == .tooLarge {
            throw Problem.parameter(
                by.name,
                "That would be more than \(mostPoints) points: use larger buckets, shorten the range, or do not set \"by\"."
            )
        }
    }
}
