import GRDB
import WaitCore

/// The last live attempt at a document.
struct LastAttempt {
    let id: Int64
    let capturedUnix: Int
    let outcome: Outcome?
    /// Whether the document was read, or is still the one that was read before.
    let isGood: Bool
    /// The live attempt at the document that was good last, and when it was.
    let goodID: Int64?
    let goodUnix: Int?

    /// Nil where the document was never asked for.
    static func at(_ url: String, _ db: Database) throws -> LastAttempt? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT a.id, captured_unix, outcome, a.document_id FROM attempt a
                    JOIN document ON document.id = a.document_id
                    WHERE url = ? AND origin = 'live' ORDER BY a.id DESC LIMIT 1
                    """), arguments: [url])
        guard let row else { return nil }
        let good = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT a.id, captured_unix FROM attempt a WHERE document_id = ? AND origin = 'live' AND
                        (outcome IN ('new', 'duplicate', 'partial') OR outcome = 'notModified' AND EXISTS
                            (SELECT 1 FROM attempt read WHERE read.document_id = a.document_id AND read.id < a.id
                            AND read.outcome IN ('new', 'duplicate', 'partial') AND read.origin = 'live'))
                    ORDER BY a.id DESC LIMIT 1
                    """), arguments: [try row["document_id"] as Int64])
        return try LastAttempt(
            id: row["id"], capturedUnix: row.unix("captured_unix"), outcome: Outcome(rawValue: row["outcome"]),
            isGood: good?["id"] == row["id"] as Int64, goodID: good?["id"], goodUnix: good?.unix("captured_unix"))
    }
}
