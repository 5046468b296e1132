import GRDB
package import WaitCore

extension WaitDatabase {
    /// Codes of the hospitals that `text` names: a code, else a name in any language, else the beginning of one, else a part.
    /// - Parameter byAddress: else a part of an address: not where a district may be meant.
    package func hospitals(named text: String, byAddress: Bool = false) throws -> [String] {
        let hasReadings = ReadingTable.all.map { "EXISTS (SELECT 1 FROM \($0.name) WHERE hospital_id = place.id)" }
        let publishes = (["place.is_emergency"] + hasReadings).joined(separator: " OR ")
        return try codes(of: "place.kind = 'hospital' AND (\(publishes))", named: text, byAddress: byAddress)
    }

    /// Ids of the clinics that `text` names: an id, else a name in any language, else the beginning of one, else a part.
    /// - Parameter byAddress: else a part of an address.
    package func clinics(named text: String, byAddress: Bool = false) throws -> [String] {
        try codes(of: "place.kind = 'clinic'", named: text, byAddress: byAddress)
    }

    /// Districts that `text` names: a name in any language or a feed's spelling, else the beginning of one.
    ///
    /// The 18 are known, also where the record has no clinic there; what else the record's clinics say comes on top.
    package func districts(named text: String) throws -> [Trilingual] {
        let key = PlaceName.key(of: text)
        guard !key.isEmpty else { return [] }
        let shipped = BundledPlaces.districts.map { ($0.name, [$0.id] + $0.spellings) }
        let published = try publishedDistricts().map { ($0, [String]()) }
        let districts = (shipped + published).map { name, spellings in
            (name: name, keys: (spellings + [name.en, name.tc, name.sc]).map(PlaceName.key))
        }
        let exact = districts.filter { $0.keys.contains(key) }
        let found = exact.isEmpty ? districts.filter { $0.keys.contains { $0.hasPrefix(key) } } : exact
        return found.map(\.name).reduce(into: []) { names, name in
            if !names.contains(where: { $0.known == name.known }) { names.append(name) }
        }
    }

    private func publishedDistricts() throws -> [Trilingual] {
        try access.read { db in
            try Row.fetchAll(
                db, sql: "SELECT DISTINCT district_en, district_tc, district_sc FROM place WHERE kind = 'clinic'"
            ).map { try $0.trilingual("district") }
        }
    }

    /// A code in its exact case comes before one that is the same but for case, and of those a shipped place's.
    private func codes(of kind: String, named text: String, byAddress: Bool) throws -> [String] {
        try access.read { db in
            let byCode = try String.fetchOne(
                db,
                sql: """
                    SELECT code FROM place WHERE \(kind) AND code = ?1 COLLATE NOCASE
                    ORDER BY code <> ?1, NOT EXISTS (SELECT 1 FROM place_name
                        WHERE place_id = place.id AND matched_by = 'shipped'), id LIMIT 1
                    """, arguments: [PlaceName.code(of: text)])
            if let byCode { return [byCode] }
            let key = PlaceName.key(of: text)
            guard !key.isEmpty else { return [] }
            let byName = try Self.codes(
                of: kind, where: "place_name.text = ? COLLATE NOCASE OR place_name.key = ?", [text, key], db)
            guard byName.isEmpty else { return byName }
            let byBeginning = try Self.codes(
                of: kind, where: "substr(place_name.key, 1, length(?1)) = ?1", [key], db)
            guard byBeginning.isEmpty, key.utf8.count >= 3 else { return byBeginning }
            let byPart = try Self.codes(of: kind, where: "instr(place_name.key, ?1) > 0", [key], db)
            return try byPart.isEmpty && byAddress ? Self.codes(of: kind, atAddress: key, db) : byPart
        }
    }

    /// Places whose address names `key`, in any language: St John Hospital is known as Cheung Chau's.
    private static func codes(of kind: String, atAddress key: String, _ db: Database) throws -> [String] {
        guard key.utf8.count >= 6 else { return [] }
        let rows = try Row.fetchAll(
            db, sql: "SELECT code, address_en, address_tc, address_sc FROM place WHERE \(kind) ORDER BY code")
        return try rows.filter { row in
            let address = try row.trilingual("address")
            return Language.allCases.contains { PlaceName.key(of: address[$0]).contains(key) }
        }.map { try $0["code"] }
    }

    /// The hospital that `text`, which names none, is most like; nil where none is near.
    package func hospital(nearTo text: String) throws -> (code: String, name: String)? {
        try place(of: "place.kind = 'hospital' AND place.is_emergency", nearTo: text)
    }

    /// The clinic that `text`, which names none, is most like; nil where none is near.
    package func clinic(nearTo text: String) throws -> (code: String, name: String)? {
        try place(of: "place.kind = 'clinic'", nearTo: text)
    }

    private func place(of kind: String, nearTo text: String) throws -> (code: String, name: String)? {
        let names = try access.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT place.code AS code, ifnull(place.name_en, place_name.text) AS name, place_name.key AS key
                    FROM place JOIN place_name ON place_name.place_id = place.id WHERE \(kind) ORDER BY place.id, place_name.key
                    """
            ).map { (code: try $0["code"] as String, name: try $0["name"] as String, key: try $0["key"] as String) }
        }
        let meant =
            Suggestion.nearest(to: PlaceName.key(of: text), among: names.map(\.key))
            ?? Suggestion.nearest(to: text, among: names.map(\.code))
        return names.first { $0.key == meant || $0.code == meant }.map { (code: $0.code, name: $0.name) }
    }

    private static func codes(
        of kind: String, where condition: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT place.code FROM place JOIN place_name ON place_name.place_id = place.id
                WHERE \(kind) AND (\(condition)) ORDER BY place.code
                """, arguments: arguments)
    }
}
