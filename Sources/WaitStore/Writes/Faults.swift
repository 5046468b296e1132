import GRDB
import WaitCore

/// What a payload holds that could not be read: the base of the view `quarantine`.
enum Faults {
    /// Makes `published` the payload's faults; where they are so already, nothing is written.
    ///
    /// Without a payload (an answer that was not taken in) they are added.
    static func keep(_ published: [ReadFault], payload: Int64?, attempt: Int64, _ db: Database) throws {
        let faults = published.map(\.storable)
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

extension ReadFault {
    /// The fault as a TEXT column can hold it: SQLite ends a text at its first NUL, so NUL is shown by its symbol.
    var storable: ReadFault {
        guard text.unicodeScalars.contains("\0") else { return self }
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{2400}" : $0 }))
        return ReadFault(record: record, field: field, text: shown, reason: reason)
    }
}
