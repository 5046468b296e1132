import WaitCore
import WaitStore

extension Endpoint {
    private static let parameters: [DeclaredParameter] = [.query(Parameters.profileBy)] + Parameters.aggregate

    static let profile = Endpoint(
        "/v1/profile", "What is usual by hour, weekday or month, for every hospital or those named.",
        parameters: [.query(Parameters.hospitals)] + parameters, schema: AggregateSchema.several("Profile"),
        dependsOn: .recordAndSlot
    ) { query, context in
        let question = try context.aggregateQuestion(query)
        return try answer(context.aggregateHospitals(query, question), question, query, context)
    }

    static let hospitalProfile = Endpoint(
        "/v1/hospitals/{code}/profile", "What is usual by hour, weekday or month, for one hospital.",
        parameters: [.path(Parameters.code)] + parameters, schema: .named("Profile"), dependsOn: .recordAndSlot
    ) { query, context in
        let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
        return try answer([code], context.aggregateQuestion(query), query, context)
    }

    private static func answer(
        _ codes: [String], _ question: AggregateQuestion, _ query: Query, _ context: AnswerContext
    ) throws -> Answer {
        let size = query[Parameters.profileBy].flatMap(ProfileSize.init(rawValue:)) ?? .hourOfDay
        let profile = try context.database.profile(of: codes, question, by: size, now: context.minute)
        return context.aggregateAnswer(AggregateJSON.bytes(profile, by: size.rawValue), profile.range)
    }
}
