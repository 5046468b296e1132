import GRDB
package import WaitCore

/// A place as the views `hospital` and `clinic` have it.
package struct PlaceRecord: Hashable, Sendable {
    /// A hospital's code, a clinic's slug.
    package let id: String
    package let name: Trilingual
    package let cluster: Trilingual
    package let district: Trilingual
    package let address: Trilingual
    package let latitude: Double?
    package let longitude: Double?
    package let coordinatesSource: String?
    /// From the point that was asked about; nil where none was.
    package var distanceKilometres: Double?

    fileprivate init(_ row: Row) throws {
        id = try row["code"]
        name = try row.trilingual("name")
        cluster = try row.trilingual("cluster")
        district = try row.trilingual("district")
        address = try row.trilingual("address")
        (latitude, longitude, coordinatesSource) = try (
            row["latitude"], row["longitude"], row["coordinates_source"]
        )
    }
}

extension Row {
    /// The columns `name_en`, `name_tc` and `name_sc` of the stem `name`.
    func trilingual(_ stem: String) throws -> Trilingual {
        try Trilingual(en: self["\(stem)_en"], tc: self["\(stem)_tc"], sc: self["\(stem)_sc"])
    }
}

/// Which places are meant; without anything all are.
package struct PlaceFilter: Hashable, Sendable {
    package var box: GeoBox?
    /// Sorts by the distance from it; places without coordinates drop out.
    package var near: GeoPoint?
    package var withinKilometres: Double?

    package init(box: GeoBox? = nil, near: GeoPoint? = nil, withinKilometres: Double? = nil) {
        (self.box, self.near, self.withinKilometres) = (box, near, withinKilometres)
    }
}

/// The kinds of places that figures are about.
package enum PlacesKind: Sendable {
    /// The A&E hospitals.
    case hospitals
    case clinics

    fileprivate var condition: String {
        switch self {
        case .hospitals: "kind = 'hospital' AND is_emergency"
        case .clinics: "kind = 'clinic'"
        }
    }

    /// Those that are listed: a hospital that too few documents name, and no directory, is found by its code alone.
    fileprivate var listed: String {
        switch self {
        case .hospitals: Views.isListedHospital
        case .clinics: condition
        }
    }
}

extension WaitDatabase {
    /// The places of a kind by code, or by distance where `filter` has a point; one pass over all of them.
    package func places(_ kind: PlacesKind, _ filter: PlaceFilter = PlaceFilter()) throws -> [PlaceRecord] {
        let all = try access.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM place WHERE \(kind.listed) ORDER BY code").map(PlaceRecord.init)
        }
        return filter.apply(to: all)
    }

    /// The place of that code; nil where there is none.
    package func place(_ kind: PlacesKind, id: String) throws -> PlaceRecord? {
        try access.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM place WHERE \(kind.condition) AND code = ?", arguments: [id])
                .map(PlaceRecord.init)
        }
    }
}

extension PlaceFilter {
    /// The places that are meant, the nearest first where there is a point.
    package func apply(to places: [PlaceRecord]) -> [PlaceRecord] {
        let inside = places.filter { place in
            guard let box else { return true }
            guard let latitude = place.latitude, let longitude = place.longitude else { return false }
            return box.contains(latitude: latitude, longitude: longitude)
        }
        guard let near else { return inside }
        return inside.compactMap { place in
            guard let latitude = place.latitude, let longitude = place.longitude else { return nil }
            var place = place
            let distance = near.kilometres(toLatitude: latitude, longitude: longitude)
            place.distanceKilometres = distance
            return distance <= withinKilometres ?? .infinity ? place : nil
        }.sorted { ($0.distanceKilometres ?? 0, $0.id) < ($1.distanceKilometres ?? 0, $1.id) }
    }
}
