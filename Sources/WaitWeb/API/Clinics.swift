import WaitStore

extension Endpoint {
    static let clinics = Endpoint(
        "/v1/clinics", "The clinics that quotas are published of, by id or by distance.",
        parameters: PlaceParameters.all, schema: .list(of: .named("Clinic"))
    ) { query, context in
        try PlaceJSON.list(context.database.places(.clinics, PlaceParameters.filter(query)), key: "id", context)
    }

    static let clinicsGeoJSON = Endpoint(
        "/v1/clinics.geojson", "The clinics as GeoJSON.", parameters: PlaceParameters.all, mediaTypes: [.geoJSON],
        schema: .features(.named("Clinic"))
    ) { query, context in
        try PlaceJSON.collection(context.database.places(.clinics, PlaceParameters.filter(query)), key: "id", context)
    }
}
