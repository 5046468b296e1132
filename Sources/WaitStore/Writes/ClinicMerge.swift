import GRDB
import WaitCore

/// Makes one clinic of two: one heard of by name only, and the one that its figures show it to be, known or met before it.
///
/// Of the records of one clinic and period the first by (capture, name) stands.
struct ClinicMerge {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    /// Gives each name to the clinic that it turned out to mean, and what else its place was called along with it.
    ///
    /// The places that they were go; a place with coordinates never does.
    /// - Parameter clinics: name id → clinic.
    func give(_ clinics: [Int64: Int64]) throws {
        var heirs: [Int64: Int64] = [:]
        for (name, clinic) in clinics.sorted(by: { $0.key < $1.key }) {
            let former = try Int64.fetchOne(
                db,
                sql: """
                    SELECT place_id FROM place_name JOIN place ON place.id = place_id
                    WHERE place_name.id = ? AND latitude IS NULL
                    """, arguments: [name])
            guard let former else { continue }
            try db.execute(
                sql: "UPDATE place_name SET place_id = ?, matched_by = 'figures' WHERE id = ?",
                arguments: [clinic, name])
            heirs[former] = heirs[former] ?? clinic
        }
        for (former, heir) in heirs { try dissolve(former, into: heir) }
        for clinic in Set(clinics.values) { try settle(clinic) }
    }

    private func dissolve(_ former: Int64, into clinic: Int64) throws {
        // The name that the place was met under came along with one like it, or with its twin in another language.
        try db.execute(
            sql: """
                UPDATE place_name SET place_id = ?1, matched_by = CASE
                    WHEN matched_by <> 'unplaced' THEN matched_by
                    WHEN key <> '' AND EXISTS (SELECT 1 FROM place_name other
                        WHERE other.place_id IN (?1, ?2) AND other.key = place_name.key AND other.id <> place_name.id)
                    THEN 'name' ELSE 'figures' END
                WHERE place_id = ?2
                """,
            arguments: [clinic, former])
        try db.execute(
            sql: "UPDATE OR IGNORE disagreement SET place_id = ? WHERE place_id = ?", arguments: [clinic, former])
        try db.execute(sql: "DELETE FROM disagreement WHERE place_id = ?", arguments: [former])
        try db.execute(sql: "DELETE FROM place WHERE id = ?", arguments: [former])
    }

    /// Brings revisions and district to what they were, had the clinic been one from the start.
    ///
    /// Nothing is written of a place without quota records.
    func settle(_ clinic: Int64) throws {
        let records = try Row.fetchAll(
            db,
            sql: """
                SELECT r.*, quota_text.text AS district FROM quota_record r
                JOIN place_name ON place_name.id = r.name_id JOIN quota_text ON quota_text.id = r.district_id
                WHERE place_name.place_id = ? ORDER BY r.attempt_id, r.name_id
                """, arguments: [clinic])
        let periods = try Dictionary(grouping: records) { try [$0["period_from"], $0["period_to"]] as [Int] }
        for records in periods.values {
            guard let first = records.first, let from = try HongKongMinute(dayNumber: first["period_from"]) else {
                continue
            }
            let texts = try records.map(QuotaWriter.texts)
            for (day, weekday) in QuotaWriter.weekdays.enumerated() {
                let published = try zip(records, texts).map { (text: $1[day], attempt: try $0["attempt_id"] as Int64) }
                try settle(published, weekday: weekday, of: clinic, at: from.sinceEpoch)
            }
        }
        for record in records {
            guard let language = Language(rawValue: try record["language"]), try record["district"] != "" else {
                continue
            }
            try ClinicDistrict.set(try record["district"], language: language, of: clinic, db)
        }
    }

    /// The first record's quota stands; every other one is a revision of it.
    private func settle(
        _ published: [(text: String, attempt: Int64)], weekday: String, of clinic: Int64, at minute: Int
    ) throws {
        guard let first = published.first?.text else { return }
        try db.execute(
            sql: """
                UPDATE disagreement SET kept_text = ?1 WHERE place_id = ?2 AND observed_minute = ?3 AND metric = ?4
                """, arguments: [first, clinic, minute, weekday])
        let others = try Row.fetchAll(
            db,
            sql: "SELECT id, other_text FROM disagreement WHERE place_id = ? AND observed_minute = ? AND metric = ?",
            arguments: [clinic, minute, weekday])
        for row in others where try !QuotaWriter.differs(row["other_text"], from: first) {
            try db.execute(sql: "DELETE FROM disagreement WHERE id = ?", arguments: [try row["id"] as Int64])
        }
        for (text, attempt) in published where QuotaWriter.differs(text, from: first) {
            _ = try Revisions.keep(
                Revision(
                    feed: Feed.clinicQuota.id, place: clinic, observedMinute: minute, metric: weekday, kept: first,
                    other: text),
                attempt: attempt, db)
        }
    }
}
