import WaitCore
import WaitStore

extension Endpoint {
    static let districts = Endpoint(
        "/v1/districts", "The 18 districts, with how many hospitals and clinics lie in each.",
        schema: .list(
            of: .object(
                [.init(name: "id", schema: .text())] + Schema.trilingual("name") + [
                    .init(name: "hospitals", schema: .integer()), .init(name: "clinics", schema: .integer()),
                ]))
    ) { _, context in
        let hospitals = try counts(context.database.places(.hospitals))
        let clinics = try counts(context.database.places(.clinics))
        return .json { json in
            json.list(BundledPlaces.districts, next: nil) { district, json in
                json.object { json in
                    json.field("id", district.id)
                    json.trilingual("name", district.name)
                    json.field("hospitals", hospitals[district.name.en] ?? 0)
                    json.field("clinics", clinics[district.name.en] ?? 0)
                }
            }
            json.field("source", Words.source)
        }
    }

    /// Places by the English name of their district.
    private static func counts(_ places: [PlaceRecord]) -> [String: Int] {
        Dictionary(grouping: places, by: \.district.en).mapValues(\.count)
    }
}
