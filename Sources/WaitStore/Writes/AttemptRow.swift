import Foundation
import GRDB
import WaitCore

/// A row of `attempt`, the base of the view `capture`.
struct AttemptRow {
    var id: Int64 = 0
    var documentURL: String
    private(set) var documentID: Int64 = 0
    var origin: Capture.Origin
    var capturedUnix: Int
    var outcome: Outcome = .unreachable
    var httpStatus: Int?
    var observedAt: HongKongMinute?
    var payloadID: Int64?
    var milliseconds: Int?
    var error: String?
    var entityTag: String?
    var lastModified: String?

    init(_ capture: Capture) {
        documentURL = capture.document.url
        origin = capture.origin
        capturedUnix = Int(capture.capturedAt.timeIntervalSince1970.rounded(.down))
        milliseconds = capture.milliseconds
        switch capture.answer {
        case .body(let body): take(body)
        case .notModified: httpStatus = 304
        case .httpError(let status, let message): (httpStatus, error) = (status, message)
        case .unreachable(let message): error = message
        case .refused(let fault): error = fault.reason
        }
    }

    /// The row as it stands, nil where there is none.
    static func fetch(_ id: Int64, _ db: Database) throws -> AttemptRow? {
        try Row.fetchOne(
            db,
            sql: "SELECT attempt.*, url FROM attempt JOIN document ON document.id = document_id WHERE attempt.id = ?",
            arguments: [id]
        ).flatMap { try AttemptRow($0) }
    }

    private init?(_ row: Row) throws {
        guard let origin = try Capture.Origin(rawValue: row["origin"]),
            let outcome = try Outcome(rawValue: row["outcome"])
        else {
            return nil
        }
        (id, documentURL, self.origin, self.outcome) = try (row["id"], row["url"], origin, outcome)
        documentID = try row["document_id"]
        (capturedUnix, httpStatus, payloadID) = try (row.unix("captured_unix"), row["http_status"], row["payload_id"])
        observedAt = try row.minute("observed_minute")
        (milliseconds, error) = try (row["milliseconds"], row["error"])
        (entityTag, lastModified) = try (row["entity_tag"], row["last_modified"])
    }

    private mutating func take(_ body: Body) {
        (httpStatus, entityTag, lastModified) = (body.httpStatus, body.entityTag, body.lastModified)
        read(body.content)
    }

    /// Takes the readings' time, or why there is none, from what was read.
    mutating func read(_ content: Result<DocumentContent, ReadFault>) {
        switch content {
        case .success(.waits(let waits)): (observedAt, error) = (waits.observedAt, nil)
        case .success: error = nil
        case .failure(let fault): (observedAt, error) = (nil, fault.reason)
        }
    }

    /// Inserts the row, its outcome still open.
    mutating func insert(_ db: Database) throws {
        documentID = try Documents.id(of: documentURL, db)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO attempt (\(AttemptRow.columns), seal) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                """)
        statement.setUncheckedArguments(StatementArguments(plain: values.dropFirst()))
        try statement.execute()
        id = db.lastInsertedRowID
    }

    /// Enters outcome, time and error, and seals the row with a digest of all of it; its faults are there already.
    func seal(_ db: Database) throws {
        let refusal = payloadID == nil && outcome == .quarantined ? try AttemptRow.refusal(of: id, db) : []
        try db.cachedStatement(
            sql: "UPDATE attempt SET outcome = ?, observed_minute = ?, error = ?, seal = ? WHERE id = ?"
        ).execute(arguments: [
            outcome.rawValue, observedAt?.sinceEpoch, error, RowChecksum.digest(of: values + refusal), id,
        ])
    }

    /// The row in the order of `AttemptRow.columns`.
    private var values: [DatabaseValue] {
        [
            id.databaseValue, documentID.databaseValue, origin.rawValue.databaseValue, capturedUnix.databaseValue,
            outcome.rawValue.databaseValue, Self.value(httpStatus), Self.value(observedAt?.sinceEpoch),
            Self.value(payloadID), Self.value(milliseconds), Self.value(error), Self.value(entityTag),
            Self.value(lastModified),
        ]
    }

    private static func value(_ value: (some DatabaseValueConvertible)?) -> DatabaseValue {
        value?.databaseValue ?? .null
    }
}

extension AttemptRow {
    /// What the seal covers, in its order.
    static let columns = """
        id, document_id, origin, captured_unix, outcome, http_status, observed_minute, payload_id, milliseconds, error,
        entity_tag, last_modified
        """

    /// What the seal covers besides the row: the faults of an answer that was not taken in, which no payload can prove.
    static func refusal(of attempt: Int64, _ db: Database) throws -> [DatabaseValue] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT record, field, text, reason FROM fault WHERE payload_id IS NULL AND attempt_id = ? ORDER BY id
                    """), arguments: [attempt]
        ).flatMap { $0.map(\.1) }
    }
}
