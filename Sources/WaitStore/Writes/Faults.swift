import GRDB
import WaitCore

/// What a payload holds that could not be read: the base of the view `quarantine`.
enum Faults {
    /// Makes `faults` the payload's faults; where they are so already, nothing is written.
    ///
    /// Without a payload (an answer that was not taken in) they are added.
    static func keep(_ faults: [ReadFault], payload: Int64?, attempt: Int64, _ db: Database) throws {
        if let payload {
            guard try stored(payload: payload, db) != faults else { return }
            try db.cachedStatement(sql: "DELETE FROM fault WHERE payload_id = ?").execute(arguments: [payload])
        }
        for fault in faults {
            try db.cachedStatement(
                sql: """
                    INSERT INTO fault (attempt_id, payload_id, record, field, text, reason) VALUES (?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [attempt, payload, fault.record, fault.field, fault.text, fault.reason])
        }
    }

    /// The payload's faults as they stand, in the order of the document.
    static func stored(payload: Int64, _ db: Database) throws -> [ReadFault] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT record, field, text, reason FROM fault WHERE payload_id = ? ORDER BY id"),
            arguments: [payload]
        ).map { ReadFault(record: $0["record"], field: $0["field"], text: $0["text"], reason: $0["reason"]) }
    }
}
