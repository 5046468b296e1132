import GRDB
import WaitCore

/// Which place a published name means (docs/design.md, "Identity and place").
final class PlaceNames {
    /// How a name came to mean its place; column `matched_by`.
    enum Match: String, CaseIterable {
        /// It ships with the binary.
        case shipped
        /// A directory publishes it.
        case directory
        /// It equals a shipped code, or a known name but for suffix, case, width, blanks and punctuation.
        case name
        /// The same quotas stand under a known name in another language.
        case figures
        /// It was not known before: a place of its own, without coordinates.
        case unplaced
    }

    struct Known {
        let nameID: Int64
        let placeID: Int64
    }

    private let db: Database
    private var known: [PlaceKind: [String: Known]] = [:]
    private var unplaced: [String] = []
    private var entered = 0
    private var emergencies: Set<Int64> = []

    init(_ db: Database) {
        self.db = db
    }

    /// The place that `text` is known to mean, nil where it was never met.
    func find(_ text: String, kind: PlaceKind) throws -> Known? {
        if let known = known[kind]?[text] { return known }
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT id, place_id FROM place_name WHERE kind = ? AND text = ?"),
            arguments: [kind.rawValue, text])
        guard let row else { return nil }
        return remember(text, kind: kind, try Known(nameID: row["id"], placeID: row["place_id"]))
    }

    /// The place that `text` means: as known, else the shipped place whose code it is, else by its key where exactly one place
    /// has it, else a new place.
    /// - Parameter taken: places that its key cannot mean, because the document has them already.
    func resolve(
        _ text: String, kind: PlaceKind, language: Language?, attempt: Int64, besides taken: Set<Int64> = []
    ) throws -> Known {
        if let known = try find(text, kind: kind) { return known }
        let (place, match) =
            try (byCode(text, kind: kind) ?? byKey(text, kind: kind))
            .flatMap { taken.contains($0) ? nil : ($0, Match.name) }
            ?? (try insertUnplaced(text, kind: kind, language: language), .unplaced)
        return try add(text, of: place, kind: kind, matchedBy: match, attempt: attempt)
    }

    /// Enters `text` as a name of the place.
    func add(_ text: String, of place: Int64, kind: PlaceKind, matchedBy: Match, attempt: Int64?) throws -> Known {
        try enter(text, of: place, kind: kind, matchedBy: matchedBy, attempt: attempt)
        return remember(text, kind: kind, Known(nameID: db.lastInsertedRowID, placeID: place))
    }

    /// Enters `text` as a name of the place, unless it is there already, and counts it.
    func enter(_ text: String, of place: Int64, kind: PlaceKind, matchedBy: Match, attempt: Int64?) throws {
        try Self.insert(db, text, of: place, kind: kind, matchedBy: matchedBy, attempt: attempt)
        entered += db.changesCount
    }

    /// Marks the place as an A&E hospital, which a directory may not have said, once so many documents have its waits.
    func markEmergency(_ place: Int64, in table: ReadingTable) throws {
        guard !emergencies.contains(place) else { return }
        try db.cachedStatement(
            sql: """
                UPDATE place SET is_emergency = 1 WHERE id = ? AND NOT is_emergency AND \(HospitalLives.counts(in: table))
                """
        ).execute(arguments: [place])
        let isMarked = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT is_emergency FROM place WHERE id = ?"), arguments: [place])
        if isMarked == true { emergencies.insert(place) }
    }

    /// Forgets what was remembered, after names were given to other places.
    func forget() {
        known = [:]
        emergencies = []
    }

    /// Recomputes the key of every name by this version's rule.
    static func remakeKeys(_ db: Database) throws {
        for row in try Row.fetchAll(db, sql: "SELECT id, text, key FROM place_name") {
            let key = PlaceName.key(of: try row["text"])
            guard try row["key"] != key else { continue }
            try db.execute(sql: "UPDATE place_name SET key = ? WHERE id = ?", arguments: [key, try row["id"] as Int64])
        }
    }

    /// Names of places entered by name only since the last call.
    func takeUnplaced() -> [String] {
        defer { unplaced = [] }
        return unplaced
    }

    /// How many names were entered since the last call.
    func takeEntered() -> Int {
        defer { entered = 0 }
        return entered
    }

    /// Enters a name unless it is there already.
    static func insert(
        _ db: Database, _ text: String, of place: Int64, kind: PlaceKind, matchedBy: Match, attempt: Int64?
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO place_name (kind, text, key, place_id, matched_by, attempt_id) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [kind.rawValue, text, PlaceName.key(of: text), place, matchedBy.rawValue, attempt])
    }

    private func remember(_ text: String, kind: PlaceKind, _ found: Known) -> Known {
        known[kind, default: [:]][text] = found
        return found
    }

    /// The shipped place that has `text` for its code, whatever the case.
    private func byCode(_ text: String, kind: PlaceKind) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT id FROM place WHERE kind = ? AND code = ? COLLATE NOCASE AND EXISTS
                        (SELECT 1 FROM place_name WHERE place_id = place.id AND matched_by = 'shipped') ORDER BY id LIMIT 1
                    """), arguments: [kind.rawValue, PlaceName.code(of: text)])
    }

    /// The one place that has the key; a name without letters or digits has none.
    private func byKey(_ text: String, kind: PlaceKind) throws -> Int64? {
        let key = PlaceName.key(of: text)
        guard !key.isEmpty else { return nil }
        let places = try Int64.fetchAll(
            db, sql: "SELECT DISTINCT place_id FROM place_name WHERE kind = ? AND key = ? LIMIT 2",
            arguments: [kind.rawValue, key])
        return places.count == 1 ? places.first : nil
    }

    private func insertUnplaced(_ text: String, kind: PlaceKind, language: Language?) throws -> Int64 {
        unplaced.append(text)
        return try PlaceRow.insert(
            db,
            PlaceRow(
                kind: kind, code: PlaceName.slug(of: text), isEmergency: kind == .hospital,
                name: Trilingual(text, in: language)))
    }
}
