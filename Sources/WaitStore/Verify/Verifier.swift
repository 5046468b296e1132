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
    ///   - lives: the feeds' lives by the settings; by default those of this version.
    ///   - progress: told how many of how many payloads are done.
    package func verify(
        lives: [String: Feed.Life] = [:],
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> VerifyReport {
        try access.read { db in
            let verifier = try Verifier(catalogue, db)
            try verifier.checking("sqlite_schema", verifier.checkFile)
            try verifier.checking("sqlite_schema", verifier.checkViews)
            try verifier.checking("feed") { try verifier.checkFeeds(lives: lives) }
            try verifier.checking("phrase", verifier.checkPhrases)
            try verifier.checking("attempt", verifier.checkAttempts)
            try verifier.checking("archive_version", verifier.checkArchive)
            try verifier.checking("upkeep", verifier.checkUpkeep)
            try verifier.checking("incident_row", verifier.checkIncidents)
            try verifier.checking("payload") { try verifier.checkPayloads(progress: progress) }
            try verifier.checking("attempt", verifier.checkClaims)
            try verifier.checking("place", verifier.checkPlaces)
            try verifier.checking("place_name", verifier.checkNames)
            try verifier.checking("quota_text", verifier.checkTexts)
            try verifier.checking("packed_day", verifier.checkDerived)
            for dataset in catalogue.datasets {
                let table = TableVerifier(dataset, db, found: verifier.found)
                try verifier.checking(DatasetTable(dataset).rows, table.run)
            }
            return verifier.report
        }
    }
}

/// Compares tables with payloads; a folder's worth of checks, a file each.
final class Verifier {
    let db: Database
    let catalogue: Catalogue
    var report = VerifyReport()
    /// Rows of each table that a payload accounts for, by the capture they name.
    var claims: [String: [Int64: Int]] = [:]
    /// Captures that rows of `place` and `place_name` name: what their documents say is kept until the end.
    let sources: Set<Int64>
    /// What those documents say of places.
    var sourceDocuments: [Int64: SourceDocument] = [:]
    /// Names that waits are published under.
    var waitNames: Set<String> = []
    /// Names that directories list, and those that a directory says have an A&E department.
    var directoryNames: [PlaceKind: Set<String>] = [:]
    var emergencyNames: [PlaceKind: Set<String>] = [:]
    /// District spellings that quota documents hold, by clinic's name.
    var districtsByName: [String: Set<DistrictSpelling>] = [:]
    /// Phrases, and districts and sessions, that documents hold.
    var phrases: Set<Phrase> = []
    var quotaTexts: Set<String> = []
    /// Captures that rows of `drift` name, and what their documents say.
    let drifters: Set<Int64>
    var drift: [Int64: Set<Drift>] = [:]
    /// Disagreements that a payload accounts for, by row id.
    var explainedDisagreements: Set<Int64> = []
    /// Whether this version entered what it ships, and made the keys of names: else another version's rules hold.
    let hasShippedPlaces: Bool
    let hasNameKeys: Bool
    /// Names that are declared to be a hospital's.
    let sameNames: Set<String>

    init(_ catalogue: Catalogue, _ db: Database) throws {
        (self.catalogue, self.db) = (catalogue, db)
        drifters = try Int64.fetchSet(db, sql: "SELECT attempt_id FROM drift")
        hasShippedPlaces = try Upkeep.state(of: .shippedPlaces, db) == ShippedPlaces.digest
        hasNameKeys = try Upkeep.state(of: .nameKeys, db) == "\(PlaceName.keyRule)"
        sameNames = try Upkeep.sameNames(db)
        sources = try Int64.fetchSet(
            db, sql: "SELECT attempt_id FROM place UNION SELECT attempt_id FROM place_name EXCEPT SELECT NULL")
    }

    func found(_ table: String, _ row: String, _ problem: String) {
        report.findings.append(Finding(table: table, row: row, problem: problem))
    }

    /// Accounts for a row by the capture it names; a capture that is a duplicate brought none.
    func claim(_ table: String, _ attempt: VerifiedAttempt) {
        guard attempt.outcome != .duplicate else { return }
        claims[table, default: [:]][attempt.id, default: 0] += 1
    }

    /// Makes a check that meets damaged cells or pages before its end a finding, and lets the others go on.
    func checking(_ table: String, row: String = "a row", _ check: () throws -> Void) throws {
        do {
            try check()
        } catch  where StoreError.isDamage(error) {
            found(table, row, "It is damaged (\(StoreError.cause(of: error))); what follows it was not checked.")
        }
    }

    /// SQLite's own checks.
    func checkFile() throws {
        let answers = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
        for answer in answers where answer != "ok" { found("sqlite_schema", "the file", answer.onOneLine) }
        for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
            found(
                try row["table"], "row \(try row["rowid"] as Int64? ?? 0)",
                "It refers to a row of \(try row["parent"] as String) that is not there.")
        }
    }

    func checkPhrases() throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM phrase")
        while let row = try rows.next() {
            guard let kind = try PhraseKind(rawValue: row["kind"]) else { continue }
            let phrase = Phrase(kind: kind, text: try row["text"])
            let qualifier = try Qualifier(rawValue: row["qualifier"])
            let stored = try ParsedWait(
                minutes: row["minutes"], lower: row["lower_minutes"], upper: row["upper_minutes"],
                qualifier: qualifier ?? .unrecognised)
            let isSpelledRight = qualifier != nil
            guard stored != phrase.meaning || !isSpelledRight else { continue }
            found(
                "phrase", "\(kind.rawValue) \"\(phrase.text)\"",
                "Its figures are not what this version reads in the text; run \"waitkeeper reparse\".")
        }
    }

    /// Seals against rows; ids are given without gaps and rows are never deleted.
    func checkAttempts() throws {
        let refusals = try Set(Int64.fetchAll(db, sql: "SELECT attempt_id FROM fault WHERE payload_id IS NULL"))
        let rows = try Row.fetchCursor(db, sql: "SELECT seal, \(AttemptRow.columns) FROM attempt ORDER BY id")
        while let row = try rows.next() {
            report.captures += 1
            let id: Int64 = try row["id"]
            let refusal = refusals.contains(id) ? try AttemptRow.refusal(of: id, db) : []
            guard !RowChecksum.holds(row, and: refusal) else { continue }
            found("attempt", "capture \(id)", "The row was changed after it was written.")
            if !refusal.isEmpty {
                found("fault", "capture \(id)", "It, or its capture, was changed after it was written.")
            }
        }
        let last = try Int.fetchOne(db, sql: "SELECT max(id) FROM attempt") ?? 0
        if last != report.captures {
            found("attempt", "captures 1 to \(last)", "There are \(report.captures): others were deleted.")
        }
    }

    /// No document accounts for these rows: each carries its own proof.
    func checkUpkeep() throws {
        for row in try Row.fetchAll(db, sql: "SELECT seal, matter, subject, state FROM upkeep") {
            let (matter, subject): (String, String) = (try row["matter"], try row["subject"])
            let isKnown = Upkeep.Matter(rawValue: matter) != nil
            guard try !isKnown || RowChecksum.digest(of: row.dropFirst().map(\.1)) != row["seal"] as Int64 else {
                continue
            }
            found(
                "upkeep", "\(matter) \(subject)",
                "The row was changed after it was written.")
        }
    }

    /// Texts are those of the documents, each and no other.
    func checkTexts() throws {
        let storedPhrases = try Row.fetchAll(db, sql: "SELECT kind, text FROM phrase").compactMap { row in
            try PhraseKind(rawValue: row["kind"]).map { Phrase(kind: $0, text: try row["text"]) }
        }
        compare(
            "phrase", Set(storedPhrases.map { "\($0.kind.rawValue) \"\($0.text)\"" }),
            with: Set(phrases.map { "\($0.kind.rawValue) \"\($0.text)\"" }))
        compare("quota_text", try String.fetchSet(db, sql: "SELECT text FROM quota_text"), with: quotaTexts)
    }

    private func compare(_ table: String, _ stored: Set<String>, with published: Set<String>) {
        for text in stored.subtracting(published).sorted() { found(table, text, "No document holds it.") }
        for text in published.subtracting(stored).sorted() {
            found(table, text, "A document holds it, but the table does not.")
        }
    }
}

/// What a document says of places, by the capture that brought it.
struct SourceDocument {
    let attempt: VerifiedAttempt
    /// Names in it.
    let names: Set<String>
    /// The directory's places; empty where it is not a directory.
    let places: [PublishedPlace]
}

/// A clinic's district as a quota document spells it.
struct DistrictSpelling: Hashable {
    let text: String
    let language: Language
}
