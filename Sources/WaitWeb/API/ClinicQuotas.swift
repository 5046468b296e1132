import WaitCore
import WaitStore

extension Endpoint {
    private static let id = Parameter<String>(
        name: "id", about: "A clinic, by id or by name in any language.",
        example: "central-district-family-medicine-clinic",
        schema: .text(pattern: "^[^\\u0000-\\u001F\\u007F]{1,150}$"), expectation: "a clinic's id or name"
    ) { (1...150).contains($0.unicodeScalars.count) ? $0 : nil }

    static let clinicQuotas = Endpoint(
        "/v1/clinics/{id}/quotas", "What a clinic offers, by period and weekday, with the change.",
        parameters: [.path(id)] + Parameters.range + [.query(Parameters.weekdays)], schema: .any
    ) { query, context in
        let text = query[id] ?? ""
        let ids = try context.database.clinics(named: text)
        guard let clinic = ids.first else {
            throw Problem.notFound("There is no clinic of that id or name; /v1/clinics lists all.", parameter: id.name)
        }
        guard ids.count == 1 else {
            throw Problem.parameter(id.name, "That may be \(ids.prefix(5).joined(separator: ", ")); name one of them.")
        }
        let ends = try context.ends(query)
        // Open ends are those of all periods, not of the clock: the answer is a matter of the record alone.
        let range = TimeRange(
            from: ends.from ?? HongKongMinute(sinceEpoch: 0), to: ends.to ?? HongKongMinute(sinceEpoch: .max))
        let answer = try context.database.quotas(ofClinics: [clinic], in: range)
        var json = JSONWriter()
        answer.series[0].write(
            range: answer.range, weekdays: query[Parameters.weekdays] ?? Set(1...7), to: &json)
        return Answer(body: .bytes(json.bytes), lifetime: .nextSlot)
    }
}
