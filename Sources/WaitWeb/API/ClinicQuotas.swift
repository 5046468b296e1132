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
        parameters: [.path(id)] + Parameters.range + [.query(Parameters.weekdays)],
        schema: QuotaSchema.clinic
    ) { query, context in
        let text = query[id] ?? ""
        let ids = try context.database.clinics(named: text)
        let missing = Problem.notFound(
            "There is no clinic of that id or name; /v1/clinics lists all.", parameter: id.name)
        guard let clinic = ids.first else { throw missing }
        guard ids.count == 1 else {
            throw Problem.parameter(id.name, "That may be \(ids.prefix(5).joined(separator: ", ")); name one of them.")
        }
        let ends = try context.ends(query)
        // Open ends are those of all periods, not of the clock: the answer is a matter of the record alone.
        let range = TimeRange(
            from: ends.from ?? HongKongMinute(sinceEpoch: 0), to: ends.to ?? HongKongMinute(sinceEpoch: .max))
        let answer = try context.database.quotas(ofClinics: [clinic], in: range)
        // Two clinics may have become one between the two reads.
        guard let series = answer.series.first else { throw missing }
        var json = JSONWriter()
        series.write(of: answer, weekdays: query[Parameters.weekdays] ?? Set(1...7), to: &json)
        return Answer(body: .bytes(json.bytes), lifetime: .nextSlot)
    }
}

/// The shapes of quotas.
enum QuotaSchema {
    /// One clinic over time.
    static let clinic = Schema.object(
        [.init(name: "clinic", schema: .text())] + Schema.trilingual("name", .optional(.text()))
            + Schema.trilingual("district", .optional(.text())) + [
                .init(name: "latitude", schema: .optional(.number())),
                .init(name: "longitude", schema: .optional(.number())),
                .init(name: "rows", schema: .list(.object(row))),
                .init(name: "range", schema: .optional(.named("Range"))), .init(name: "timezone", schema: .text()),
                .init(name: "unit", schema: .word(["places"])), Schema.note,
            ] + Schema.words())

    /// One district in the newest period.
    static let district = Schema.object(
        Schema.trilingual("district", .optional(.text())) + period + [
            .init(name: "clinics", schema: .integer()), .init(name: "weekdays", schema: .object(figure + clinics)),
            .init(name: "weekend", schema: .object(figure + clinics)),
            .init(name: "rows", schema: .list(.object(row + clinics))),
        ])

    private static let row = [.init(name: "weekday", schema: .integer(1...7))] + period + figure

    private static let period: [Schema.Field] = [
        .init(name: "label", schema: .text()), .init(name: "period_from", schema: .day),
        .init(name: "period_to", schema: .day), .init(name: "change_from_period_to", schema: .optional(.day)),
    ]

    private static let figure: [Schema.Field] = [
        .init(name: "quota", schema: .optional(.number())), .init(name: "change", schema: .optional(.number())),
    ]

    private static let clinics: [Schema.Field] = [
        .init(name: "clinics", schema: .integer()), .init(name: "change_clinics", schema: .integer()),
    ]
}
