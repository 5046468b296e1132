import WaitCore
import WaitStore

extension Endpoint {
    private static let parameters: [DeclaredParameter] = [.query(Parameters.trendBy)] + Parameters.aggregate

    static let trend = Endpoint(
        "/v1/trend", "A metric's aggregates over time, for every hospital or those named.",
        parameters: [.query(Parameters.hospitals)] + parameters, schema: AggregateSchema.several("Trend"),
        dependsOn: .recordAndSlot
    ) { query, context in
        let question = try context.aggregateQuestion(query)
        return try answer(context.aggregateHospitals(query, question), question, query, context)
    }

    static let hospitalTrend = Endpoint(
        "/v1/hospitals/{code}/trend", "A metric's aggregates over time, for one hospital.",
        parameters: [.path(Parameters.code)] + parameters, schema: .named("Trend"), dependsOn: .recordAndSlot
    ) { query, context in
        let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
        return try answer([code], context.aggregateQuestion(query), query, context)
    }

    private static func answer(
        _ codes: [String], _ question: AggregateQuestion, _ query: Query, _ context: AnswerContext
    ) throws -> Answer {
        let size = query[Parameters.trendBy].flatMap(BucketSize.init(rawValue:)) ?? .month
        return try context.asking {
            let trend = try context.database.trend(
                of: codes, question, by: size, now: context.minute, mostRows: AnswerContext.mostRows)
            return context.aggregateAnswer(AggregateJSON.bytes(trend, by: size.rawValue), trend.range)
        }
    }
}
