import Foundation
import GRDB
import WaitCore

/// Makes one place of two that turned out to be one, as if it had been one from the start.
///
/// Readings, revisions and names go over, the later read of two readings of one moment becomes a revision where it differs, and
/// the packed days are rebuilt: all within the caller's transaction. The place that stays keeps its code.
struct PlaceMerge {
    /// Why both are one.
    enum Reason {
        /// A directory lists these names at the place; its capture.
        case listed(names: Set<String>, attempt: Int64)
        /// What ships, or the settings, say so.
        case declared
    }

    private let writer: CaptureWriter
    private var db: Database { writer.db }

    init(_ writer: CaptureWriter) {
        self.writer = writer
    }

    /// - Returns: false, and nothing is written, where one document has both: they are two.
    func merge(_ former: Int64, into heir: Int64, because reason: Reason) throws -> Bool {
        guard former != heir, try !stoodSideBySide(former, heir) else { return false }
        // Days that this transaction has in memory are by hospital.
        try writer.finishPacked()
        let days = try Int.fetchAll(
            db, sql: "SELECT DISTINCT day FROM packed_day WHERE hospital_id = ?", arguments: [former])
        var doubled: [(table: ReadingTable, minutes: [Int])] = []
        for table in ReadingTable.all {
            doubled.append((table, try moveReadings(in: table, from: former, to: heir)))
        }
        try moveNames(from: former, to: heir, because: reason)
        try moveRevisions(from: former, to: heir)
        try db.execute(
            sql: """
                UPDATE place SET is_emergency = max(is_emergency, (SELECT is_emergency FROM place WHERE id = ?2))
                WHERE id = ?1
                """, arguments: [heir, former])
        try db.execute(sql: "DELETE FROM packed_day WHERE hospital_id = ?", arguments: [former])
        try db.execute(sql: "DELETE FROM place WHERE id = ?", arguments: [former])
        try packAnew(days, of: heir)
        writer.places.forget()
        for (table, minutes) in doubled { try compareAgain(minutes, table: table) }
        try ClinicMerge(db).settle(heir)
        return true
    }

    // MARK: Whether they are one

    private func stoodSideBySide(_ one: Int64, _ other: Int64) throws -> Bool {
        let readings = ReadingTable.all.map { table in
            """
            EXISTS (SELECT 1 FROM \(table.name) a JOIN \(table.name) b
                ON b.observed_minute = a.observed_minute AND b.attempt_id = a.attempt_id
                WHERE a.hospital_id = ?1 AND b.hospital_id = ?2)
            """
        }
        let quotas = """
            EXISTS (SELECT 1 FROM quota_record a JOIN place_name an ON an.id = a.name_id
                JOIN quota_record b ON b.period_from = a.period_from AND b.attempt_id = a.attempt_id
                JOIN place_name bn ON bn.id = b.name_id WHERE an.place_id = ?1 AND bn.place_id = ?2)
            """
        return try Bool.fetchOne(
            db, sql: "SELECT \((readings + [quotas]).joined(separator: " OR "))", arguments: [one, other]) ?? false
    }

    // MARK: What goes over

    /// - Returns: the moments that both had a reading of; the one that was read first stands.
    private func moveReadings(in table: ReadingTable, from former: Int64, to heir: Int64) throws -> [Int] {
        let doubled = try Int.fetchAll(
            db,
            sql: """
                SELECT a.observed_minute FROM \(table.name) a JOIN \(table.name) b ON b.observed_minute = a.observed_minute
                WHERE a.hospital_id = ? AND b.hospital_id = ? ORDER BY 1
                """, arguments: [former, heir])
        for minute in doubled {
            try db.cachedStatement(
                sql: """
                    DELETE FROM \(table.name) WHERE observed_minute = ?1 AND hospital_id IN (?2, ?3) AND attempt_id >
                        (SELECT min(attempt_id) FROM \(table.name) WHERE observed_minute = ?1 AND hospital_id IN (?2, ?3))
                    """
            ).execute(arguments: [minute, former, heir])
            try db.cachedStatement(
                sql: """
                    DELETE FROM disagreement WHERE observed_minute = ? AND place_id IN (?, ?)
                    AND feed_id = (SELECT id FROM feed WHERE name = ?)
                    """
            ).execute(arguments: [minute, former, heir, table.feed])
        }
        try db.execute(
            sql: "UPDATE \(table.name) SET hospital_id = ? WHERE hospital_id = ?", arguments: [heir, former])
        return doubled
    }

    /// The names that made a place of their own say now how they came to mean this one.
    private func moveNames(from former: Int64, to heir: Int64, because reason: Reason) throws {
        let unplaced = try Row.fetchAll(
            db, sql: "SELECT id, text, key FROM place_name WHERE place_id = ? AND matched_by = 'unplaced'",
            arguments: [former])
        try db.execute(
            sql: "UPDATE place_name SET place_id = ? WHERE place_id = ?", arguments: [heir, former])
        let code = try String.fetchOne(db, sql: "SELECT code FROM place WHERE id = ?", arguments: [heir]) ?? ""
        for name in unplaced {
            let (id, text): (Int64, String) = (try name["id"], try name["text"])
            if case .listed(let names, let attempt) = reason, names.contains(text) {
                try db.execute(
                    sql: "UPDATE place_name SET matched_by = 'directory', attempt_id = ? WHERE id = ?",
                    arguments: [attempt, id])
            } else if try isLikeAnother(name, of: heir, code: code) {
                try db.execute(sql: "UPDATE place_name SET matched_by = 'name' WHERE id = ?", arguments: [id])
            } else {
                try db.execute(
                    sql: "UPDATE place_name SET matched_by = 'shipped', attempt_id = NULL WHERE id = ?",
                    arguments: [id])
                try Upkeep.set(.sameName, subject: text, code, db)
            }
        }
    }

    private func isLikeAnother(_ name: Row, of place: Int64, code: String) throws -> Bool {
        if PlaceName.code(of: try name["text"]).lowercased() == code.lowercased() { return true }
        return try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM place_name WHERE place_id = ?1 AND key = ?2 AND key <> '' AND id <> ?3)",
            arguments: [place, try name["key"] as String, try name["id"] as Int64]) ?? false
    }

    private func moveRevisions(from former: Int64, to heir: Int64) throws {
        try db.execute(
            sql: "UPDATE OR IGNORE disagreement SET place_id = ? WHERE place_id = ?", arguments: [heir, former])
        try db.execute(sql: "DELETE FROM disagreement WHERE place_id = ?", arguments: [former])
    }

    // MARK: What is derived

    private func packAnew(_ days: [Int], of heir: Int64) throws {
        for table in ReadingTable.all {
            guard let openDay = try table.newestDay(db) else { continue }
            for day in days where day < openDay {
                let key = PackedDays.HospitalDay(hospital: heir, day: day)
                for (column, cells) in zip(table.packedColumns, try table.cells(of: key, db)) where !cells.isEmpty {
                    try PackedRow.write(cells.bytes, of: key, metric: column.metric, db)
                }
            }
        }
    }

    /// Holds the documents of these moments against the readings that stand, in the order they were captured.
    private func compareAgain(_ minutes: [Int], table: ReadingTable) throws {
        for minute in minutes {
            for (payload, bytes) in try payloads(at: minute, feed: table.feed) {
                for attempt in try VerifiedAttempt.all(of: payload, .standard, db) where attempt.feed.id == table.feed {
                    guard case .success(.waits(let waits)) = attempt.content(of: bytes),
                        let row = try AttemptRow.fetch(attempt.id, db)
                    else { continue }
                    _ = try ReadingWriter(writer, feed: attempt.feed, language: attempt.document.language).write(
                        waits, attempt: attempt.id, origin: row.origin)
                }
            }
        }
    }

    private func payloads(at minute: Int, feed: String) throws -> [(id: Int64, bytes: Data)] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT payload.id, payload.bytes, payload.deflated FROM attempt
                JOIN payload ON payload.id = attempt.payload_id JOIN document ON document.id = attempt.document_id
                JOIN feed ON feed.id = document.feed_id
                WHERE attempt.observed_minute = ? AND feed.name = ? GROUP BY payload.id ORDER BY min(attempt.id)
                """, arguments: [minute, feed])
        return try rows.compactMap { row in
            try Deflate.decompress(row["deflated"], byteCount: row["bytes"]).map { try (row["id"], $0) }
        }
    }
}
