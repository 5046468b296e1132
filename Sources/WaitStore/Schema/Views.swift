import WaitCore

/// The contract's views (docs/design.md, "Storage rules"): for people who open the file themselves.
///
/// Times are RFC 3339 with Hong Kong's offset, flags 0, 1 or NULL. Views hold no data, so they are rebuilt whenever their
/// text has changed.
enum Views {
    struct View {
        let name: String
        /// The statement that makes it.
        let text: String
    }

    /// Those of the feeds, and two for each dataset.
    static func all(_ catalogue: Catalogue) -> [View] {
        feeds + [DatasetTable.codeNames(catalogue)] + catalogue.datasets.flatMap { DatasetTable($0).views }
    }

    private static let feeds = [
        ("hospital", hospital), ("clinic", clinic), ("facility", facility), ("ae_wait", aeWait),
        ("ae_top_wait", aeTopWait), ("ae_phrase", aePhrase), ("clinic_quota", clinicQuota), ("capture", capture),
        ("revision", revision), ("quarantine", quarantine), ("incident", incident),
    ].map { View(name: $0, text: "CREATE VIEW \($0) AS\n\($1)") }

    private static let names = "name_en, name_tc, name_sc"
    private static let clusters = "cluster_en, cluster_tc, cluster_sc"
    private static let districts = "district_en, district_tc, district_sc"
    private static let rest = "address_en, address_tc, address_sc, latitude, longitude, coordinates_source"

    /// A condition over `place`: an A&E hospital that ships, that a directory lists, or that eight documents of a feed had.
    static let isListedHospital = """
        kind = 'hospital' AND is_emergency AND (attempt_id IS NOT NULL OR coordinates_source IS NOT NULL \
        OR \(ReadingTable.all.map(HospitalLives.counts).joined(separator: " OR ")))
        """

    private static let hospital = """
        SELECT code, \(names), \(clusters), \(districts), \(rest)
        FROM place WHERE \(isListedHospital) ORDER BY code
        """

    private static let clinic = """
        SELECT code AS id, \(names), \(districts), \(clusters), \(rest)
        FROM place WHERE kind = 'clinic' ORDER BY code
        """

    private static let facility = """
        SELECT code AS id,
               CASE WHEN kind = 'specialist' THEN 'specialist clinic'
                    WHEN is_emergency THEN 'A&E hospital' ELSE 'institution' END AS kind,
               \(names), \(clusters), \(districts), \(rest)
        FROM place WHERE kind IN ('hospital', 'specialist')
        """

    private static let aeWait = """
        SELECT place.code AS hospital, \(rfc3339(minute: "r.observed_minute")) AS observed_at,
               r.observed_minute * 60 AS observed_unix,
               t1.minutes AS t1_minutes, t2.minutes AS t2_minutes,
               t3a.minutes AS t3_p50_minutes, t3b.minutes AS t3_p95_minutes,
               t45a.minutes AS t45_p50_minutes, t45b.minutes AS t45_p95_minutes,
               f1.minutes AS t1_managing, f2.minutes AS t2_managing,
               CASE WHEN 'resuscitation' IN (t1.qualifier, t2.qualifier) THEN 1
                    WHEN t1.qualifier IN ('unrecognised', 'missing') OR t2.qualifier IN ('unrecognised', 'missing')
                    THEN NULL ELSE 0 END AS resuscitation,
               r.observed_minute < ifnull(feed.life_from_minute, r.observed_minute) AS trial,
               attempt.origin AS origin, r.attempt_id AS capture_id, \(hongKongDateAndTime)
        FROM wait_reading r
        JOIN place ON place.id = r.hospital_id
        JOIN phrase t1 ON t1.id = r.t1 JOIN phrase t2 ON t2.id = r.t2
        JOIN phrase t3a ON t3a.id = r.t3_p50 JOIN phrase t3b ON t3b.id = r.t3_p95
        JOIN phrase t45a ON t45a.id = r.t45_p50 JOIN phrase t45b ON t45b.id = r.t45_p95
        JOIN phrase f1 ON f1.id = r.t1_managing JOIN phrase f2 ON f2.id = r.t2_managing
        JOIN attempt ON attempt.id = r.attempt_id
        JOIN feed ON feed.name = 'ae-wait'
        """

    private static let aeTopWait = """
        SELECT place.code AS hospital, \(rfc3339(minute: "r.observed_minute")) AS observed_at,
               r.observed_minute * 60 AS observed_unix, phrase.minutes AS over_minutes,
               attempt.origin AS origin, r.attempt_id AS capture_id, \(hongKongDateAndTime)
        FROM top_wait_reading r
        JOIN place ON place.id = r.hospital_id
        JOIN phrase ON phrase.id = r.top_wait
        JOIN attempt ON attempt.id = r.attempt_id
        """

    private static let aePhrase =
        ReadingTable.all.flatMap { table in table.columns.map { phraseRows(table: table, column: $0) } }
        .joined(separator: "\nUNION ALL\n")

    private static func phraseRows(table: ReadingTable, column: String) -> String {
        """
        SELECT '\(table.feed)' AS feed, place.code AS hospital, \(rfc3339(minute: "r.observed_minute")) AS observed_at,
               '\(column)' AS metric, phrase.text AS text, phrase.minutes AS minutes,
               phrase.lower_minutes AS lower_minutes, phrase.upper_minutes AS upper_minutes,
               phrase.qualifier AS qualifier, r.attempt_id AS capture_id, \(hongKongDateAndTime)
        FROM \(table.name) r JOIN place ON place.id = r.hospital_id JOIN phrase ON phrase.id = r.\(column)
        """
    }

    /// One row per clinic, period and weekday: figures of the record that was read first, as `revision` has it; the sessions in
    /// English where they are known in it, else in Chinese.
    private static let clinicQuota = """
        WITH chosen AS (
            SELECT place.code AS clinic, r.*,
                row_number() OVER (PARTITION BY place.id, r.period_from, r.period_to ORDER BY r.attempt_id, r.name_id) AS choice,
                first_value(r.sessions_id) OVER (PARTITION BY place.id, r.period_from, r.period_to
                    ORDER BY CASE r.language WHEN 'en' THEN 1 WHEN 'tc' THEN 2 ELSE 3 END, r.attempt_id, r.name_id) AS shown_id
            FROM quota_record r
            JOIN place_name ON place_name.id = r.name_id
            JOIN place ON place.id = place_name.place_id
        ), week(weekday) AS (VALUES (1), (2), (3), (4), (5), (6), (7))
        SELECT chosen.clinic, \(day("period_from")) AS period_from, \(day("period_to")) AS period_to, week.weekday,
               CASE week.weekday WHEN 1 THEN monday WHEN 2 THEN tuesday WHEN 3 THEN wednesday WHEN 4 THEN thursday
                    WHEN 5 THEN friday WHEN 6 THEN saturday ELSE sunday END AS quota,
               quota_text.text AS sessions_text, chosen.attempt_id AS capture_id,
               coalesce(json_extract(chosen.texts, '$[' || (week.weekday - 1) || ']'),
                    CAST(CASE week.weekday WHEN 1 THEN monday WHEN 2 THEN tuesday WHEN 3 THEN wednesday
                        WHEN 4 THEN thursday WHEN 5 THEN friday WHEN 6 THEN saturday ELSE sunday END AS TEXT),
                    'N/A') AS quota_text
        FROM chosen CROSS JOIN week
        JOIN quota_text ON quota_text.id = chosen.shown_id
        WHERE chosen.choice = 1
        """

    private static let capture = """
        SELECT attempt.id AS id, feed.name AS feed, document.url AS document, attempt.origin AS origin,
               \(rfc3339(unix: "attempt.captured_unix")) AS captured_at, attempt.outcome AS outcome,
               attempt.http_status AS http_status,
               CASE WHEN attempt.observed_minute IS NOT NULL
                    THEN \(rfc3339(minute: "attempt.observed_minute")) END AS observed_at,
               CASE WHEN payload.id IS NOT NULL THEN lower(hex(payload.sha256)) END AS payload_sha256, payload.bytes AS bytes,
               attempt.milliseconds AS milliseconds, attempt.error AS error
        FROM attempt
        JOIN document ON document.id = attempt.document_id
        JOIN feed ON feed.id = document.feed_id
        LEFT JOIN payload ON payload.id = attempt.payload_id
        """

    private static let revision = """
        SELECT feed.name AS feed, place.code AS hospital, \(rfc3339(minute: "d.observed_minute")) AS observed_at,
               d.metric AS metric, d.kept_text AS kept_text, d.other_text AS other_text, d.attempt_id AS capture_id
        FROM disagreement d
        JOIN feed ON feed.id = d.feed_id
        JOIN place ON place.id = d.place_id
        """

    private static let quarantine = """
        SELECT attempt_id AS capture_id, record, field, text, reason FROM fault
        """

    private static let incident = """
        SELECT id, kind, subject, \(rfc3339(unix: "since_unix")) AS since, \(rfc3339(unix: "opened_unix")) AS opened_at, opening,
               CASE WHEN closed_unix IS NOT NULL THEN \(rfc3339(unix: "closed_unix")) END AS closed_at, closing
        FROM incident_row
        """

    /// Day and time of day in Hong Kong: SQLite's own `date()` of `observed_at` gives UTC's.
    private static let hongKongDateAndTime = """
        strftime('%Y-%m-%d', r.observed_minute * 60 + 28800, 'unixepoch') AS observed_date,
               strftime('%H:%M', r.observed_minute * 60 + 28800, 'unixepoch') AS observed_time
        """

    private static func rfc3339(minute: String) -> String {
        rfc3339(unix: "\(minute) * 60")
    }

    static func rfc3339(unix: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%S', \(unix) + 28800, 'unixepoch') || '+08:00'"
    }

    /// `20260101` as `2026-01-01`.
    private static func day(_ column: String) -> String {
        "printf('%04d-%02d-%02d', \(column) / 10000, \(column) / 100 % 100, \(column) % 100)"
    }
}
