import Foundation
import Testing

@testable import WaitCore

@Suite("GeoJSON")
struct GeoJSONTests {
    private static func features(_ features: PlaceFeature...) throws -> (all: [String: Any], list: [[String: Any]]) {
        let bytes = GeoJSON.collection(features, isSimulated: false)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        return (object, try #require(object["features"] as? [[String: Any]]))
    }

    @Test("is a collection with the source and the caveat")
    func collection() throws {
        let (object, list) = try Self.features()
        #expect(object["type"] as? String == "FeatureCollection" && list.isEmpty)
        #expect(object["source"] as? String == Attribution.source && object["caveat"] as? String == Attribution.caveat)
        #expect(object["simulated"] as? Bool == false)
    }

    @Test("has longitude before latitude (RFC 7946, 3.1.1)")
    func point() throws {
        let list = try Self.features(
            PlaceFeature(id: "QMH", latitude: 22.2704, longitude: 114.13117) { $0.field("name", "Queen \"Mary\"") }
        ).list
        let geometry = try #require(list.first?["geometry"] as? [String: Any])
        #expect(geometry["type"] as? String == "Point")
        #expect(geometry["coordinates"] as? [Double] == [114.13117, 22.2704])
        #expect(list.first?["id"] as? String == "QMH")
        #expect(list.first?["properties"] as? [String: String] == ["name": "Queen \"Mary\""])
    }

    @Test("lists a place without coordinates without a geometry (RFC 7946, 3.2)")
    func unlocated() throws {
        let list = try Self.features(PlaceFeature(id: "kai-tak", latitude: nil, longitude: nil) { _ in }).list
        #expect(list.first?["geometry"] is NSNull)
    }
}
