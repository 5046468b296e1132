import GRDB
import WaitCore

/// Enters the places that ship inside the binary, hospitals first so that their ids are the smallest.
enum ShippedPlaces {
    static func insert(_ db: Database) throws {
        for place in BundledPlaces.hospitals { try insert(place, kind: .hospital, db) }
        for place in BundledPlaces.clinics { try insert(place, kind: .clinic, db) }
    }

    private static func insert(_ place: BundledPlace, kind: PlaceKind, _ db: Database) throws {
        let id = try PlaceRow.insert(
            db,
            PlaceRow(
                kind: kind, code: place.id, isEmergency: kind == .hospital, name: place.name, cluster: place.cluster,
                district: place.district, address: place.address, coordinates: place.coordinates,
                coordinatesSource: place.coordinatesSource))
        let names = [place.name.en, place.name.tc, place.name.sc] + place.aliases
        for name in names {
            try PlaceNames.insert(db, name, of: id, kind: kind, matchedBy: .shipped, attempt: nil)
        }
    }
}
