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
    /// A FeatureCollection with source, caveat and whether it is simulated as members of their own (RFC 7946, 6.1).
    ///
    /// A place without coordinates is a feature without a geometry (3.2): listed, not drawn.
    /// - Parameters:
    ///   - caveat: what the figures are not.
    ///   - note: why nothing is counted, or what was left out; only where there is something to say.
    ///   - head: writes what goes with all features, as further members.
    package static func collection(
        _ features: [PlaceFeature], isSimulated: Bool, caveat: String = Attribution.caveat, note: String? = nil,
        head: (inout JSONWriter) -> Void = { _ in }
    ) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "FeatureCollection")
            head(&json)
            json.provenance(isSimulated: isSimulated, caveat: caveat, note: note)
            json.features(features)
        }
        return json.take() + [UInt8(ascii: "\n")]
    }
}

extension JSONWriter {
    /// `features` of a FeatureCollection that is open.
    package mutating func features(_ features: [PlaceFeature]) {
        field("features", array: { json in for feature in features { json.object { $0.fields(of: feature) } } })
    }

    private mutating func fields(of feature: PlaceFeature) {
        field("type", "Feature")
        field("id", feature.id)
        key("geometry")
        point(latitude: feature.latitude, longitude: feature.longitude)
        field("properties", object: feature.properties)
    }

    /// A point, or null where it is not known.
    package mutating func point(latitude: Double?, longitude: Double?) {
        if let latitude, let longitude {
            object { json in
                json.field("type", "Point")
                json.field(
                    "coordinates",
                    array: { json in
                        json.value(longitude)
                        json.value(latitude)
                    })
            }
        } else {
            null()
        }
    }
}
