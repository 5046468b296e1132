/// What documents say besides numbers, version 5. Frozen once released.
enum SchemaV5 {
    static let tables = """
        -- The seven published texts of a clinic's quotas as a JSON array, Monday first; null in it where the figure alone tells the
        -- text (469.0, or N/A without a figure), and NULL where all seven are so.
        ALTER TABLE quota_record ADD COLUMN texts TEXT;

        -- Changes of a document's keys, each reported once: a key that the feed did not have, one that no record has any more,
        -- one whose value cannot be read. attempt_id is the first capture with the change.
        CREATE TABLE drift (
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES document,
            key TEXT NOT NULL,
            change TEXT NOT NULL CHECK (change IN ('added', 'vanished', 'unread')),
            attempt_id INTEGER NOT NULL REFERENCES attempt,
            UNIQUE (document_id, key, change)
        ) STRICT;
        """
}
