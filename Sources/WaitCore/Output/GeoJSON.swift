/// A place on the map with what is said of it: one feature of GeoJSON (RFC 7946).
///
/// `properties` writes the members: a directory's facts, the newest reading, or an aggregate.
package struct PlaceFeature {
    package let id: String
    package let latitude: Double?
    package let longitude: Double?
    package let properties: (inout JSONWriter) -> Void

    package init(
        id: String, latitude: Double?, longitude: Double?, properties: @escaping (inout JSONWriter) -> Void
    ) {
        (self.id, self.latitude, self.longitude, self.properties) = (id, latitude, longitude, properties)
    }
}

package enum GeoJSON {
    /// A FeatureCollection with the source and the caveat as members of their own (RFC 7946, 6.1).
    ///
    /// A place without coordinates is a feature without a geometry (3.2): listed, not drawn.
    package static func collection(_ features: [PlaceFeature]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "FeatureCollection")
            json.field("source", Words.source)
            json.field("caveat", Words.caveat)
            json.field(
                "features",
                array: { json in
                    for feature in features { write(feature, to: &json) }
                })
        }
        return json.take() + [UInt8(ascii: "\n")]
    }

    private static func write(_ feature: PlaceFeature, to json: inout JSONWriter) {
        json.object { json in
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
            json.field("properties", object: feature.properties)
        }
    }
}
