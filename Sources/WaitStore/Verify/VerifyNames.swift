import GRDB
import WaitCore

/// Names of places against the documents that publish them.
extension Verifier {
    func checkNames() throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT place_name.*, place.code AS code, place.kind AS place_kind, place.attempt_id AS place_attempt_id,
                    place.latitude AS latitude, place.longitude AS longitude
                FROM place_name JOIN place ON place.id = place_name.place_id
                """)
        let namesByPlace = try Dictionary(grouping: rows) { try $0["place_id"] as Int64 }.mapValues { rows in
            try Set(rows.map { try $0["text"] as String })
        }
        for row in rows {
            let text: String = try row["text"]
            if hasNameKeys, try row["key"] != PlaceName.key(of: text) {
                found("place_name", text, "Its key is not what this version makes of the name.")
            }
            let others = try (namesByPlace[row["place_id"]] ?? []).subtracting([text])
            if !(try isNameFactual(row, text: text, others: others)) {
                found("place_name", text, "It does not lead to the place its source says.")
            }
        }
        for (kind, names) in directoryNames {
            let stored = try String.fetchSet(
                db, sql: "SELECT text FROM place_name WHERE kind = ?", arguments: [kind.rawValue])
            for name in names.subtracting(stored).sorted() {
                found("place_name", name, "A directory lists it, and the table does not have it.")
            }
        }
    }

    /// - Parameter others: the place's other names.
    private func isNameFactual(_ row: Row, text: String, others: Set<String>) throws -> Bool {
        guard let kind = try PlaceKind(rawValue: row["kind"]), try row["place_kind"] == kind.rawValue,
            let match = try PlaceNames.Match(rawValue: row["matched_by"])
        else { return false }
        guard let attempt: Int64 = try row["attempt_id"] else {
            return try match == .shipped && isShipped(row, text, kind)
        }
        guard let document = sourceDocuments[attempt], document.attempt.outcome != .duplicate,
            document.names.contains(text), (match == .directory) == !document.places.isEmpty
        else { return false }
        switch match {
        case .shipped: return false
        case .directory: return try isOfListedPlace(row, text: text, document: document, others: others)
        case .name: return isLikeAnother(text, code: try row["code"], others: others)
        case .figures: return try sharesFigures(row)
        case .unplaced: return PlaceName.isSlug(try row["code"], of: text)
        }
    }

    private func isLikeAnother(_ text: String, code: String, others: Set<String>) -> Bool {
        let key = PlaceName.key(of: text)
        return PlaceName.code(of: text).lowercased() == code.lowercased()
            || key != "" && others.contains { PlaceName.key(of: $0) == key }
    }

    /// What another version shipped is its own affair; a declared name is sealed.
    private func isShipped(_ row: Row, _ text: String, _ kind: PlaceKind) throws -> Bool {
        guard hasShippedPlaces, !sameNames.contains(text) else { return true }
        return try BundledPlaces.place(of: kind, code: row["code"])?.names.contains(text) ?? false
    }

    /// A directory lists the name where the place is, or with another name of the place.
    private func isOfListedPlace(
        _ row: Row, text: String, document: SourceDocument, others: Set<String>
    ) throws -> Bool {
        let current = try (row["place_attempt_id"] as Int64?).flatMap { sourceDocuments[$0] }?.places ?? []
        let otherKeys = Set(others.map(PlaceName.key)).subtracting([""])
        let isBesideOther = document.places.contains { place in
            place.names.contains(text)
                && place.names.contains {
                    $0 != text && others.contains($0) || otherKeys.contains(PlaceName.key(of: $0))
                }
        }
        return try isBesideOther
            || (document.places + current).contains { place in
                try place.names.contains(text) && row["latitude"] as Double? == place.coordinates?.latitude
                    && row["longitude"] as Double? == place.coordinates?.longitude
            }
    }

    /// The same quotas stand under another name of the place.
    private func sharesFigures(_ row: Row) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM quota_record a JOIN quota_record b USING (period_from, period_to)
                    JOIN place_name other ON other.id = b.name_id
                    WHERE a.name_id = ?1 AND other.place_id = ?2 AND other.id <> ?1
                    AND (a.monday, a.tuesday, a.wednesday, a.thursday, a.friday, a.saturday, a.sunday)
                    IS (b.monday, b.tuesday, b.wednesday, b.thursday, b.friday, b.saturday, b.sunday))
                """, arguments: [try row["id"] as Int64, try row["place_id"] as Int64]) ?? false
    }
}
