import Foundation
import GRDB
package import WaitCore

/// One thing that is not as the payloads say.
package struct Finding: Hashable, Sendable {
    /// The table with the row in question.
    package let table: String
    /// Which row, for people: `attempt 12`, `QMH 2026-01-20T04:30:00+08:00`.
    package let row: String
    /// One sentence.
    package let problem: String
}

/// What `verify` went through and what it found.
package struct VerifyReport: Sendable {
    package var payloads = 0
    package var captures = 0
    package var readings = 0
    package var quotaRecords = 0
    package var findings: [Finding] = []
}

extension WaitDatabase {
    /// Reads every payload again and compares every table with what the payloads, and this version's lists, say.
    ///
    /// Reads only, in one consistent view of the file; about as long as reading all payloads takes.
    /// - Parameters:
    ///   - lives: the feeds' lives by the settings.
    ///   - progress: told how many of how many payloads are done.
    package func verify(
        lives: [String: Feed.Life] = Dictionary(uniqueKeysWithValues: Feed.all.map { ($0.id, $0.life) }),
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> VerifyReport {
        try access.read { db in
            let verifier = try Verifier(db)
            try verifier.checkFile()
            try verifier.checkFeeds(lives: lives)
            try verifier.checkPhrases()
            try verifier.checkAttempts()
            try verifier.checkPayloads(progress: progress)
            try verifier.checkClaims()
            try verifier.checkPlaces()
            try verifier.checkNames()
            try verifier.checkTexts()
            return verifier.report
        }
    }
}

/// Compares tables with payloads; a folder's worth of checks, a file each.
final class Verifier {
    let db: Database
    var report = VerifyReport()
    /// Rows of each table that a payload accounts for, by the capture they name.
    var claims: [String: [Int64: Int]] = [:]
    /// Names that documents hold, by capture: what `place_name` rows must be found among.
    var namesByAttempt: [Int64: Set<String>] = [:]
    /// What directories say, by capture.
    var directoryPlaces: [Int64: [PublishedPlace]] = [:]
    /// District spellings that quota documents hold, by name.
    var districtsByName: [String: Set<String>] = [:]
    /// Disagreements that a payload accounts for, by row id.
    var explainedDisagreements: Set<Int64> = []

    init(_ db: Database) throws {
        self.db = db
    }

    func found(_ table: String, _ row: String, _ problem: String) {
        report.findings.append(Finding(table: table, row: row, problem: problem))
    }

    func claim(_ table: String, attempt: Int64) {
        claims[table, default: [:]][attempt, default: 0] += 1
    }

    /// SQLite's own checks.
    func checkFile() throws {
        let answers = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
        for answer in answers where answer != "ok" { found("sqlite_schema", "the file", answer) }
        for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
            found(
                row["table"], "row \(row["rowid"] as Int64? ?? 0)",
                "It refers to a row of \(row["parent"] as String) that is not there.")
        }
    }

    func checkFeeds(lives: [String: Feed.Life]) throws {
        let expected = Feed.all.map { feed in
            let life = lives[feed.id] ?? feed.life
            return [feed.id, life.from?.sinceEpoch.description, life.to?.sinceEpoch.description, life.evidence]
        }
        let rows = try Row.fetchAll(
            db, sql: "SELECT name, CAST(life_from_minute AS TEXT), CAST(life_to_minute AS TEXT), evidence FROM feed")
        let stored = rows.map { row in (0..<4).map { row[$0] as String? } }
        for row in stored where !expected.contains(row) {
            found("feed", row[0] ?? "", "It is not as this version and its settings have it.")
        }
        let documents = Set(
            Feed.all.flatMap { feed in feed.documents.map { [feed.id, $0.url, $0.language?.rawValue] } })
        let storedDocuments = try Row.fetchAll(
            db, sql: "SELECT feed.name, url, language FROM document JOIN feed ON feed.id = feed_id")
        for row in storedDocuments {
            let document = (0..<3).map { row[$0] as String? }
            guard !documents.contains(document) else { continue }
            found(
                "document", document[1] ?? "", "This version knows no such document of the feed \(document[0] ?? "").")
        }
    }

    func checkPhrases() throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM phrase")
        while let row = try rows.next() {
            guard let kind = PhraseKind(rawValue: row["kind"]) else { continue }
            let phrase = Phrase(kind: kind, text: row["text"])
            let stored = Meaning(
                minutes: row["minutes"], lower: row["lower_minutes"], upper: row["upper_minutes"],
                qualifier: Qualifier(rawValue: row["qualifier"]) ?? .unrecognised)
            let isSpelledRight = Qualifier(rawValue: row["qualifier"]) != nil
            guard stored != phrase.meaning || !isSpelledRight else { continue }
            found(
                "phrase", "\(kind.rawValue) \"\(phrase.text)\"",
                "Its figures are not what this version reads in the text; run \"waitkeeper reparse\".")
        }
        try unused(
            "phrase", "text",
            by: ReadingTable.all.flatMap { table in table.columns.map { "SELECT \($0) FROM \(table.name)" } })
    }

    func checkAttempts() throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT seal, \(AttemptSeal.columns) FROM attempt")
        while let row = try rows.next() {
            report.captures += 1
            guard AttemptSeal.digest(of: row.dropFirst().map(\.1)) != row["seal"] as Int64 else { continue }
            found("attempt", "capture \(row["id"] as Int64)", "The row was changed after it was written.")
        }
    }

    /// Texts that no row uses are texts that were changed.
    func checkTexts() throws {
        try unused(
            "quota_text", "text", by: ["SELECT district_id FROM quota_record", "SELECT sessions_id FROM quota_record"])
    }

    private func unused(_ table: String, _ column: String, by users: [String]) throws {
        let rows = try Row.fetchAll(
            db, sql: "SELECT id, \(column) FROM \(table) WHERE id NOT IN (\(users.joined(separator: " UNION ")))")
        for row in rows { found(table, "\"\(row[1] as String)\"", "No row uses it.") }
    }
}
