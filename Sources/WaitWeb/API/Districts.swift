import WaitCore
import WaitStore

extension Endpoint {
    static let districts = Endpoint(
        "/v1/districts",
        "The 18 districts: how many hospitals and clinics lie in each, and what those offer in the newest period.",
        schema: .list(
            of: .object(
                [.init(name: "id", schema: .text())] + Schema.trilingual("name") + [
                    .init(name: "hospitals", schema: .integer()), .init(name: "clinics", schema: .integer()),
                    .init(name: "quotas", schema: .optional(QuotaSchema.district)),
                ]), hasCaveat: true)
    ) { _, context in
        let hospitals = try counts(context.database.places(.hospitals))
        let clinics = try counts(context.database.places(.clinics))
        let quotas = try context.database.quotasByDistrict().series
        return try .json { json in
            json.list(BundledPlaces.districts, next: nil) { district, json in
                json.object { json in
                    json.field("id", district.id)
                    json.trilingual("name", district.name)
                    json.field("hospitals", hospitals[district.name.en] ?? 0)
                    json.field("clinics", clinics[district.name.en] ?? 0)
                    if let quotas = quotas.first(where: { $0.district.en == district.name.en }) {
                        json.field("quotas", object: { quotas.writeFields(weekdays: Set(1...7), to: &$0) })
                    } else {
                        json.key("quotas")
                        json.null()
                    }
                }
            }
            try json.words(context, caveat: Attribution.quotaCaveat)
        }
    }

    /// Places by the English name of their district.
    private static func counts(_ places: [PlaceRecord]) -> [String: Int] {
        Dictionary(grouping: places, by: \.district.en).mapValues(\.count)
    }
}
