import Foundation
import TestSupport
import Testing

@testable import WaitCore

@Suite("Real clinics", .enabled(if: Documents.hasReal, "the real captures are not beside this project"))
struct RealPlaceMatchingTests {
    @Test("of 2026 are the 74 of 2025 and Tseung Kwan O South")
    func forwards() throws {
        let (old, new) = try directories()
        let matches = PlaceMatching.match(new, with: known(old))
        #expect(matches == (try expected(.clinics2026, in: .clinics2025)))
        #expect(matches.compactMap(\.self).count == 74)
        let newcomers = zip(new, matches).filter { $0.1 == nil }.map(\.0.name.en)
        #expect(newcomers == ["Tseung Kwan O South Family Medicine Clinic"])
    }

    @Test("of 2025 are all among those of 2026")
    func backwards() throws {
        let (old, new) = try directories()
        let matches = PlaceMatching.match(old, with: known(new))
        #expect(matches == (try expected(.clinics2025, in: .clinics2026)))
        #expect(Set(matches.compactMap(\.self)).count == 74)
    }

    @Test("meet by coordinates, for 3 of the 74 names only were not changed")
    func renamed() throws {
        let (old, new) = try directories()
        #expect(Set(old.map(\.name.en)).intersection(new.map(\.name.en)).count == 3)
    }

    @Test("of 2026 are the 75 shipped ones, each with its shipped name and address")
    func shipped() throws {
        let new = try RealDirectory.clinics2026.document().places
        let matches = PlaceMatching.match(new, with: shippedClinics())
        #expect(Set(matches.compactMap(\.self)).count == 75)
        for (place, match) in zip(new, matches) {
            let clinic = BundledPlaces.clinics[Int(try #require(match))]
            #expect(clinic.name == place.name && clinic.address == place.address)
            #expect(clinic.coordinates == place.coordinates)
        }
    }

    @Test("of 2025 are 74 of the 75 shipped ones, each under a name that was shipped as a former one")
    func shippedFormer() throws {
        let old = try RealDirectory.clinics2025.document().places
        let matches = PlaceMatching.match(old, with: shippedClinics())
        #expect(Set(matches.compactMap(\.self)).count == 74)
        for (place, match) in zip(old, matches) {
            let clinic = BundledPlaces.clinics[Int(try #require(match))]
            #expect(([clinic.name.en, clinic.name.tc, clinic.name.sc] + clinic.aliases).contains(place.name.en))
        }
    }

    @Test("of 2025 leave only Tseung Kwan O South of the shipped ones unmet")
    func shippedUnmet() throws {
        let met = PlaceMatching.match(try RealDirectory.clinics2025.document().places, with: shippedClinics())
        let unmet = BundledPlaces.clinics.indices.filter { !met.contains(Int64($0)) }
        #expect(unmet.map { BundledPlaces.clinics[$0].id } == ["tseung-kwan-o-south-family-medicine-clinic"])
    }

    @Test(
        "share 10 of their coordinates with a specialist clinic and 7 with a hospital",
        arguments: [RealDirectory.clinics2025, .clinics2026])
    func sharedCoordinates(clinics: RealDirectory) throws {
        let points = try clinics.points()
        let specialists = Set(try RealDirectory.specialists.points())
        let hospitals = Set(try RealDirectory.hospitals.points())
        #expect(points.count { specialists.contains($0) } == 10)
        #expect(points.count { hospitals.contains($0) } == 7)
    }

    @Test("are clinics, also where a hospital or a specialist clinic has their coordinates")
    func kinds() throws {
        let others = try [RealDirectory.hospitals, .specialists].flatMap { try $0.document().places }
        let shared = Set(others.map(\.coordinates))
        let clinics = try RealDirectory.clinics2026.document().places.filter { shared.contains($0.coordinates) }
        #expect(!clinics.isEmpty)
        #expect(clinics.allSatisfy { $0.kind == .clinic } && others.allSatisfy { $0.kind != .clinic })
    }

    private func directories() throws -> (old: [PublishedPlace], new: [PublishedPlace]) {
        (try RealDirectory.clinics2025.document().places, try RealDirectory.clinics2026.document().places)
    }

    /// Each row's counterpart by the text of its coordinates, past our own reader; nil where there is none.
    private func expected(_ published: RealDirectory, in known: RealDirectory) throws -> [Int64?] {
        let points = try known.points()
        return try published.points().map { points.firstIndex(of: $0).map { Int64($0 + 1) } }
    }

    /// Published places as the record would know them, by their position in the document.
    private func known(_ places: [PublishedPlace]) -> [KnownPlace] {
        places.map { place in
            let names = [place.name.en, place.name.tc, place.name.sc]
            return KnownPlace(
                id: Int64(place.record), coordinates: place.coordinates, nameKeys: Set(names.map(PlaceName.key)))
        }
    }

    /// The shipped clinics by their index.
    private func shippedClinics() -> [KnownPlace] {
        BundledPlaces.clinics.enumerated().map { index, clinic in
            let names = [clinic.name.en, clinic.name.tc, clinic.name.sc] + clinic.aliases
            return KnownPlace(
                id: Int64(index), coordinates: clinic.coordinates, nameKeys: Set(names.map(PlaceName.key)))
        }
    }
}
