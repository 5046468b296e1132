import GRDB
import WaitCore

/// A row of `place`.
struct PlaceRow {
    var kind: PlaceKind
    var code: String
    var isEmergency = false
    var name: Trilingual
    var cluster = Trilingual()
    var district = Trilingual()
    var address = Trilingual()
    var coordinates: Coordinates?
    var coordinatesSource: String?
    var attemptID: Int64?

    /// Enters the place and returns its id; a code that another place has, whatever its case, gets a number behind it.
    static func insert(_ db: Database, _ place: PlaceRow) throws -> Int64 {
        let code = try freeCode(place, db)
        try db.cachedStatement(
            sql: """
                INSERT INTO place (kind, code, is_emergency, name_en, name_tc, name_sc, cluster_en, cluster_tc, cluster_sc,
                    district_en, district_tc, district_sc, address_en, address_tc, address_sc, latitude, longitude,
                    coordinates_source, attempt_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                place.kind.rawValue, code, place.isEmergency, place.name.en, place.name.tc, place.name.sc,
                place.cluster.en, place.cluster.tc, place.cluster.sc, place.district.en, place.district.tc,
                place.district.sc, place.address.en, place.address.tc, place.address.sc, place.coordinates?.latitude,
                place.coordinates?.longitude, place.coordinatesSource, place.attemptID,
            ])
        return db.lastInsertedRowID
    }

    private static func freeCode(_ place: PlaceRow, _ db: Database) throws -> String {
        var code = place.code
        var number = 2
        while try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM place WHERE kind = ? AND code = ? COLLATE NOCASE)"),
            arguments: [place.kind.rawValue, code]) == true
        {
            code = "\(place.code)-\(number)"
            number += 1
        }
        return code
    }
}
