import WaitCore
import WaitStore

/// A place that a visitor gives: a point, or the name of a district, a hospital or a clinic.
struct NearPlace: Sendable {
    /// What to call it.
    let name: String
    let point: GeoPoint
    /// Whether it is the middle of several places.
    let isMiddle: Bool

    /// Whether the visitor gave a point, which may be where they are.
    let isPoint: Bool

    /// Names of several places that `text` may mean; empty where it means one, or none that the record knows.
    static func candidates(_ text: String, _ database: WaitDatabase, _ language: Language) throws -> [String] {
        let hospitals = try database.hospitals(named: text)
        guard hospitals.isEmpty else {
            return hospitals.count == 1 ? [] : try names(of: hospitals, .hospitals, database, language)
        }
        let districts = try database.districts(named: text)
        guard districts.isEmpty else { return districts.count == 1 ? [] : districts.map { $0.shown(language) } }
        let clinics = try database.clinics(named: text)
        return clinics.count < 2 ? [] : try names(of: clinics, .clinics, database, language)
    }

    private static func names(
        of ids: [String], _ kind: PlacesKind, _ database: WaitDatabase, _ language: Language
    ) throws -> [String] {
        try ids.compactMap { try database.place(kind, id: $0)?.name.shown(language) }
    }

    /// Nil where the record knows no such place, or not where it is; of several that `text` may mean it is the first.
    init?(_ text: String, _ database: WaitDatabase, _ language: Language) throws {
        if let point = PlaceParameters.near.read(text.filter { $0 != " " }) {
            (name, self.point, isMiddle, isPoint) = (text, point, false, true)
            return
        }
        let places: [PlaceRecord]
        let district = try database.districts(named: text).first
        if let code = try database.hospitals(named: text).first {
            places = try [database.place(.hospitals, id: code)].compactMap { $0 }
            name = places.first?.name.shown(language) ?? text
        } else if let district {
            // No middle of a district is published: the middle of its hospitals and clinics stands for it.
            places = try (database.places(.hospitals) + database.places(.clinics)).filter {
                $0.district.known == district.known
            }
            name = district.shown(language)
        } else if let id = try database.clinics(named: text).first {
            places = try [database.place(.clinics, id: id)].compactMap { $0 }
            name = places.first?.name.shown(language) ?? text
        } else {
            return nil
        }
        let latitudes = places.compactMap(\.latitude)
        let longitudes = places.compactMap(\.longitude)
        guard !latitudes.isEmpty, !longitudes.isEmpty,
            let middle = GeoPoint(
                latitude: latitudes.reduce(0, +) / Double(latitudes.count),
                longitude: longitudes.reduce(0, +) / Double(longitudes.count))
        else { return nil }
        (point, isMiddle, isPoint) = (middle, places.count > 1, false)
    }
}
