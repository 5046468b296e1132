import Foundation
import GRDB
import WaitCore

/// A run of captures of one document with the same bytes, in the order of capture time (of the archive: its stamp).
///
/// Bytes that cannot be read are an edition too: they end the run before, and say nothing of any row.
struct Edition: Equatable {
    /// The document's row, whichever of its addresses it was fetched from.
    let document: Int64
    let payload: Int64
    let firstAttempt: Int64
    private(set) var lastAttempt: Int64
    /// How many captures brought or confirmed it.
    private(set) var captures = 1
    /// When it is first known to have stood, and when last, in seconds since 1970.
    let seenFrom: Int
    private(set) var seenLast: Int

    /// Whether both begin with the same capture of the same bytes.
    func isSameRun(as other: Edition) -> Bool {
        (document, payload, firstAttempt, seenFrom) == (
            other.document, other.payload, other.firstAttempt, other.seenFrom
        )
    }

    /// The editions of a dataset as its captures have them, in the order in which they were first seen.
    static func all(of dataset: Dataset, _ db: Database) throws -> [Edition] {
        let documents = try DocumentRows(dataset, db)
        let rows = try Row.fetchCursor(
            db,
            // Live ones come in their order; versions of the archive with one stamp in one that is not that of arrival.
            sql: """
                SELECT attempt.id AS id, url, payload_id, captured_unix, origin, outcome, last_modified FROM attempt
                JOIN document ON document.id = attempt.document_id JOIN feed ON feed.id = document.feed_id
                LEFT JOIN payload ON payload.id = payload_id
                WHERE feed.name = ? AND (payload_id IS NOT NULL OR outcome = 'notModified')
                ORDER BY captured_unix, origin = 'live', iif(origin = 'live', attempt.id, 0), url, sha256, attempt.id
                """, arguments: [dataset.id])
        var editions: [Edition] = []
        /// The newest edition of each document, and the bytes that a 304 confirms: those that came last from the publisher and
        /// were read.
        var (newest, held): ([Int64: Int], [Int64: Int64]) = ([:], [:])
        while let row = try rows.next() {
            let document = documents.row(of: try row["url"])
            let (attempt, unix): (Int64, Int) = (try row["id"], try row.unix("captured_unix"))
            let outcome = Outcome(rawValue: try row["outcome"])
            let payload: Int64? = outcome == .notModified ? held[document] : try row["payload_id"]
            guard let payload else { continue }
            if try row["origin"] == Capture.Origin.live.rawValue, outcome?.wasRead == true { held[document] = payload }
            if let index = newest[document], payload == editions[index].payload {
                editions[index].confirm(attempt, at: unix)
                continue
            }
            let before = newest[document].map { editions[$0].seenLast }
            let modified = (try row["last_modified"] as String?).flatMap(HTTPDate.date)
            newest[document] = editions.count
            editions.append(
                Edition(
                    document: document, payload: payload, attempt: attempt, unix: unix,
                    seenFrom: seenFrom(unix, modified: modified.map { Int($0.timeIntervalSince1970) }, after: before)))
        }
        return editions
    }

    /// The publisher's own date narrows the time since when an edition stands: from the last confirmation of the one before to the
    /// capture. Where there is none before, it tells nothing.
    private static func seenFrom(_ captured: Int, modified: Int?, after before: Int?) -> Int {
        guard let modified, let before, modified < captured, modified > before else { return captured }
        return modified
    }

    private init(document: Int64, payload: Int64, attempt: Int64, unix: Int, seenFrom: Int) {
        (self.document, self.payload) = (document, payload)
        (firstAttempt, lastAttempt) = (attempt, attempt)
        (self.seenFrom, seenLast) = (seenFrom, unix)
    }

    private mutating func confirm(_ attempt: Int64, at unix: Int) {
        (lastAttempt, seenLast) = (attempt, unix)
        captures += 1
    }

    /// A row of a dataset's table of editions.
    init(_ row: Row) throws {
        (document, payload) = try (row["document_id"], row["payload_id"])
        (firstAttempt, lastAttempt) = try (row["first_attempt_id"], row["last_attempt_id"])
        captures = try row["captures"]
        (seenFrom, seenLast) = try (row.unix("seen_from_unix"), row.unix("seen_last_unix"))
    }

    static func stored(_ table: DatasetTable, _ db: Database) throws -> [Edition] {
        try Row.fetchAll(db, sql: "SELECT * FROM \(table.editions) ORDER BY number").map { try Edition($0) }
    }
}

/// The rows of `document` by address: one that a document had before counts as the document's.
private struct DocumentRows {
    private let ids: [String: Int64]
    private let dataset: Dataset

    init(_ dataset: Dataset, _ db: Database) throws {
        self.dataset = dataset
        let rows = try Row.fetchAll(
            db, sql: "SELECT url, document.id AS id FROM document JOIN feed ON feed.id = feed_id WHERE feed.name = ?",
            arguments: [dataset.id]
        ).map { try ($0["url"] as String, $0["id"] as Int64) }
        ids = Dictionary(rows) { first, _ in first }
    }

    func row(of url: String) -> Int64 {
        let present = dataset.documents.first { $0.isAt(url) }?.url ?? url
        return ids[present] ?? ids[url] ?? 0
    }
}
