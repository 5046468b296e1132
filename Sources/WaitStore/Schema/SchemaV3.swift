/// What is derived from the readings so that questions over years are fast, version 3. Frozen once released.
enum SchemaV3 {
    static let tables = """
        -- One row a hospital, metric and Hong Kong day that has ended: its phrase ids by quarter hour (see PackedCells),
        -- and one a feed with where the readings came from: 1 live, 2 archive, 3 import.
        -- Derived from the tables of readings in the transaction that writes those; day counts from 1970-01-01.
        CREATE TABLE packed_day (
            hospital_id INTEGER NOT NULL REFERENCES place,
            metric TEXT NOT NULL,
            day INTEGER NOT NULL,
            cells BLOB NOT NULL,
            PRIMARY KEY (hospital_id, metric, day)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX attempt_of_minute ON attempt (observed_minute) WHERE observed_minute IS NOT NULL;

        -- Raised by every transaction that writes anything: who holds an answer learns that it may have changed.
        CREATE TABLE generation (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            number INTEGER NOT NULL
        ) STRICT;
        INSERT INTO generation (id, number) VALUES (1, 0);
        """
}
