/// The document of each fault, version 10. Frozen once released.
///
/// Records that version 1 began have no such column: it came into that version's tables after its release. The first capture of a
/// fault names the document in every record. One difference stays, since a copy of all payloads is not worth it: their
/// `payload.bytes` has no CHECK.
enum SchemaV10 {
    static let tables = """
        CREATE TABLE fault_before AS SELECT id, attempt_id, payload_id, record, field, text, reason FROM fault;
        DROP TABLE fault;
        -- The base of the view quarantine: what could not be read of a payload at a document. attempt_id is the first capture.
        CREATE TABLE fault (
            id INTEGER PRIMARY KEY,
            attempt_id INTEGER NOT NULL REFERENCES attempt,
            document_id INTEGER NOT NULL REFERENCES document,
            payload_id INTEGER REFERENCES payload,
            record INTEGER,
            field TEXT,
            text TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX fault_of_payload ON fault (payload_id, document_id);
        INSERT INTO fault (id, attempt_id, document_id, payload_id, record, field, text, reason)
        SELECT id, attempt_id, (SELECT document_id FROM attempt WHERE attempt.id = attempt_id), payload_id, record, field, text, reason
        FROM fault_before;
        DROP TABLE fault_before;
        """
}
