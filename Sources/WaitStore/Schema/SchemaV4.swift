/// Incidents that were reported, version 4. Frozen once released.
enum SchemaV4 {
    static let tables = """
        -- One row an incident, open while closed_unix is NULL; at most one open a matter.
        CREATE TABLE incident_row (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            since_unix INTEGER NOT NULL,
            opened_unix INTEGER NOT NULL,
            opening TEXT NOT NULL,
            closed_unix INTEGER,
            closing TEXT,
            seal INTEGER NOT NULL,
            CHECK ((closed_unix IS NULL) = (closing IS NULL))
        ) STRICT;

        CREATE UNIQUE INDEX open_incident ON incident_row (kind, subject) WHERE closed_unix IS NULL;
        """
}
