import Foundation
import WaitConfig

/// The places that ship inside the binary (`config/hospitals.json`, `clinics.json`, `districts.json`).
///
/// They are where the record begins; the directory feeds refresh them and win.
package enum BundledPlaces {
    /// The 18 A&E hospitals, identifiers are the Hospital Authority's codes.
    package static let hospitals: [BundledPlace] = decode([HospitalFile].self, ConfigFiles.hospitals).map(\.place)
    /// The 75 clinics of the 2026-01 directory, identifiers are slugs of their English names.
    package static let clinics: [BundledPlace] = decode([ClinicFile].self, ConfigFiles.clinics).map(\.place)

    package static func of(_ kind: PlaceKind) -> [BundledPlace] {
        switch kind {
        case .hospital: hospitals
        case .clinic: clinics
        case .specialist: []
        }
    }

    /// The shipped place of a code; nil where none ships under it.
    package static func place(of kind: PlaceKind, code: String) -> BundledPlace? {
        byCode[kind]?[code]
    }

    /// Whether a place of this kind ships under `name`, in any language.
    package static func ships(_ name: String, as kind: PlaceKind) -> Bool { namesByKind[kind]?.contains(name) == true }

    private static let namesByKind: [PlaceKind: Set<String>] = Dictionary(
        uniqueKeysWithValues: PlaceKind.allCases.map { kind in
            (kind, Set(of(kind).flatMap { [$0.name.en, $0.name.tc, $0.name.sc] + $0.aliases }))
        })

    private static let byCode: [PlaceKind: [String: BundledPlace]] = Dictionary(
        uniqueKeysWithValues: PlaceKind.allCases.map { kind in
            (kind, Dictionary(of(kind).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
        })

    /// The bytes that they are decoded from.
    package static var files: [[UInt8]] { [ConfigFiles.hospitals, ConfigFiles.clinics, ConfigFiles.districts] }
    /// The 18 districts.
    package static let districts: [District] = decode([District].self, ConfigFiles.districts)

    /// The district that a feed's spelling means, in three languages; nil where the spelling is not known.
    package static func district(spelled text: String) -> Trilingual? {
        districtsBySpelling[text.lowercased()]
    }

    private static let districtsBySpelling: [String: Trilingual] = {
        var names: [String: Trilingual] = [:]
        for district in districts {
            for spelling in district.spellings + [district.name.en, district.name.tc, district.name.sc] {
                names[spelling.lowercased()] = district.name
            }
        }
        return names
    }()

    private static func decode<File: Decodable>(_ type: File.Type, _ bytes: [UInt8]) -> File {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            preconditionFailure("an embedded file does not decode: \(error)")
        }
    }
}

/// A place as it ships inside the binary.
package struct BundledPlace: Sendable {
    package let id: String
    package let name: Trilingual
    package let aliases: [String]
    package let cluster: Trilingual
    package let district: Trilingual
    package let address: Trilingual
    package let coordinates: Coordinates?
    /// The document the coordinates came from.
    package let coordinatesSource: String
    /// Feeds that have had the hospital's waits since they began, as public captures of 2020-03-09 and 2026-01-20 show.
    package let feeds: [String]
}

/// One of the 18 districts of Hong Kong.
package struct District: Sendable, Decodable {
    package let id: String
    package let name: Trilingual
    /// The feeds' spellings besides the official names.
    package let spellings: [String]
}

private struct HospitalFile: Decodable {
    let code: String
    let district: Trilingual
    let feeds: [String]
    let common: CommonFields

    private enum CodingKeys: CodingKey {
        case code, district, feeds
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        code = try fields.decode(String.self, forKey: .code)
        district = try fields.decode(Trilingual.self, forKey: .district)
        feeds = try fields.decodeIfPresent([String].self, forKey: .feeds) ?? []
        common = try CommonFields(from: decoder)
    }

    var place: BundledPlace { common.place(id: code, district: district, feeds: feeds) }
}

private struct ClinicFile: Decodable {
    let id: String
    let common: CommonFields

    private enum CodingKeys: CodingKey {
        case id
    }

    init(from decoder: any Decoder) throws {
        id = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .id)
        common = try CommonFields(from: decoder)
    }

    /// A clinic's district comes from its quota record.
    var place: BundledPlace { common.place(id: id, district: Trilingual(), feeds: []) }
}

private struct CommonFields: Decodable {
    let name: Trilingual
    let aliases: [String]?
    let cluster: Trilingual
    let address: Trilingual
    let latitude: Double
    let longitude: Double
    let coordinatesSource: String

    private enum CodingKeys: String, CodingKey {
        case name, aliases, cluster, address, latitude, longitude
        case coordinatesSource = "coordinates_source"
    }

    func place(id: String, district: Trilingual, feeds: [String]) -> BundledPlace {
        BundledPlace(
            id: id, name: name, aliases: aliases ?? [], cluster: cluster, district: district, address: address,
            coordinates: Coordinates(latitude: latitude, longitude: longitude), coordinatesSource: coordinatesSource,
            feeds: feeds)
    }
}
