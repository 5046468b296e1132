/// The tables of version 1. Frozen once released: a change is a new migration, never an edit.
///
/// Times are whole minutes since 1970-01-01T00:00Z (`…_minute`, the feeds' precision) or seconds (`…_unix`).
/// The base tables carry names of their own, so that the contract's names are free for the views.
enum SchemaV1 {
    static let tables = """
        CREATE TABLE feed (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            life_from_minute INTEGER,
            life_to_minute INTEGER,
            evidence TEXT NOT NULL
        ) STRICT;

        CREATE TABLE document (
            id INTEGER PRIMARY KEY,
            feed_id INTEGER NOT NULL REFERENCES feed,
            url TEXT NOT NULL UNIQUE,
            language TEXT CHECK (language IN ('en', 'tc', 'sc'))
        ) STRICT;

        -- The exact bytes of a document, kept once, compressed with zlib.
        CREATE TABLE payload (
            id INTEGER PRIMARY KEY,
            sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            deflated BLOB NOT NULL
        ) STRICT;

        -- One attempt to get a document: the base of the view capture. seal is a digest of the row for verify.
        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES document,
            origin TEXT NOT NULL CHECK (origin IN ('live', 'archive', 'import')),
            captured_unix INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN
                ('new', 'duplicate', 'notModified', 'partial', 'quarantined', 'httpError', 'unreachable')),
            http_status INTEGER,
            observed_minute INTEGER,
            payload_id INTEGER REFERENCES payload,
            milliseconds INTEGER,
            error TEXT,
            entity_tag TEXT,
            last_modified TEXT,
            seal INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX attempt_of_document ON attempt (document_id);
        CREATE INDEX attempt_that_was_read ON attempt (document_id) WHERE outcome IN ('new', 'duplicate', 'partial');
        CREATE INDEX attempt_of_payload ON attempt (payload_id) WHERE payload_id IS NOT NULL;

        -- Each distinct text once: mending the meaning of a row mends the past.
        CREATE TABLE phrase (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('top', 'triage12', 't3', 't45', 'flag')),
            text TEXT NOT NULL,
            minutes INTEGER,
            lower_minutes INTEGER,
            upper_minutes INTEGER,
            qualifier TEXT NOT NULL,
            UNIQUE (kind, text)
        ) STRICT;

        CREATE TABLE place (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('hospital', 'clinic', 'specialist')),
            code TEXT NOT NULL,
            is_emergency INTEGER NOT NULL CHECK (is_emergency IN (0, 1)),
            name_en TEXT NOT NULL, name_tc TEXT NOT NULL, name_sc TEXT NOT NULL,
            cluster_en TEXT NOT NULL DEFAULT '', cluster_tc TEXT NOT NULL DEFAULT '', cluster_sc TEXT NOT NULL DEFAULT '',
            district_en TEXT NOT NULL DEFAULT '', district_tc TEXT NOT NULL DEFAULT '', district_sc TEXT NOT NULL DEFAULT '',
            address_en TEXT NOT NULL DEFAULT '', address_tc TEXT NOT NULL DEFAULT '', address_sc TEXT NOT NULL DEFAULT '',
            latitude REAL, longitude REAL, coordinates_source TEXT,
            -- The capture whose directory document the facts are from; NULL: as shipped, or heard of by name only.
            attempt_id INTEGER REFERENCES attempt,
            UNIQUE (kind, code)
        ) STRICT;

        -- Every name a place was published under; what a name means can be mended in one row.
        CREATE TABLE place_name (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            key TEXT NOT NULL,
            place_id INTEGER NOT NULL REFERENCES place,
            matched_by TEXT NOT NULL CHECK (matched_by IN ('shipped', 'directory', 'name', 'figures', 'unplaced')),
            attempt_id INTEGER REFERENCES attempt,
            UNIQUE (kind, text)
        ) STRICT;
        CREATE INDEX place_name_of_place ON place_name (place_id);

        CREATE TABLE wait_reading (
            hospital_id INTEGER NOT NULL REFERENCES place,
            observed_minute INTEGER NOT NULL,
            t1 INTEGER NOT NULL REFERENCES phrase,
            t2 INTEGER NOT NULL REFERENCES phrase,
            t3_p50 INTEGER NOT NULL REFERENCES phrase,
            t3_p95 INTEGER NOT NULL REFERENCES phrase,
            t45_p50 INTEGER NOT NULL REFERENCES phrase,
            t45_p95 INTEGER NOT NULL REFERENCES phrase,
            t1_managing INTEGER NOT NULL REFERENCES phrase,
            t2_managing INTEGER NOT NULL REFERENCES phrase,
            attempt_id INTEGER NOT NULL REFERENCES attempt,
            PRIMARY KEY (hospital_id, observed_minute)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE top_wait_reading (
            hospital_id INTEGER NOT NULL REFERENCES place,
            observed_minute INTEGER NOT NULL,
            top_wait INTEGER NOT NULL REFERENCES phrase,
            attempt_id INTEGER NOT NULL REFERENCES attempt,
            PRIMARY KEY (hospital_id, observed_minute)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE quota_text (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;

        -- One clinic's quotas over one period under one published name; days as YYYYMMDD.
        CREATE TABLE quota_record (
            name_id INTEGER NOT NULL REFERENCES place_name,
            period_from INTEGER NOT NULL,
            period_to INTEGER NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('en', 'tc', 'sc')),
            district_id INTEGER NOT NULL REFERENCES quota_text,
            sessions_id INTEGER NOT NULL REFERENCES quota_text,
            monday REAL, tuesday REAL, wednesday REAL, thursday REAL, friday REAL, saturday REAL, sunday REAL,
            attempt_id INTEGER NOT NULL REFERENCES attempt,
            PRIMARY KEY (name_id, period_from, period_to)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX quota_record_of_period ON quota_record (period_from);

        -- The base of the view revision. For quotas the minute is the period's start, the metric the weekday.
        CREATE TABLE disagreement (
            id INTEGER PRIMARY KEY,
            feed_id INTEGER NOT NULL REFERENCES feed,
            place_id INTEGER NOT NULL REFERENCES place,
            observed_minute INTEGER NOT NULL,
            metric TEXT NOT NULL,
            kept_text TEXT NOT NULL,
            other_text TEXT NOT NULL,
            attempt_id INTEGER NOT NULL REFERENCES attempt,
            UNIQUE (feed_id, place_id, observed_minute, metric, other_text)
        ) STRICT;

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
        """
}
