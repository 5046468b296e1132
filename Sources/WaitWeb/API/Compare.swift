import WaitCore
import WaitStore

extension Endpoint {
    private static let parameters: [DeclaredParameter] =
        [.query(Parameters.hospitals)] + Parameters.aggregate + [.query(Parameters.minCoverage)]

    static let compare = Endpoint(
        "/v1/compare", "Hospitals side by side over the quarter hours they all have.",
        parameters: parameters, schema: .named("Comparison"),
        dependsOn: .recordAndSlot
    ) { query, context in
        let comparison = try comparison(query, context)
        return context.aggregateAnswer(AggregateJSON.bytes(comparison), comparison.range)
    }

    static let compareGeoJSON = Endpoint(
        "/v1/compare.geojson", "The same on the map: one point per hospital, with its row as properties.",
        parameters: parameters, mediaTypes: [.geoJSON],
        schema: AggregateSchema.comparisonFeatures, dependsOn: .recordAndSlot
    ) { query, context in
        let comparison = try comparison(query, context)
        var answer = context.aggregateAnswer(AggregateJSON.geoJSON(comparison), comparison.range)
        answer.mediaType = .geoJSON
        return answer
    }

    private static func comparison(_ query: Query, _ context: AnswerContext) throws -> Comparison {
        try context.database.compare(
            context.hospitals(query), context.aggregateQuestion(query),
            leastCoverage: query[Parameters.minCoverage] ?? Comparison.usualLeastCoverage, now: context.minute)
    }
}
