import GRDB
import WaitCore

extension WaitDatabase {
    /// Codes of the hospitals that `text` names: a code, else a name in any language, else the beginning of one.
    package func hospitals(named text: String) throws -> [String] {
        try access.read { db in
            let byCode = try String.fetchAll(
                db, sql: "SELECT code FROM place WHERE kind = 'hospital' AND is_emergency AND code = ? COLLATE NOCASE",
                arguments: [text])
            guard byCode.isEmpty else { return byCode }
            let key = PlaceName.key(of: text)
            guard !key.isEmpty else { return [] }
            let byName = try Self.codes(
                where: "place_name.text = ? COLLATE NOCASE OR place_name.key = ?", [text, key], db)
            guard byName.isEmpty else { return byName }
            return try Self.codes(where: "substr(place_name.key, 1, length(?1)) = ?1", [key], db)
        }
    }

    private static func codes(where condition: String, _ arguments: StatementArguments, _ db: Database) throws
        -> [String]
    {
        try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT place.code FROM place JOIN place_name ON place_name.place_id = place.id
                WHERE place.kind = 'hospital' AND place.is_emergency AND (\(condition)) ORDER BY place.code
                """, arguments: arguments)
    }
}
