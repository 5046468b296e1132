import Foundation
import GRDB
import WaitCore

/// Keeps the places that ship inside the binary in the record: enters those that are new, and corrects those of which no
/// directory has spoken since.
enum ShippedPlaces {
    /// What ships with this version: SHA-256, in hexadecimal digits.
    static let digest: String = {
        var hash = SHA256()
        for file in BundledPlaces.files { hash.update(data: Data(file)) }
        return Data(hash.finalize()).hexText
    }()

    /// Hospitals come first, so that in a new record their ids are the smallest.
    static func refresh(_ db: Database) throws {
        let isNew = try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM place)") ?? false
        try CaptureWriter.writing(db) { writer in
            for kind in [PlaceKind.hospital, .clinic] {
                for place in BundledPlaces.of(kind) {
                    let shipped = ShippedPlace(place, kind: kind, writer)
                    let id = try shipped.enter()
                    if !isNew { try shipped.takeIn(id) }
                }
            }
        }
        guard !isNew else { return }
        try keepFormerNames(db)
        try refreshDistricts(db)
    }

    /// A name that an earlier version shipped goes on meaning what it meant.
    private static func keepFormerNames(_ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT place_name.kind, text, code FROM place_name JOIN place ON place.id = place_id
                WHERE matched_by = 'shipped'
                """)
        for row in rows {
            guard let kind = PlaceKind(rawValue: try row["kind"]) else { continue }
            let (text, code): (String, String) = (try row["text"], try row["code"])
            guard BundledPlaces.place(of: kind, code: code)?.names.contains(text) != true else { continue }
            try Upkeep.set(.sameName, subject: text, code, db)
        }
    }

    /// Spellings of districts that this version knows and an earlier one did not, or knew otherwise.
    private static func refreshDistricts(_ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT place_id, quota_text.text AS district, language FROM quota_record
                JOIN place_name ON place_name.id = name_id JOIN quota_text ON quota_text.id = district_id
                """)
        for row in rows {
            guard let language = Language(rawValue: try row["language"]) else { continue }
            try ClinicDistrict.set(try row["district"], language: language, of: try row["place_id"], db)
        }
    }
}

/// One shipped place beside what the record has of it.
private struct ShippedPlace {
    private let place: BundledPlace
    private let kind: PlaceKind
    private let writer: CaptureWriter
    private var db: Database { writer.db }

    init(_ place: BundledPlace, kind: PlaceKind, _ writer: CaptureWriter) {
        self.place = place
        self.kind = kind
        self.writer = writer
    }

    /// Enters or corrects the place and its names; returns its id.
    func enter() throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM place WHERE kind = ? AND code = ?"),
            arguments: [kind.rawValue, place.id])
        if let known { try correct(known) }
        let id = try known ?? PlaceRow.insert(db, row)
        for name in place.names {
            try PlaceNames.insert(db, name, of: id, kind: kind, matchedBy: .shipped, attempt: nil)
        }
        return id
    }

    /// Makes one of the place and those that are the same.
    func takeIn(_ id: Int64) throws {
        for other in try others(of: id) { _ = try PlaceMerge(writer).merge(other, into: id, because: .declared) }
    }

    private var row: PlaceRow {
        PlaceRow(
            kind: kind, code: place.id, isEmergency: kind == .hospital, name: place.name, cluster: place.cluster,
            district: place.district, address: place.address, coordinates: place.coordinates,
            coordinatesSource: place.coordinatesSource)
    }

    /// A directory's facts stay; a hospital's district stands in no feed.
    private func correct(_ id: Int64) throws {
        try db.execute(
            sql: """
                UPDATE place SET name_en = ?2, name_tc = ?3, name_sc = ?4, cluster_en = ?5, cluster_tc = ?6, cluster_sc = ?7,
                    address_en = ?8, address_tc = ?9, address_sc = ?10, latitude = ?11, longitude = ?12,
                    coordinates_source = ?13
                WHERE id = ?1 AND attempt_id IS NULL AND
                    (name_en, name_tc, name_sc, cluster_en, cluster_tc, cluster_sc, address_en, address_tc, address_sc,
                     latitude, longitude, coordinates_source)
                    IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                """,
            arguments: [
                id, place.name.en, place.name.tc, place.name.sc, place.cluster.en, place.cluster.tc, place.cluster.sc,
                place.address.en, place.address.tc, place.address.sc, place.coordinates?.latitude,
                place.coordinates?.longitude, place.coordinatesSource,
            ])
        guard kind == .hospital else { return }
        try db.execute(
            sql: """
                UPDATE place SET district_en = ?2, district_tc = ?3, district_sc = ?4, is_emergency = 1
                WHERE id = ?1 AND (district_en, district_tc, district_sc, is_emergency) IS NOT (?2, ?3, ?4, 1)
                """, arguments: [id, place.district.en, place.district.tc, place.district.sc])
    }

    /// Places that are this one under a name that ships now, is the same but for case and punctuation, or is its code.
    private func others(of id: Int64) throws -> [Int64] {
        let keys = Set(place.names.map(PlaceName.key)).subtracting([""])
        let asked = keys.union([PlaceName.key(of: place.id)]).sorted()
        let marks = Array(repeating: "?", count: asked.count).joined(separator: ", ")
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT place_id, code, text, key FROM place_name JOIN place ON place.id = place_id
                WHERE place_name.kind = ? AND place_id <> ? AND key IN (\(marks))
                """,
            arguments: StatementArguments(
                [kind.rawValue.databaseValue, id.databaseValue] + asked.map(\.databaseValue)))
        let same = try rows.filter { row in
            let (text, key): (String, String) = (try row["text"], try row["key"])
            let code: String = try row["code"]
            let isCode = PlaceName.code(of: text).lowercased() == place.id.lowercased()
            return (keys.contains(key) || isCode) && BundledPlaces.place(of: kind, code: code) == nil
        }
        return Set(try same.map { try $0["place_id"] as Int64 }).sorted()
    }
}

extension BundledPlace {
    /// Its name in three languages and what else it is or was called.
    var names: [String] { [name.en, name.tc, name.sc] + aliases }
}
