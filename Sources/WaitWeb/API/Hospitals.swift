import WaitCore
import WaitStore

extension Endpoint {
    static let hospitals = Endpoint(
        "/v1/hospitals", "The A&E hospitals, by code or by distance.", parameters: PlaceParameters.all,
        schema: .list(of: .named("Hospital"))
    ) { query, context in
        try PlaceJSON.list(context.database.places(.hospitals, PlaceParameters.filter(query)), key: "code", context)
    }

    static let hospitalsGeoJSON = Endpoint(
        "/v1/hospitals.geojson", "The A&E hospitals as GeoJSON.", parameters: PlaceParameters.all,
        mediaTypes: [.geoJSON], schema: .features(.named("Hospital"))
    ) { query, context in
        try PlaceJSON.collection(
            context.database.places(.hospitals, PlaceParameters.filter(query)), key: "code", context)
    }

    static let hospital = Endpoint(
        "/v1/hospitals/{code}", "One A&E hospital.", parameters: [.path(Parameters.code)],
        schema: .object(PlaceJSON.hospitalFields + Schema.words(hasCaveat: false))
    ) { query, context in
        let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
        guard let place = try context.database.place(.hospitals, id: code) else {
            throw Problem.notFound("There is no such hospital.", parameter: Parameters.code.name)
        }
        return try .json { json in
            PlaceJSON.fields(place, key: "code", to: &json)
            try json.words(context, caveat: nil)
        }
    }
}
