import GRDB
import Testing
import WaitCore

@testable import WaitStore

/// One value of one row changed behind the record's back.
struct Change: Sendable, CustomTestStringConvertible {
    let table: String
    let column: String
    /// An SQL expression of the new value.
    let value: String
    /// Which row; of several the first.
    let condition: String
    /// The table that the finding names, where the change shows in another one.
    let named: String

    init(_ table: String, _ column: String, _ value: String, where condition: String = "1", named: String? = nil) {
        (self.table, self.column, self.value, self.condition) = (table, column, value, condition)
        self.named = named ?? table
    }

    var testDescription: String { "\(table).\(column) = \(value) where \(condition)" }

    /// Makes the change; one that changes nothing fails the test.
    func make(in database: WaitDatabase) throws {
        try database.access.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            let keys = try db.primaryKey(table).columns.joined(separator: ", ")
            try db.execute(
                sql: """
                    UPDATE \(table) SET \(column) = \(value) WHERE (\(keys)) IN (
                        SELECT \(keys) FROM \(table) WHERE (\(condition)) AND \(column) IS NOT (\(value)) LIMIT 1)
                    """)
            #expect(db.changesCount == 1)
        }
    }
}

extension Change {
    static let all = [
        files, attempts, phrases, places, otherPlaces, names, nameIDs, readings, figures, otherFigures, quotas,
        weekdays,
        disagreements, faults, otherFaults, archive, derived, incidents, drift, upkeep,
    ].flatMap { $0 }

    private static let lastCapture = "(SELECT max(id) FROM attempt)"
    /// A capture of the same bytes as the first A&E reading's.
    private static let duplicateCapture = "(SELECT id FROM attempt WHERE origin = 'archive')"

    private static let files = [
        Change("feed", "id", "99", where: "name = 'ae-wait'", named: "document"),
        Change("feed", "name", "'ae-waits'", where: "name = 'ae-wait'"),
        Change("feed", "life_from_minute", "life_from_minute + 1", where: "name = 'ae-wait'"),
        Change("feed", "life_to_minute", "NULL", where: "name = 'ae-top-wait'"),
        Change("feed", "evidence", "evidence || ' '", where: "name = 'ae-wait'"),
        Change("document", "id", "99", named: "attempt"),
        Change("document", "feed_id", "feed_id + 1", where: "language = 'en'"),
        Change("document", "url", "url || '?'"),
        Change("document", "language", "'sc'", where: "language = 'en'"),
        Change("document", "language", "NULL", where: "language = 'en'"),
        Change("payload", "id", "9999"),
        Change("payload", "sha256", "CAST(x'00' || substr(sha256, 2) AS BLOB)"),
        Change("payload", "bytes", "bytes + 1"),
        Change("payload", "bytes", "bytes - 1"),
        Change("payload", "bytes", "-1"),
        Change("payload", "bytes", "9223372036854775807"),
        Change("payload", "deflated", "CAST(substr(deflated, 1, 99) || x'41' || substr(deflated, 101) AS BLOB)"),
        Change("payload", "deflated", "(SELECT other.deflated FROM payload other WHERE other.id = payload.id + 1)"),
        Change("quota_text", "id", "9999", named: "quota_record"),
        Change("quota_text", "text", "text || ' '"),
    ]

    private static let derived = [
        Change("packed_day", "hospital_id", "hospital_id + 50"), Change("packed_day", "metric", "'t1'"),
        Change("packed_day", "day", "day + 400"),
        Change("packed_day", "cells", "CAST(substr(cells, 1, 75) || x'0000' || substr(cells, 78) AS BLOB)"),
        Change("packed_day", "cells", "x'02'"), Change("generation", "number", "0"),
        Change("generation", "nonce", "0"), Change("generation", "id", "2"),
    ]

    private static let upkeep = [
        Change("upkeep", "matter", "'same name'"), Change("upkeep", "subject", "'QMH'"),
        Change("upkeep", "state", "state || '0'", where: "matter = 'name keys'"),
        Change("upkeep", "state", "'x'", where: "matter = 'shipped places'"), Change("upkeep", "seal", "seal + 1"),
    ]

    private static let archive = [
        Change("archive_day", "document_id", "document_id + 1"), Change("archive_day", "key", "'http'"),
        Change("archive_day", "day", "day + 1"), Change("archive_day", "asked_unix", "asked_unix + 1"),
        Change("archive_day", "seal", "seal + 1"), Change("archive_version", "document_id", "document_id + 1"),
        Change("archive_version", "stamp_minute", "stamp_minute + 1"), Change("archive_version", "key", "'http'"),
        Change("archive_version", "attempt_id", "attempt_id - 1"), Change("archive_version", "attempt_id", "NULL"),
        Change("archive_version", "failed_days", "failed_days + 1"),
        Change("archive_version", "last_failed_day", "20261118"), Change("archive_version", "seal", "seal + 1"),
    ]

    private static let incidents = [
        Change("incident_row", "id", "99"), Change("incident_row", "kind", "'failing'"),
        Change("incident_row", "subject", "'ae-top-wait'"), Change("incident_row", "since_unix", "since_unix - 1"),
        Change("incident_row", "opened_unix", "opened_unix + 1"), Change("incident_row", "opening", "opening || ' '"),
        Change("incident_row", "closed_unix", "closed_unix + 1", where: "closed_unix IS NOT NULL"),
        Change("incident_row", "closing", "closing || ' '", where: "closing IS NOT NULL"),
        Change("incident_row", "seal", "seal + 1"),
    ]

    private static let attempts = [
        Change("attempt", "id", "9999"), Change("attempt", "document_id", "document_id + 1"),
        Change("attempt", "origin", "'import'"), Change("attempt", "captured_unix", "captured_unix + 1"),
        Change("attempt", "outcome", "'duplicate'", where: "outcome = 'notModified'"),
        Change("attempt", "outcome", "'duplicate'", where: "outcome = 'new'"),
        Change("attempt", "http_status", "404", where: "http_status = 503"),
        Change("attempt", "http_status", "NULL", where: "http_status = 503"),
        Change("attempt", "observed_minute", "observed_minute + 1"),
        Change("attempt", "payload_id", "payload_id + 1"), Change("attempt", "payload_id", "NULL"),
        Change("attempt", "milliseconds", "milliseconds + 1"), Change("attempt", "milliseconds", "NULL"),
        Change("attempt", "error", "error || ' '", where: "error IS NOT NULL"),
        Change("attempt", "entity_tag", "entity_tag || ' '", where: "entity_tag IS NOT NULL"),
        Change("attempt", "last_modified", "NULL", where: "last_modified IS NOT NULL"),
        Change("attempt", "seal", "seal + 1"),
    ]

    private static let phrases = [
        Change("phrase", "id", "9999", where: "text = '24 minutes'", named: "wait_reading"),
        Change("phrase", "kind", "'triage12'", where: "text = '24 minutes'"),
        Change("phrase", "text", "'1 minutes'", where: "text = '24 minutes'"),
        Change("phrase", "text", "'24  Minutes'", where: "text = '24 minutes'"),
        Change("phrase", "text", "'about 32 minutes'", where: "text = 'about 31 minutes'"),
        Change("phrase", "text", "'24  分鐘'", where: "text = '24 分鐘'"),
        Change("phrase", "minutes", "minutes + 1"), Change("phrase", "minutes", "NULL", where: "text = '24 minutes'"),
        Change("phrase", "minutes", "0", where: "qualifier = 'unrecognised'"),
        Change("phrase", "lower_minutes", "lower_minutes + 1"), Change("phrase", "upper_minutes", "upper_minutes + 1"),
        Change("phrase", "qualifier", "'lessThan'", where: "qualifier = 'exact'"),
        Change("phrase", "qualifier", "'unheard'", where: "qualifier = 'unrecognised'"),
    ]

    private static let readings = [
        Change("wait_reading", "hospital_id", "hospital_id + 20"),
        Change("wait_reading", "observed_minute", "observed_minute - 15"),
        Change("wait_reading", "attempt_id", lastCapture),
        Change("wait_reading", "attempt_id", duplicateCapture, where: "observed_minute = \(minute)"),
        Change("top_wait_reading", "hospital_id", "hospital_id + 20"),
        Change("top_wait_reading", "observed_minute", "observed_minute - 15"),
        Change("top_wait_reading", "top_wait", "top_wait + 1"),
        Change("top_wait_reading", "attempt_id", "attempt_id + 1"),
    ]

    /// A phrase that is not there, and another one of the same kind.
    private static let figures = Feed.aeWait.figures.map { Change("wait_reading", $0.metric, "9999") }
    private static let otherFigures = Feed.aeWait.figures.map { figure in
        Change(
            "wait_reading", figure.metric,
            """
            (SELECT id FROM phrase WHERE kind = '\(figure.kind.rawValue)' AND id > wait_reading.\(figure.metric) \
            ORDER BY id LIMIT 1)
            """)
    }

    /// 2026-11-14T09:15:00+08:00.
    private static let minute = 29_910_315

    private static let quotas = [
        Change("quota_record", "name_id", "(SELECT max(id) FROM place_name)"),
        Change("quota_record", "period_from", "20261012"), Change("quota_record", "period_to", "20261106"),
        Change("quota_record", "language", "'sc'", where: "language = 'en'"),
        Change("quota_record", "district_id", "sessions_id"), Change("quota_record", "sessions_id", "district_id"),
        Change("quota_record", "attempt_id", lastCapture), Change("quota_record", "attempt_id", "attempt_id + 1"),
        Change("quota_record", "sunday", "0.0", where: "sunday IS NULL"),
        Change("quota_record", "texts", "NULL", where: "texts IS NOT NULL"),
        Change("quota_record", "texts", "replace(texts, 'soon', 'late')", where: "texts IS NOT NULL"),
        Change("quota_record", "texts", "'[null]'", where: "texts IS NULL"),
    ]
    private static let drift = [
        Change("drift", "document_id", "document_id + 1"), Change("drift", "key", "key || ' '"),
        Change("drift", "change", "'unread'"), Change("drift", "attempt_id", "1"),
    ]
    private static let weekdays = QuotaWriter.weekdays.map {
        Change("quota_record", $0, "ifnull(\($0) + 0.1, 7.0)")
    }

    private static let disagreements = ["ae-wait", "ae-top-wait", "clinic-quota"].flatMap { feed in
        let condition = "feed_id = (SELECT id FROM feed WHERE name = '\(feed)')"
        return [
            Change("disagreement", "feed_id", "feed_id - 1", where: condition),
            Change("disagreement", "place_id", "place_id + 1", where: condition),
            Change("disagreement", "observed_minute", "observed_minute + 1", where: condition),
            Change("disagreement", "metric", "'t1'", where: condition),
            Change("disagreement", "kept_text", "kept_text || '0'", where: condition),
            Change("disagreement", "other_text", "other_text || '0'", where: condition),
            Change("disagreement", "attempt_id", "1", where: condition),
        ]
    }

    private static let faults = ["payload_id IS NULL", "payload_id IS NOT NULL"].flatMap { condition in
        [
            Change("fault", "attempt_id", "1", where: condition), Change("fault", "record", "17", where: condition),
            Change("fault", "document_id", "document_id + 1", where: condition),
            Change("fault", "field", "'t1wt'", where: condition),
            Change("fault", "text", "text || ' '", where: condition),
            Change("fault", "reason", "reason || ' '", where: condition),
        ]
    }
    private static let otherFaults = [
        Change("fault", "payload_id", "1", where: "payload_id IS NOT NULL"),
        Change("fault", "payload_id", "NULL", where: "payload_id IS NOT NULL"),
        Change("fault", "payload_id", "1", where: "payload_id IS NULL"),
        Change("fault", "record", "NULL", where: "record IS NOT NULL"),
        Change("fault", "field", "NULL", where: "field IS NOT NULL"),
    ]
}
