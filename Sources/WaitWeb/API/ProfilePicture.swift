import WaitCore
import WaitStore

extension Endpoint {
    static let profilePicture = Endpoint(
        "/v1/hospitals/{code}/profile.svg",
        "What is usual by hour, weekday or month, for one hospital, as a picture.",
        parameters: [.path(Parameters.code), .query(Parameters.profileBy)] + Parameters.picture, mediaTypes: [.svg],
        dependsOn: .recordAndSlot
    ) { query, context in
        let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
        let question = try context.aggregateQuestion(query)
        let size = query[Parameters.profileBy].flatMap(ProfileSize.init(rawValue:)) ?? .hourOfDay
        let span = try context.database.span(of: question, now: context.minute)
        let answer = try context.database.profile(of: [code], question, by: size, now: context.minute)
        let (subject, rows) = try context.chartSubject(query, answer, asOf: span.countedTo) { $0.by(size) }
        let buckets = ProfileBucket.all(rows, kind: subject.kind)
        let markup =
            size == .hourOfWeek
            ? HeatChart(subject: subject, buckets: buckets).markup
            : ProfileChart(subject: subject, size: size, buckets: buckets).markup
        return context.picture(markup, answer.range)
    }
}
