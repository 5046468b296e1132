package import Foundation
import GRDB
package import WaitCore

/// One reading with everything that proves it.
package struct Evidence: Sendable {
    package let feed: String
    package let hospital: String
    package let hospitalName: Trilingual
    package let observedAt: HongKongMinute
    package let figures: [PublishedFigure]
    /// The capture the reading is from, then others that hold the same moment.
    package let captures: [CaptureRow]
    /// Of captures that are imported files: by id, the line that the reading was read from.
    package let lines: [Int64: AneHKLine]
    /// Figures that another document gave differently.
    package let revisions: [RevisionRow]

    /// The line that the reading itself was read from: its phrase was rebuilt from it. Nil where the document had the phrase.
    package var line: AneHKLine? { captures.first.flatMap { lines[$0.id] } }

    package struct RevisionRow: Hashable, Sendable {
        package let metric: String
        package let keptText: String
        package let otherText: String
        package let captureID: Int64
    }
}

/// A row of the view `capture`.
package struct CaptureRow: Hashable, Sendable {
    package let id: Int64
    package let feed: String
    package let document: String
    package let origin: String
    package let capturedAt: String
    package let outcome: String
    package let httpStatus: Int?
    package let sha256: String?
    package let bytes: Int?
    package let milliseconds: Int?
    package let error: String?

    init(_ row: Row) throws {
        (id, feed, document, origin) = try (row["id"], row["feed"], row["document"], row["origin"])
        (capturedAt, outcome, httpStatus) = try (row["captured_at"], row["outcome"], row["http_status"])
        (sha256, bytes, milliseconds, error) = try (
            row["payload_sha256"], row["bytes"], row["milliseconds"], row["error"]
        )
    }
}

extension WaitDatabase {
    /// The reading of a hospital at a minute in each feed that has one, newest feed first.
    package func evidence(hospital code: String, at minute: HongKongMinute) throws -> [Evidence] {
        try access.read { db in
            try ReadingTable.all.compactMap { try Self.evidence(hospital: code, at: minute, in: $0, db) }
        }
    }

    private static func evidence(
        hospital code: String, at minute: HongKongMinute, in table: ReadingTable, _ db: Database
    ) throws -> Evidence? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT place.*, r.attempt_id AS capture_id FROM place JOIN \(table.name) r ON r.hospital_id = place.id
                WHERE place.kind = 'hospital' AND place.code = ? AND r.observed_minute = ?
                """, arguments: [code, minute.sinceEpoch])
        guard let row else { return nil }
        let imports = try imports(of: row["id"], day: minute.dayStart, db)
        let lines = try lines(at: minute, imports: imports + [row["capture_id"]], db)
        return try Evidence(
            feed: table.feed, hospital: code,
            hospitalName: row.trilingual("name"), observedAt: minute,
            figures: try PublishedFigure.all(in: table, hospital: row["id"], minute: minute.sinceEpoch, db),
            captures: try captures(of: table.feed, at: minute, first: row["capture_id"], others: Array(lines.keys), db),
            lines: lines, revisions: try revisions(of: table.feed, place: row["id"], at: minute, db))
    }

    /// - Parameters:
    ///   - first: the capture that the reading is from, whatever its own time: an imported file has none.
    ///   - others: further captures that are known to hold the moment.
    private static func captures(
        of feed: String, at minute: HongKongMinute, first: Int64, others: [Int64], _ db: Database
    ) throws -> [CaptureRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT capture.* FROM capture WHERE capture.feed = ? AND capture.id IN (
                    SELECT id FROM attempt WHERE observed_minute = ?
                    UNION SELECT id FROM attempt WHERE id IN (\(databaseQuestionMarks(count: others.count + 1))))
                ORDER BY capture.id <> ?, capture.id
                """, arguments: [feed, minute.sinceEpoch, first] + StatementArguments(others) + [first]
        ).map(CaptureRow.init)
    }

    /// The imports of a hospital's files of a day, under any of its names.
    private static func imports(of place: Int64, day: HongKongMinute, _ db: Database) throws -> [Int64] {
        let names = try String.fetchAll(
            db, sql: "SELECT text FROM place_name WHERE place_id = ? UNION SELECT name_en FROM place WHERE id = ?",
            arguments: [place, place])
        let urls = Set(names.compactMap { AneHKFile.document(hospital: $0, day: day)?.url })
        return try Int64.fetchAll(
            db,
            sql: """
                SELECT attempt.id FROM attempt JOIN document ON document.id = document_id
                WHERE origin = 'import' AND document.url IN (\(databaseQuestionMarks(count: urls.count)))
                """, arguments: StatementArguments(urls))
    }

    /// Capture → its line of the moment, for imported files that have one and whose bytes are whole.
    private static func lines(
        at minute: HongKongMinute, imports: [Int64], _ db: Database
    ) throws -> [Int64: AneHKLine] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT attempt.id, bytes, deflated FROM attempt JOIN payload ON payload.id = payload_id
                WHERE origin = 'import' AND attempt.id IN (\(databaseQuestionMarks(count: imports.count)))
                """, arguments: StatementArguments(imports))
        return try rows.reduce(into: [:]) { lines, row in
            guard let bytes = try Deflate.decompress(row["deflated"], byteCount: row["bytes"]) else { return }
            lines[try row["id"]] = AneHKFile.line(at: minute, in: bytes)
        }
    }

    private static func revisions(
        of feed: String, place: Int64, at minute: HongKongMinute, _ db: Database
    ) throws -> [Evidence.RevisionRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT metric, kept_text, other_text, attempt_id FROM disagreement JOIN feed ON feed.id = feed_id
                WHERE feed.name = ? AND place_id = ? AND observed_minute = ? ORDER BY disagreement.id
                """, arguments: [feed, place, minute.sinceEpoch]
        ).map { try .init(metric: $0[0], keptText: $0[1], otherText: $0[2], captureID: $0[3]) }
    }

    /// The exact bytes of a payload; nil where no payload has this SHA-256.
    /// - Throws: `StoreError` where the bytes are damaged.
    package func payload(sha256: String) throws -> Data? {
        guard let digest = Data(hexadecimal: sha256) else { return nil }
        let row = try access.read { db in
            try Row.fetchOne(db, sql: "SELECT bytes, deflated FROM payload WHERE sha256 = ?", arguments: [digest])
        }
        guard let row else { return nil }
        guard let bytes = try Deflate.decompress(row["deflated"], byteCount: row["bytes"]) else {
            throw StoreError(code: .damaged, message: "The payload \(sha256) is damaged; run \"waitkeeper verify\".")
        }
        return bytes
    }
}

extension Data {
    /// The bytes that pairs of hexadecimal digits stand for; nil where `text` is something else.
    fileprivate init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self.init(
            stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
