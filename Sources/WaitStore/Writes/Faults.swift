import GRDB
import WaitCore

/// What could not be read of a payload at a document: the base of the view `quarantine`.
enum Faults {
    /// Where faults are met: the same bytes may be readable at one document and not at another.
    struct Source {
        let document: Int64
        /// Nil for an answer that was not taken in.
        let payload: Int64?
    }

    /// Makes `published` the faults of the source; where they are so already, nothing is written.
    ///
    /// Without a payload they are added.
    /// - Parameter attempt: the capture that met them first.
    static func keep(_ published: [ReadFault], of source: Source, attempt: Int64, _ db: Database) throws {
        let faults = published.map(\.storable)
        if let payload = source.payload {
            guard try stored(payload: payload, document: source.document, db) != faults else { return }
            try db.cachedStatement(sql: "DELETE FROM fault WHERE payload_id = ? AND document_id = ?")
                .execute(arguments: [payload, source.document])
        }
        for fault in faults {
            try db.cachedStatement(
                sql: """
                    INSERT INTO fault (attempt_id, document_id, payload_id, record, field, text, reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                attempt, source.document, source.payload, fault.record, fault.field, fault.text, fault.reason,
            ])
        }
    }

    /// The payload's faults at a document as they stand, in the order of the document.
    static func stored(payload: Int64, document: Int64, _ db: Database) throws -> [ReadFault] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT record, field, text, reason FROM fault WHERE payload_id = ? AND document_id = ? ORDER BY id
                    """),
            arguments: [payload, document]
        ).map { try ReadFault(record: $0["record"], field: $0["field"], text: $0["text"], reason: $0["reason"]) }
    }

    /// The faults of a reading.
    static func of(_ content: Result<DocumentContent, ReadFault>) -> [ReadFault] {
        switch content {
        case .success(let content): content.faults
        case .failure(let fault): [fault]
        }
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
