import Foundation
import TestSupport
import Testing

@testable import WaitCore

@Suite("The places that ship inside the binary")
struct BundledPlacesTests {
    private static let places = BundledPlaces.hospitals + BundledPlaces.clinics

    @Test("are 18 hospitals, 75 clinics and 18 districts")
    func counts() {
        #expect(BundledPlaces.hospitals.count == 18)
        #expect(BundledPlaces.clinics.count == 75)
        #expect(BundledPlaces.districts.count == 18)
    }

    @Test("have an identifier of their own each")
    func identifiers() {
        #expect(Set(Self.places.map(\.id)).count == 93)
        #expect(Set(BundledPlaces.districts.map(\.id)).count == 18)
    }

    @Test("have coordinates in Hong Kong, of their own within their kind")
    func coordinates() {
        #expect(Set(BundledPlaces.hospitals.compactMap(\.coordinates)).count == 18)
        #expect(Set(BundledPlaces.clinics.compactMap(\.coordinates)).count == 75)
    }

    @Test("say which document their coordinates came from")
    func sources() {
        let files = Set(Self.places.map { $0.coordinatesSource.split(separator: " ")[0] })
        #expect(
            files == [
                "https://www.ha.org.hk/opendata/facility-hosp.json", "https://www.ha.org.hk/opendata/facility-fmc.json",
            ])
    }

    @Test("have a name, a cluster and an address in every language", arguments: Language.allCases)
    func complete(language: Language) {
        for place in Self.places {
            let texts = [place.name, place.cluster, place.address].map { $0[language] }
            #expect(!texts.contains(""), "\(place.id)")
        }
    }

    @Test("have clinics named by the slug of their English name")
    func slugs() {
        #expect(BundledPlaces.clinics.map(\.id) == BundledPlaces.clinics.map { PlaceName.slug(of: $0.name.en) })
    }

    @Test("have the six clusters of April 2026")
    func clusters() {
        let clusters = [
            Trilingual(en: "Hong Kong Island Cluster", tc: "香港島醫院聯網", sc: "香港岛医院联网"),
            Trilingual(en: "Kowloon Central Cluster", tc: "九龍中醫院聯網", sc: "九龙中医院联网"),
            Trilingual(en: "Kowloon East Cluster", tc: "九龍東醫院聯網", sc: "九龙东医院联网"),
            Trilingual(en: "Kowloon West Cluster", tc: "九龍西醫院聯網", sc: "九龙西医院联网"),
            Trilingual(en: "New Territories East Cluster", tc: "新界東醫院聯網", sc: "新界东医院联网"),
            Trilingual(en: "New Territories West Cluster", tc: "新界西醫院聯網", sc: "新界西医院联网"),
        ]
        #expect(Set(BundledPlaces.hospitals.map(\.cluster)) == Set(clusters))
        #expect(Set(BundledPlaces.clinics.map(\.cluster)) == Set(clusters))
    }

    @Test("have the hospitals of Hong Kong East and West in the Hong Kong Island Cluster")
    func islandHospitals() {
        let island = BundledPlaces.hospitals.filter { $0.cluster.en == "Hong Kong Island Cluster" }
        #expect(Set(island.map(\.id)) == ["PYN", "QMH", "RH", "SJH"])
    }

    @Test("have hospitals in districts of the 18")
    func hospitalDistricts() {
        let districts = Set(BundledPlaces.districts.map(\.name))
        #expect(BundledPlaces.hospitals.allSatisfy { districts.contains($0.district) })
    }

    @Test("have clinics whose district is still to come from their quota record")
    func clinicDistricts() {
        #expect(Set(BundledPlaces.clinics.map(\.district)) == [Trilingual()])
    }

    @Test("have no name that is two places'")
    func names() {
        for places in [BundledPlaces.hospitals, BundledPlaces.clinics] {
            let keys = places.flatMap { place in
                Set(([place.name.en, place.name.tc, place.name.sc] + place.aliases).map(PlaceName.key))
            }
            #expect(Dictionary(grouping: keys, by: \.self).filter { $1.count > 1 }.keys.sorted() == [])
        }
    }

    @Test(
        "have the 18 hospitals' codes, names and official coordinates",
        .enabled(if: Documents.hasReal, "the real captures are not beside this project"))
    func official() throws {
        let lines = String(decoding: try real("hospitals.csv"), as: UTF8.self).split(whereSeparator: \.isNewline)
        // The quoted field, the address, is the last: the commas before it are separators.
        let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        #expect(rows.count == 18)
        for row in rows {
            let hospital = try #require(BundledPlaces.hospitals.first { $0.id == row[0] })
            #expect(hospital.name == Trilingual(en: row[1], tc: row[2], sc: row[3]))
            #expect(PlaceName.key(of: hospital.name.en) == PlaceName.key(of: row[4]))
            #expect(hospital.coordinates?.latitude == Double(row[8]))
            #expect(hospital.coordinates?.longitude == Double(row[9]))
        }
    }
}

@Suite("A district")
struct DistrictTests {
    @Test("is known by every spelling, whatever its case", arguments: BundledPlaces.districts.map(\.id))
    func spellings(id: String) throws {
        let district = try #require(BundledPlaces.districts.first { $0.id == id })
        for spelling in district.spellings + [district.name.en, district.name.tc, district.name.sc] {
            #expect(BundledPlaces.district(spelled: spelling) == district.name)
            #expect(BundledPlaces.district(spelled: spelling.uppercased()) == district.name)
            #expect(BundledPlaces.district(spelled: spelling.lowercased()) == district.name)
        }
    }

    @Test(
        "is known by the feeds' spellings",
        arguments: [
            ("Shatin", "Sha Tin"), ("沙田", "Sha Tin"), ("Central & Western", "Central and Western"),
            ("Wanchai", "Wan Chai"), ("離島", "Islands"), ("观塘", "Kwun Tong"), ("TUEN MUN", "Tuen Mun"),
        ])
    func feedSpellings(text: String, name: String) {
        #expect(BundledPlaces.district(spelled: text)?.en == name)
    }

    @Test("that nobody knows is none", arguments: ["", "Hong Kong", "Kowloon", "Sha", "沙", "N/A"])
    func unknown(text: String) {
        #expect(BundledPlaces.district(spelled: text) == nil)
    }
}
