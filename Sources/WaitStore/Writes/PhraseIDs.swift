package import GRDB
package import WaitCore

/// Ids of phrases, entered with their meaning when met for the first time.
package final class PhraseIDs {
    private let db: Database
    private var ids: [Phrase: Int64] = [:]
    private var unrecognised: [Phrase] = []
    private var missing: Set<Int64> = []

    package init(_ db: Database) {
        self.db = db
    }

    package func id(of phrase: Phrase) throws -> Int64 {
        if let id = ids[phrase] { return id }
        let stored = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM phrase WHERE kind = ? AND text = ?"),
            arguments: [phrase.kind.rawValue, phrase.text])
        let id = try stored ?? insert(phrase)
        ids[phrase] = id
        if phrase.meaning == .missing { missing.insert(id) }
        return id
    }

    /// Whether the id, met before, is of a figure without a text.
    func isMissing(_ id: Int64) -> Bool { missing.contains(id) }

    /// The phrases that cannot be read, entered since the last call.
    func takeUnrecognised() -> [Phrase] {
        defer { unrecognised = [] }
        return unrecognised
    }

    private func insert(_ phrase: Phrase) throws -> Int64 {
        let meaning = phrase.meaning
        if meaning.qualifier == .unrecognised { unrecognised.append(phrase) }
        try db.execute(
            sql: """
                INSERT INTO phrase (kind, text, minutes, lower_minutes, upper_minutes, qualifier) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                phrase.kind.rawValue, phrase.text, meaning.minutes, meaning.lower, meaning.upper,
                meaning.qualifier.rawValue,
            ])
        return db.lastInsertedRowID
    }
}
