import Foundation
import GRDB
import WaitCore

/// What `reparse` mended.
package struct ReparseReport: Sendable {
    /// Payloads with something unread in them.
    package var payloads = 0
    /// Of these, how many are read whole now.
    package var readNow = 0
    /// Rows that came in by it.
    package var added = 0
    /// Phrases whose figures are read otherwise now.
    package var phrases = 0
    /// Packed days that were not what the readings say.
    package var packedDays = 0
    /// Tables of datasets that were not what the payloads say.
    package var tables = 0
    /// Faults that remain.
    package var faultsLeft = 0
}

extension WaitDatabase {
    /// Reads again what an earlier version could not read: quarantined payloads and records, and phrases.
    ///
    /// Each payload is a transaction of its own, so that a killed `reparse` is simply run again.
    /// - Throws: `StoreError` at the end, where the bytes of a payload are damaged; GRDB's `DatabaseError`.
    package func reparse(progress: (Int, Int) -> Void = { _, _ in }) throws -> ReparseReport {
        var report = ReparseReport()
        report.phrases = try write(mendPhrases)
        // Looked for by a reader: that takes as long as reading all readings, and nothing waits for it.
        if try !access.read(PackedDays.differences).isEmpty { report.packedDays = try write(PackedDays.mend) }
        let payloads = try access.read { db in
            try Int64.fetchAll(
                db,
                // Of datasets all: another reader may read what the one before did not, and the other way round.
                sql: """
                    SELECT payload_id FROM fault WHERE payload_id IS NOT NULL
                    UNION SELECT payload_id FROM attempt JOIN document ON document.id = document_id
                        JOIN feed ON feed.id = feed_id
                    WHERE payload_id IS NOT NULL AND feed.name IN (\(catalogue.datasets.map { "'\($0.id)'" }.joined(separator: ", ")))
                    ORDER BY 1
                    """)
        }
        let unread = try access.read { db in
            try Int64.fetchSet(db, sql: "SELECT payload_id FROM fault WHERE payload_id IS NOT NULL")
        }
        var (done, damaged): (Int, Int64?) = (0, nil)
        for payload in payloads {
            done += 1
            guard let outcome = try write({ db in try reread(payload, db) }) else {
                damaged = damaged ?? payload
                continue
            }
            if unread.contains(payload) || outcome.faults > 0 {
                report.payloads += 1
                report.readNow += outcome.faults == 0 ? 1 : 0
            }
            report.added += outcome.added
            progress(done, payloads.count)
        }
        for dataset in catalogue.datasets where try !isVerified(dataset) {
            try write { db in try Upkeep.makeTables(of: dataset, always: true, db) }
            report.tables += 1
        }
        report.faultsLeft = try access.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM fault") ?? 0 }
        if let damaged {
            throw StoreError(
                code: .damaged,
                message:
                    "The bytes of payload \(damaged) are damaged; run \"waitkeeper verify\". All else was read again.")
        }
        return report
    }

    /// Whether the tables of a dataset are what its payloads say.
    private func isVerified(_ dataset: Dataset) throws -> Bool {
        var isVerified = true
        do {
            try access.read { db in try TableVerifier(dataset, db) { _, _, _ in isVerified = false }.run() }
        } catch  where StoreError.isDamage(error) {
            return false
        }
        return isVerified
    }

    /// Enters this version's reading of every phrase; the readings that hold it are mended by that.
    private func mendPhrases(_ db: Database) throws -> Int {
        var mended = 0
        for row in try Row.fetchAll(db, sql: "SELECT id, kind, text FROM phrase") {
            guard let kind = try PhraseKind(rawValue: row["kind"]) else { continue }
            let meaning = Phrase(kind: kind, text: try row["text"]).meaning
            try db.cachedStatement(
                sql: """
                    UPDATE phrase SET minutes = ?2, lower_minutes = ?3, upper_minutes = ?4, qualifier = ?5
                    WHERE id = ?1 AND (minutes, lower_minutes, upper_minutes, qualifier) IS NOT (?2, ?3, ?4, ?5)
                    """
            ).execute(arguments: [
                try row["id"] as Int64, meaning.minutes, meaning.lower, meaning.upper, meaning.qualifier.rawValue,
            ])
            mended += db.changesCount
        }
        return mended
    }

    /// Reads one payload as each of its captures would have been read by this version; nil where its bytes are damaged.
    private func reread(_ payload: Int64, _ db: Database) throws -> (faults: Int, added: Int)? {
        let row = try Row.fetchOne(db, sql: "SELECT bytes, deflated FROM payload WHERE id = ?", arguments: [payload])
        guard let row, let bytes = try Deflate.decompress(row["deflated"], byteCount: row["bytes"]) else { return nil }
        var total = (faults: 0, added: 0)
        let attempts = try VerifiedAttempt.all(of: payload, catalogue, db).map { attempt in
            let content = try readAgain(bytes, attempt, db)
            return (attempt: attempt, content: content, faults: Faults.of(content))
        }
        for attempts in Dictionary(grouping: attempts, by: \.attempt.documentID).values {
            // What the last capture meets stands, by the name of the first that met the same.
            guard let last = attempts.last, let first = attempts.first(where: { $0.faults == last.faults }) else {
                continue
            }
            try Faults.keep(
                last.faults, of: Faults.Source(document: last.attempt.documentID, payload: payload),
                attempt: first.attempt.id, db)
            total.faults += last.faults.count
        }
        for (attempt, content, _) in attempts {
            let added = try write(content, of: attempt, db).rows
            // Of a dataset all rows of a document count: they came in when it was read first.
            if attempt.feed.dataset == nil || !attempt.outcome.wasRead { total.added += added }
        }
        return total
    }

    /// What a capture's bytes say to this version. A time that was taken stays taken and one that was refused stays refused; one that
    /// could not be read before is held against the capture's time.
    private func readAgain(
        _ bytes: Data, _ attempt: VerifiedAttempt, _ db: Database
    ) throws -> Result<DocumentContent, ReadFault> {
        let decided = attempt.content(of: bytes)
        guard attempt.outcome == .quarantined, case .success(let content) = decided else { return decided }
        return try CaptureWriter.writing(db) { writer in
            try writer.admitted(
                content, of: attempt.feed, origin: attempt.origin, capturedAt: attempt.capturedAt, answeredAt: nil)
        }
    }

    private func write(_ content: Result<DocumentContent, ReadFault>, of attempt: VerifiedAttempt, _ db: Database)
        throws
        -> Added
    {
        guard var row = try AttemptRow.fetch(attempt.id, db) else { return Added() }
        var added = Added()
        if case .success(let content) = content {
            added = try CaptureWriter.writing(db) { writer in
                try writer.write(content, feed: attempt.feed, document: attempt.document, attempt: row)
            }
        }
        row.read(content)
        row.outcome = CaptureWriter.outcome(of: content, added: added)
        if row.outcome == .duplicate, try hasBroughtRows(row, db) { row.outcome = .new }
        try row.seal(db)
        return added
    }

    /// Whether rows name the capture: what it brought when it was read first stays its own.
    private func hasBroughtRows(_ attempt: AttemptRow, _ db: Database) throws -> Bool {
        // By key where the document has one time; a collection's file has many.
        let minute = attempt.observedAt == nil ? "?2 IS NULL" : "observed_minute = ?2"
        let readings = ReadingTable.all.map {
            """
            EXISTS (SELECT 1 FROM \($0.name) WHERE hospital_id IN (SELECT id FROM place WHERE kind = 'hospital')
                AND \(minute) AND attempt_id = ?1)
            """
        }
        let others = ["quota_record", "disagreement", "place", "place_name"].map {
            "EXISTS (SELECT 1 FROM \($0) WHERE attempt_id = ?1)"
        }
        return try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT \((readings + others).joined(separator: " OR "))"),
            arguments: [attempt.id, attempt.observedAt?.sinceEpoch]) ?? false
    }
}
