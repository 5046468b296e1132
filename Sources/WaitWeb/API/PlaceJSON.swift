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
            + ["name", "cluster", "district", "address"].flatMap(Schema.trilingual) + [
                Schema.Field(name: "latitude", schema: .optional(.number())),
                Schema.Field(name: "longitude", schema: .optional(.number())),
                Schema.Field(name: "coordinates_source", schema: .optional(.text())),
            ]
    }

    static func list(_ places: [PlaceRecord], key: String) -> Answer {
        .json { json in
            json.list(places, next: nil) { place, json in json.object { fields(place, key: key, to: &$0) } }
            json.field("source", Words.source)
        }
    }

    static func collection(_ places: [PlaceRecord], key: String) -> Answer {
        GeoJSON.collection(
            places.map { GeoJSON.Feature(id: $0.id, latitude: $0.latitude, longitude: $0.longitude, $0) },
            caveat: nil
        ) { place, json in fields(place, key: key, to: &json) }
    }
}

/// Feature collections (RFC 7946); a place without coordinates is a feature without geometry.
enum GeoJSON {
    struct Feature<Content> {
        let id: String
        let latitude: Double?
        let longitude: Double?
        let content: Content

        init(id: String, latitude: Double?, longitude: Double?, _ content: Content) {
            (self.id, self.latitude, self.longitude, self.content) = (id, latitude, longitude, content)
        }
    }

    /// - Parameters:
    ///   - caveat: what the figures are not; nil where there are none.
    ///   - properties: writes the fields of a feature's properties.
    static func collection<Content>(
        _ features: [Feature<Content>], caveat: String?, properties: (Content, inout JSONWriter) -> Void
    ) -> Answer {
        .json(mediaType: .geoJSON) { json in
            json.field("type", "FeatureCollection")
            json.field(
                "features",
                array: { json in
                    for feature in features { json.object { write(feature, to: &$0, properties) } }
                })
            json.field("source", Words.source)
            if let caveat { json.field("caveat", caveat) }
        }
    }

    private static func write<Content>(
        _ feature: Feature<Content>, to json: inout JSONWriter, _ properties: (Content, inout JSONWriter) -> Void
    ) {
        json.field("type", "Feature")
        json.field("id", feature.id)
        json.key("geometry")
        if let latitude = feature.latitude, let longitude = feature.longitude {
            json.object { json in
                json.field("type", "Point")
                json.field(
                    "coordinates",
                    array: { json in
                        json.value(longitude)
                        json.value(latitude)
                    })
            }
        } else {
            json.null()
        }
        json.field("properties", object: { properties(feature.content, &$0) })
    }

    /// The shape of a collection whose features have these properties.
    static func schema(properties: Schema) -> Schema {
        .fields([
            "type": .word(["FeatureCollection"]),
            "features": .list(
                .fields([
                    "type": .word(["Feature"]), "id": .text(),
                    "geometry": .optional(
                        .fields(["type": .word(["Point"]), "coordinates": .list(.number(), count: 2...2)])),
                    "properties": properties,
                ])),
            "source": .text(),
        ])
    }
}

extension JSONWriter {
    /// `name_en`, `name_tc`, `name_sc`.
    mutating func trilingual(_ name: String, _ text: Trilingual) {
        for language in Language.allCases { field("\(name)_\(language.rawValue)", text[language]) }
    }

    /// `data` with its rows, and `next`.
    mutating func list<Row>(_ rows: [Row], next: String?, _ write: (Row, inout JSONWriter) -> Void) {
        field("data", array: { json in for row in rows { write(row, &json) } })
        field("next", next)
    }

    /// `source` and `caveat`: the words that go with figures.
    mutating func words() {
        field("source", Words.source)
        field("caveat", Words.caveat)
    }
}

extension Schema {
    /// A list of rows with the cursor of its next page.
    static func list(of row: Schema, hasCaveat: Bool = false) -> Schema {
        let fields = [
            Field(name: "data", schema: .list(row)), Field(name: "next", schema: .optional(.text())),
            Field(name: "source", schema: .text()),
        ]
        return .object(hasCaveat ? fields + [Field(name: "caveat", schema: .text())] : fields)
    }
}
