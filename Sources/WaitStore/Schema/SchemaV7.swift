/// What the collector remembers of publishers that make it wait or doubt, version 7. Frozen once released.
enum SchemaV7 {
    static let tables = """
        -- When the collector asks a feed next, where that is later than its rhythm lets expect: after Retry-After, or failures.
        CREATE TABLE poll_due (
            feed_id INTEGER PRIMARY KEY REFERENCES feed,
            due_unix INTEGER NOT NULL
        ) STRICT;

        -- A day of which live captures exist and the archive listed nothing: believed when it says so again on another day.
        CREATE TABLE archive_doubt (
            document_id INTEGER NOT NULL REFERENCES document,
            key TEXT NOT NULL CHECK (key IN ('https', 'http')),
            day INTEGER NOT NULL,
            doubted_on INTEGER NOT NULL,
            PRIMARY KEY (document_id, key, day)
        ) STRICT, WITHOUT ROWID;
        """
}
