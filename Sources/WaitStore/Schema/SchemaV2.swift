/// What the government archive has answered, version 2. Frozen once released.
enum SchemaV2 {
    static let tables = """
        -- A day whose listing was read whole, under one spelling of the document's address.
        CREATE TABLE archive_day (
            document_id INTEGER NOT NULL REFERENCES document,
            key TEXT NOT NULL CHECK (key IN ('https', 'http')),
            day INTEGER NOT NULL,
            asked_unix INTEGER NOT NULL,
            seal INTEGER NOT NULL,
            PRIMARY KEY (document_id, key, day)
        ) STRICT, WITHOUT ROWID;

        -- A version the archive lists; attempt_id names the capture once its bytes were had and read.
        CREATE TABLE archive_version (
            document_id INTEGER NOT NULL REFERENCES document,
            stamp_minute INTEGER NOT NULL,
            key TEXT NOT NULL CHECK (key IN ('https', 'http')),
            attempt_id INTEGER REFERENCES attempt,
            failed_days INTEGER NOT NULL DEFAULT 0,
            last_failed_day INTEGER,
            seal INTEGER NOT NULL,
            PRIMARY KEY (document_id, stamp_minute, key)
        ) STRICT, WITHOUT ROWID;
        """
}
