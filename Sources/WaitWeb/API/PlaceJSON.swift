import WaitCore
import WaitStore

/// Places as JSON and GeoJSON, with the views' column names.
enum PlaceJSON {
    /// - Parameter key: what the view calls the place's code: `code` of hospitals, `id` of clinics.
    static func fields(_ place: PlaceRecord, key: String, to json: inout JSONWriter) {
        json.field(key, place.id)
        json.trilingual("name", place.name)
        json.trilingual("cluster", place.cluster)
        json.trilingual("district", place.district)
        json.trilingual("address", place.address)
        json.field("latitude", place.latitude)
        json.field("longitude", place.longitude)
        json.field("coordinates_source", place.coordinatesSource)
        if let distance = place.distanceKilometres { json.field("distance_km", (distance * 1_000).rounded() / 1_000) }
    }

    /// The fields that every hospital has.
    static let hospitalFields = fields(key: "code")

    static func schema(key: String) -> Schema { .object(fields(key: key)) }

    private static func fields(key: String) -> [Schema.Field] {
        [Schema.Field(name: key, schema: .text())]
            + ["name", "cluster", "district", "address"].flatMap { Schema.trilingual($0) } + [
                Schema.Field(name: "latitude", schema: .optional(.number())),
                Schema.Field(name: "longitude", schema: .optional(.number())),
                Schema.Field(name: "coordinates_source", schema: .optional(.text())),
            ]
    }

    static func list(_ places: [PlaceRecord], key: String, _ context: AnswerContext) throws -> Answer {
        try .json { json in
            json.list(places, next: nil) { place, json in json.object { fields(place, key: key, to: &$0) } }
            try json.words(context, caveat: nil)
        }
    }

    static func collection(_ places: [PlaceRecord], key: String, _ context: AnswerContext) throws -> Answer {
        let features = places.map { place in
            PlaceFeature(id: place.id, latitude: place.latitude, longitude: place.longitude) {
                fields(place, key: key, to: &$0)
            }
        }
        return try .collection(features, context, caveat: nil)
    }
}

extension Answer {
    /// Features for a map; a place without coordinates is one without geometry.
    /// - Parameter caveat: what the figures are not; nil where there are none.
    static func collection(_ features: [PlaceFeature], _ context: AnswerContext, caveat: String?) throws -> Answer {
        try .json(mediaType: .geoJSON) { json in
            json.field("type", "FeatureCollection")
            json.features(features)
            try json.words(context, caveat: caveat)
        }
    }
}

extension JSONWriter {
    /// `data` with its rows, and `next`.
    mutating func list<Row>(_ rows: [Row], next: String?, _ write: (Row, inout JSONWriter) -> Void) {
        field("data", array: { json in for row in rows { write(row, &json) } })
        field("next", next)
    }

    /// `source`, `simulated` and `caveat`: what goes with figures.
    /// - Parameter caveat: nil: there are none.
    mutating func words(_ context: AnswerContext, caveat: String? = Attribution.caveat, note: String? = nil) throws {
        provenance(isSimulated: try context.database.isSimulated(), caveat: caveat, note: note)
    }
}

extension Schema {
    /// A FeatureCollection (RFC 7946) whose features have these properties.
    /// - Parameters:
    ///   - head: members that go with all features.
    ///   - hasID: whether each feature has an `id`.
    static func features(
        _ properties: Schema, head: [Field] = [], hasID: Bool = true, hasCaveat: Bool = false
    ) -> Schema {
        let point = Schema.fields(["type": .word(["Point"]), "coordinates": .list(.number(), count: 2...2)])
        let feature = Schema.object(
            [Field(name: "type", schema: .word(["Feature"]))] + (hasID ? [Field(name: "id", schema: .text())] : []) + [
                Field(name: "geometry", schema: .optional(point)), Field(name: "properties", schema: properties),
            ])
        return .object(
            [
                Field(name: "type", schema: .word(["FeatureCollection"])),
                Field(name: "features", schema: .list(feature)),
            ] + head + words(hasCaveat: hasCaveat))
    }

    /// A list of rows with the cursor of its next page.
    static func list(of row: Schema, hasCaveat: Bool = false) -> Schema {
        let fields = [
            Field(name: "data", schema: .list(row)), Field(name: "next", schema: .optional(.text())),
        ]
        return .object(fields + words(hasCaveat: hasCaveat))
    }
}
