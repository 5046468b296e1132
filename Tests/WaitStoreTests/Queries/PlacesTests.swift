import Testing
import WaitCore

@testable import WaitStore

@Suite("Places")
struct PlacesTests {
    @Test("are the shipped hospitals and clinics in an empty record, in the order of their codes")
    func all() throws {
        let database = try WaitDatabase.inMemory()
        let hospitals = try database.places(.hospitals).map(\.id)
        #expect(hospitals == BundledPlaces.hospitals.map(\.id).sorted())
        #expect(try database.places(.clinics).count == BundledPlaces.clinics.count)
    }

    @Test("in a box are those inside of it and on its edge")
    func box() throws {
        let box = try #require(GeoBox(west: 114.13117, south: 22.2704, east: 114.2, north: 22.2704))
        let places = try WaitDatabase.inMemory().places(.hospitals, PlaceFilter(box: box))
        #expect(places.map(\.id) == ["QMH"] && places[0].distanceKilometres == nil)
    }

    @Test("near a point come by their distance, up to the one asked for")
    func near() throws {
        let point = try #require(GeoPoint(latitude: 22.2704, longitude: 114.13117))
        let places = try WaitDatabase.inMemory().places(.hospitals, PlaceFilter(near: point, withinKilometres: 5.9))
        #expect(places.first?.id == "QMH" && places.first?.distanceKilometres == 0 && places.count > 1)
        #expect(places.allSatisfy { $0.distanceKilometres.map { $0 <= 5.9 } ?? false })
    }

    @Test("without coordinates are in no box and near nothing")
    func unplaced() throws {
        let database = try WaitDatabase.inMemory()
        // A name counts once eight documents had it.
        for document in 0..<8 {
            let time = "\(document / 4 + 9):\((document % 4 * 15).padded(2))"
            try database.record(
                .edited(
                    .aeWait, .en, at: "2026-11-14T11:00", ("Caritas Medical Centre", "Lantau Harbour Hospital"),
                    ("14/11/2026 9:15AM", "14/11/2026 \(time)AM")))
        }
        let point = try #require(GeoPoint(latitude: 22.3, longitude: 114.1))
        #expect(try database.places(.hospitals).count == 19)
        #expect(try database.places(.hospitals, PlaceFilter(near: point)).count == 18)
    }

    @Test("are found by their code")
    func one() throws {
        let database = try WaitDatabase.inMemory()
        #expect(try database.place(.hospitals, id: "QMH")?.name.tc == "瑪麗醫院")
        #expect(try database.place(.hospitals, id: "XYZ") == nil)
        #expect(try database.place(.clinics, id: "QMH") == nil)
    }
}
