import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("The views of the contract")
struct ViewTests {
    private static let names = "name_en, name_tc, name_sc"
    private static let clusters = "cluster_en, cluster_tc, cluster_sc"
    private static let districts = "district_en, district_tc, district_sc"
    private static let location = "address_en, address_tc, address_sc, latitude, longitude, coordinates_source"

    /// View → its columns in order, word for word as the contract has them.
    static let contract: [(view: String, columns: String)] = [
        ("hospital", "code, \(names), \(clusters), \(districts), \(location)"),
        ("clinic", "id, \(names), \(districts), \(clusters), \(location)"),
        ("facility", "id, kind, \(names), \(clusters), \(districts), \(location)"),
        (
            "ae_wait",
            """
            hospital, observed_at, observed_unix, t1_minutes, t2_minutes, t3_p50_minutes, t3_p95_minutes, \
            t45_p50_minutes, t45_p95_minutes, t1_managing, t2_managing, resuscitation, trial, origin, capture_id, \
            observed_date, observed_time
            """
        ),
        (
            "ae_top_wait",
            "hospital, observed_at, observed_unix, over_minutes, origin, capture_id, observed_date, observed_time"
        ),
        (
            "ae_phrase",
            """
            feed, hospital, observed_at, metric, text, minutes, lower_minutes, upper_minutes, qualifier, capture_id, \
            observed_date, observed_time
            """
        ),
        ("clinic_quota", "clinic, period_from, period_to, weekday, quota, sessions_text, capture_id, quota_text"),
        (
            "capture",
            """
            id, feed, document, origin, captured_at, outcome, http_status, observed_at, payload_sha256, bytes, \
            milliseconds, error
            """
        ),
        ("revision", "feed, hospital, observed_at, metric, kept_text, other_text, capture_id"),
        ("quarantine", "capture_id, record, field, text, reason"),
    ]
    /// Ours beside the contract's.
    static let further = [
        ("incident", "id, kind, subject, since, opened_at, opening, closed_at, closing"),
        ("code_name", "column, code, en, tc, sc"),
    ]

    @Test("has exactly the contract's columns in their order", arguments: contract + further)
    func columns(view: String, columns: String) throws {
        let stored = try WaitDatabase.inMemory().values("SELECT name FROM pragma_table_info(?)", [view])
        #expect(stored.compactMap { $0 }.joined(separator: ", ") == columns)
    }

    @Test("are these and no others")
    func noOthers() throws {
        // Those of datasets follow from their columns.
        let stored = try WaitDatabase.inMemory(Catalogue([])).values(
            "SELECT name FROM sqlite_schema WHERE type = 'view'")
        #expect(Set(stored) == Set((Self.contract + Self.further).map(\.view)))
    }

    /// A record with one row of time in every view that has times.
    private static func filled() throws -> WaitDatabase {
        let database = try WaitDatabase.holding(
            .fixture(.aeWait, .en), .fixture(.aeTopWait, .en),
            .edited(.aeWait, .en, ("\"24 minutes\"", "\"25 minutes\"")))
        return database
    }

    @Test(
        "give times as RFC 3339 with Hong Kong's offset",
        arguments: [
            ("ae_wait", "observed_at", "2026-11-14T09:15:00+08:00"),
            ("ae_top_wait", "observed_at", "2025-10-13T00:15:00+08:00"),
            ("ae_phrase WHERE feed = 'ae-wait'", "observed_at", "2026-11-14T09:15:00+08:00"),
            ("ae_phrase WHERE feed = 'ae-top-wait'", "observed_at", "2025-10-13T00:15:00+08:00"),
            ("capture", "captured_at", "2026-11-14T09:17:00+08:00"),
            ("capture WHERE feed = 'ae-wait'", "observed_at", "2026-11-14T09:15:00+08:00"),
            ("revision", "observed_at", "2026-11-14T09:15:00+08:00"),
        ])
    func times(view: String, column: String, expected: String) throws {
        #expect(try Self.filled().values("SELECT DISTINCT \(column) FROM \(view)") == [expected])
    }

    /// Update times whose day is another one in UTC, or just not.
    static let dayCases: [(String, String)] = [
        ("2026-11-14T00:00", "00:00"), ("2026-11-14T07:45", "07:45"), ("2026-11-14T08:00", "08:00"),
        ("2026-11-14T23:45", "23:45"), ("2026-01-01T00:15", "00:15"), ("2028-02-29T06:30", "06:30"),
        ("2026-12-31T23:59", "23:59"),
    ]

    @Test("give Hong Kong's day and time of day, where SQLite's own functions give UTC's", arguments: dayCases)
    func hongKongDays(time: String, clock: String) throws {
        let database = try WaitDatabase.holding(try AEDocument(at: time).capture())
        for view in ["ae_wait", "ae_phrase WHERE metric = 't1'"] {
            #expect(
                try database.rows("SELECT DISTINCT observed_date, observed_time FROM \(view)") == [
                    [String(time.prefix(10)), clock]
                ])
        }
        let old = try WaitDatabase.holding(.fixture(.aeTopWait, .en))
        #expect(
            try old.rows("SELECT DISTINCT observed_date, observed_time FROM ae_top_wait") == [["2025-10-13", "00:15"]])
    }

    @Test(
        "give the same time in seconds",
        arguments: [("ae_wait", "1794618900"), ("ae_top_wait", "1760285700")])
    func seconds(view: String, expected: String) throws {
        #expect(try Self.filled().values("SELECT DISTINCT observed_unix FROM \(view)") == [expected])
    }

    @Test(
        "give flags as 0, 1 or NULL",
        arguments: [
            ("QMH", nil, nil, "1"), ("TMH", "1", "0", "0"), ("PWH", "1", "1", "0"), ("KWH", "0", "1", "0"),
            ("AHN", "0", "0", "0"),
        ] as [(String, String?, String?, String?)])
    func flags(hospital: String, t1: String?, t2: String?, resuscitation: String?) throws {
        let row = try Self.filled().rows(
            "SELECT t1_managing, t2_managing, resuscitation FROM ae_wait WHERE hospital = ?", [hospital])
        #expect(row == [[t1, t2, resuscitation]])
    }

    @Test("does not call a wait it cannot read a resuscitation or none")
    func unreadableState() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, ("\"0 minute\"", "\"soon\"")))
        #expect(try database.values("SELECT resuscitation FROM ae_wait WHERE hospital = 'AHN'") == [nil])
    }

    @Test("give the days of a quota's period as ISO 8601")
    func days() throws {
        let database = try WaitDatabase.holding(.fixture(.clinicQuota, .tc))
        #expect(
            try database.rows("SELECT DISTINCT period_from, period_to FROM clinic_quota") == [
                ["2026-10-11", "2026-11-07"]
            ])
    }
}
