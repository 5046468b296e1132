import GRDB
import WaitCore

/// Places and names against the directories, the quota documents and what ships inside the binary.
extension Verifier {
    func checkPlaces() throws {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM place") {
            guard let kind = PlaceKind(rawValue: row["kind"]) else { continue }
            let code: String = row["code"]
            if !isFactual(row, kind: kind, code: code) {
                found("place", code, "Its names, address or coordinates are not what its source says.")
            }
            if !(try isDistrictFactual(row, kind: kind, code: code)) {
                found("place", code, "Its district is not what its source says.")
            }
        }
    }

    private func isFactual(_ row: Row, kind: PlaceKind, code: String) -> Bool {
        if let attempt: Int64 = row["attempt_id"] {
            return directoryPlaces[attempt]?.contains { isEqual(row, to: $0) } ?? false
        }
        if let shipped = Self.shipped(kind).first(where: { $0.id == code }) {
            return Self.trilingual(row, "name") == shipped.name && Self.trilingual(row, "cluster") == shipped.cluster
                && Self.trilingual(row, "address") == shipped.address
                && row["latitude"] == shipped.coordinates?.latitude
                && row["longitude"] == shipped.coordinates?.longitude && row["is_emergency"] == (kind == .hospital)
                && row["coordinates_source"] == shipped.coordinatesSource
        }
        let name = Self.trilingual(row, "name")
        let known = [name.en, name.tc, name.sc].filter { !$0.isEmpty }
        return row["latitude"] == nil && row["longitude"] == nil && known.count == 1
            && code.hasPrefix(PlaceName.slug(of: known[0])) && row["is_emergency"] == (kind == .hospital)
    }

    private func isEqual(_ row: Row, to place: PublishedPlace) -> Bool {
        let source: String = row["coordinates_source"] ?? ""
        return Self.trilingual(row, "name") == place.name && Self.trilingual(row, "cluster") == place.cluster
            && Self.trilingual(row, "address") == place.address && row["latitude"] == place.coordinates.latitude
            && row["longitude"] == place.coordinates.longitude && row["kind"] == place.kind.rawValue
            && Feed.all.contains { $0.documents.contains { source.hasPrefix($0.url) } }
            && isIdentityKept(row, place)
    }

    /// A code is the shipped one, or a slug of a name the place has had; an A&E department is known of or published.
    private func isIdentityKept(_ row: Row, _ place: PublishedPlace) -> Bool {
        let shipped = Self.shipped(place.kind).first { $0.id == row["code"] }
        let isEmergency: Bool = row["is_emergency"]
        let isShippedHospital = shipped != nil && place.kind == .hospital
        let hasReadings = namesByAttempt.values.contains { $0.contains(place.name.en) }
        return isEmergency ? (isShippedHospital || place.hasEmergency == true || hasReadings) : !isShippedHospital
    }

    private func isDistrictFactual(_ row: Row, kind: PlaceKind, code: String) throws -> Bool {
        let district = Self.trilingual(row, "district")
        let spellings = try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT quota_text.text FROM quota_record r JOIN place_name ON place_name.id = r.name_id
                JOIN quota_text ON quota_text.id = r.district_id WHERE place_name.place_id = ?
                """, arguments: [row["id"] as Int64])
        guard !spellings.isEmpty else {
            return district == (Self.shipped(kind).first { $0.id == code }?.district ?? Trilingual())
        }
        return spellings.contains { spelling in
            let known = BundledPlaces.district(spelled: spelling)
            return known.map { $0 == district } ?? [district.en, district.tc, district.sc].contains(spelling)
        }
    }

    func checkNames() throws {
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT place_name.*, place.code AS code, place.latitude AS latitude, place.longitude AS longitude
                FROM place_name JOIN place ON place.id = place_name.place_id
                """)
        {
            let text: String = row["text"]
            if row["key"] != PlaceName.key(of: text) {
                found("place_name", text, "Its key is not what this version makes of the name.")
            }
            if !(try isNameFactual(row, text: text)) {
                found("place_name", text, "It does not lead to the place its source says.")
            }
        }
    }

    private func isNameFactual(_ row: Row, text: String) throws -> Bool {
        guard let kind = PlaceKind(rawValue: row["kind"]), let match = PlaceNames.Match(rawValue: row["matched_by"])
        else {
            return false
        }
        if match == .shipped {
            let shipped = Self.shipped(kind).first { $0.id == row["code"] }
            return shipped.map { [$0.name.en, $0.name.tc, $0.name.sc].contains(text) || $0.aliases.contains(text) }
                ?? false
        }
        guard let attempt: Int64 = row["attempt_id"], namesByAttempt[attempt]?.contains(text) == true else {
            return false
        }
        switch match {
        case .shipped: return true
        case .directory: return isOfDirectoryPlace(row, text: text, attempt: attempt)
        case .name: return try hasTwin(row, "place_name.key = (SELECT key FROM place_name WHERE id = ?2)")
        case .figures: return try hasTwin(row, Self.sharesFigures)
        case .unplaced: return (row["code"] as String).hasPrefix(PlaceName.slug(of: text))
        }
    }

    /// The directory record of that name lies where the place does, or shares a name's key with it.
    private func isOfDirectoryPlace(_ row: Row, text: String, attempt: Int64) -> Bool {
        let places = directoryPlaces[attempt] ?? []
        return places.contains { place in
            [place.name.en, place.name.tc, place.name.sc].contains(text)
                && (row["latitude"] == place.coordinates.latitude && row["longitude"] == place.coordinates.longitude
                    || (row["latitude"] as Double?) == nil
                    || !places.contains { other in
                        row["latitude"] == other.coordinates.latitude && row["longitude"] == other.coordinates.longitude
                    })
        }
    }

    private static let sharesFigures = """
        EXISTS (SELECT 1 FROM quota_record a JOIN quota_record b USING (period_from, period_to)
            WHERE a.name_id = ?2 AND b.name_id = place_name.id
            AND (a.monday, a.tuesday, a.wednesday, a.thursday, a.friday, a.saturday, a.sunday)
            IS (b.monday, b.tuesday, b.wednesday, b.thursday, b.friday, b.saturday, b.sunday))
        """

    private func hasTwin(_ row: Row, _ condition: String) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM place_name WHERE place_id = ?1 AND id <> ?2 AND \(condition))",
            arguments: [row["place_id"] as Int64, row["id"] as Int64]) ?? false
    }

    private static func shipped(_ kind: PlaceKind) -> [BundledPlace] {
        switch kind {
        case .hospital: BundledPlaces.hospitals
        case .clinic: BundledPlaces.clinics
        case .specialist: []
        }
    }

    private static func trilingual(_ row: Row, _ stem: String) -> Trilingual {
        Trilingual(en: row["\(stem)_en"], tc: row["\(stem)_tc"], sc: row["\(stem)_sc"])
    }
}
