import Foundation
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("The places")
struct PlaceRouteTests {
    @Test("hospitals are the 18, by code, with names in three languages and the source")
    func hospitals() async throws {
        let answer = try await WebFixture.get("/v1/hospitals")
        let codes = try answer.data().compactMap { $0["code"] as? String }
        #expect(codes.count == 18 && codes == codes.sorted())
        let queenMary = try #require(try answer.data().first { $0["code"] as? String == "QMH" })
        #expect(queenMary["name_en"] as? String == "Queen Mary Hospital")
        #expect(queenMary["name_tc"] as? String == "瑪麗醫院" && queenMary["name_sc"] as? String == "玛丽医院")
        #expect(try answer.json()["source"] as? String == Attribution.source)
        #expect(try answer.json()["next"] is NSNull)
    }

    @Test("clinics come with their id and district")
    func clinics() async throws {
        let clinics = try await WebFixture.get("/v1/clinics").data()
        #expect(clinics.count == 75)
        let central = try #require(clinics.first { $0["id"] as? String == "central-district-family-medicine-clinic" })
        #expect(central["district_tc"] as? String == "中西區")
    }

    @Test("near a point come by distance, and none beyond the one asked for")
    func near() async throws {
        let places = try await WebFixture.get("/v1/hospitals?near=22.2704,114.13117&within_km=6").data()
        let distances = places.compactMap { $0["distance_km"] as? Double }
        #expect(places.first?["code"] as? String == "QMH" && distances.first == 0)
        #expect(distances.count == places.count && distances == distances.sorted() && distances.allSatisfy { $0 <= 6 })
        #expect(places.count > 1 && places.count < 18)
    }

    @Test("in a rectangle are those inside of it alone")
    func box() async throws {
        let places = try await WebFixture.get("/v1/hospitals?bbox=114.13,22.27,114.14,22.28").data()
        #expect(places.compactMap { $0["code"] as? String } == ["QMH"])
    }

    @Test(
        "one hospital is found by code and by name",
        arguments: ["QMH", "qmh", "Queen%20Mary", "%E7%91%AA%E9%BA%97%E9%86%AB%E9%99%A2"])
    func one(name: String) async throws {
        let answer = try await WebFixture.get("/v1/hospitals/\(name)")
        #expect(try answer.json()["code"] as? String == "QMH")
    }

    @Test("as GeoJSON are points with longitude first", arguments: ["/v1/hospitals.geojson", "/v1/clinics.geojson"])
    func geoJSON(target: String) async throws {
        let answer = try await WebFixture.get(target)
        #expect(answer.headers[.contentType] == "application/geo+json")
        let collection = try answer.json()
        #expect(
            collection["type"] as? String == "FeatureCollection"
                && collection["source"] as? String == Attribution.source)
        let features = try #require(collection["features"] as? [[String: Any]])
        #expect(features.count == (target.contains("hospitals") ? 18 : 75))
        for feature in features {
            let geometry = try #require(feature["geometry"] as? [String: Any])
            let point = try #require(geometry["coordinates"] as? [Double])
            #expect((113.6...114.6).contains(point[0]) && (21.9...22.7).contains(point[1]))
        }
    }

    private static let stranger = "lantau-harbour-hospital"

    /// A record in which so many documents have a hospital that no directory lists.
    private static func record(documents: Int) throws -> WaitDatabase {
        let database = try WebFixture.record()
        try WebFixture.fillLater(
            database, documents: documents, ("Caritas Medical Centre", "Lantau Harbour Hospital"))
        return database
    }

    @Test("without coordinates are features without geometry")
    func unplaced() async throws {
        let features = try #require(
            try await WebFixture.get("/v1/hospitals.geojson", of: Self.record(documents: 8)).json()["features"]
                as? [[String: Any]])
        let stranger = try #require(features.first { $0["id"] as? String == Self.stranger })
        #expect(stranger["geometry"] is NSNull)
    }

    @Test(
        "that fewer than eight documents had, and no directory lists, are in no list and found by code",
        arguments: [(1, false), (7, false), (8, true)])
    func listed(documents: Int, isListed: Bool) async throws {
        let database = try Self.record(documents: documents)
        let codes = try await WebFixture.get("/v1/hospitals", of: database).data().compactMap { $0["code"] as? String }
        #expect(codes.contains(Self.stranger) == isListed && codes.count == (isListed ? 19 : 18))
        let own = try await WebFixture.get("/v1/hospitals/\(Self.stranger)", of: database)
        let name = try own.json()["name_en"] as? String
        #expect(own.status == .ok && name == "Lantau Harbour Hospital")
    }

    @Test("districts are the 18, with how many places lie in each")
    func districts() async throws {
        let districts = try await WebFixture.get("/v1/districts").data()
        #expect(districts.count == 18)
        #expect(districts.compactMap { $0["hospitals"] as? Int }.reduce(0, +) == 18)
    }
}
