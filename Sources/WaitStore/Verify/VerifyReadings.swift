import GRDB
import WaitCore

/// Readings and quota records against the documents they are from.
extension Verifier {
    /// Each reading of the document must stand in the table, from this capture or, with the same meaning or a revision, from
    /// another.
    func check(_ waits: WaitDocument, of attempt: VerifiedAttempt) throws {
        guard let table = ReadingTable.of(feed: attempt.feed.id) else { return }
        var seen: Set<ReadingKey> = []
        for reading in waits.readings {
            phrases.formUnion(zip(table.kinds, reading.texts).map { Phrase(kind: $0, text: $1) })
            let row = "\(reading.hospitalName) \(reading.observedAt.rfc3339)"
            guard let stored = try StoredReading(of: reading.hospitalName, at: reading.observedAt, table: table, db)
            else {
                found(table.name, row, "It is in the document of capture \(attempt.id) and not in the table.")
                continue
            }
            report.readings += 1
            // A document may name a hospital in two ways: its first record is the reading.
            let isFirst = seen.insert(ReadingKey(place: stored.place, at: reading.observedAt)).inserted
            let isSource = isFirst && stored.attempt == attempt.id
            if isSource, stored.texts == reading.texts {
                claim(table.name, attempt)
                continue
            }
            for (index, metric) in table.columns.enumerated() where stored.texts[index] != reading.texts[index] {
                let kind = table.kinds[index]
                let isSame = !Phrase(kind: kind, text: reading.texts[index])
                    .contradicts(Phrase(kind: kind, text: stored.texts[index]))
                let difference = Difference(
                    feed: attempt.feed.id, place: stored.place, minute: reading.observedAt.sinceEpoch, metric: metric,
                    kept: stored.texts[index], other: reading.texts[index], attempt: attempt)
                let isExplained = try isSame || isKept(difference)
                if isSource || !isExplained {
                    found(table.name, row, "Its \(metric) is not what the document of capture \(attempt.id) says.")
                }
            }
        }
    }

    func check(_ quotas: QuotaDocument, of attempt: VerifiedAttempt) throws {
        for record in quotas.records {
            if !record.districtName.isEmpty {
                districtsByName[record.clinicName, default: []].insert(
                    DistrictSpelling(text: record.districtName, language: attempt.document.language ?? .en))
            }
            quotaTexts.formUnion([record.districtName, record.sessionsText])
            let name = "\(record.clinicName) \(record.from.dayText)"
            guard let stored = try StoredQuota(record, db) else {
                found("quota_record", name, "It is in the document of capture \(attempt.id) and not in the table.")
                continue
            }
            report.quotaRecords += 1
            if stored.attempt == attempt.id {
                if try stored.isEqual(to: record, language: attempt.document.language) {
                    claim("quota_record", attempt)
                } else {
                    found("quota_record", name, "It is not what the document of capture \(attempt.id) says.")
                }
            }
            try explainDisagreements(of: record, place: stored.place, attempt: attempt)
        }
    }

    private func explainDisagreements(of record: QuotaRecord, place: Int64, attempt: VerifiedAttempt) throws {
        let first = try Row.fetchOne(
            db,
            sql: """
                SELECT r.* FROM quota_record r JOIN place_name ON place_name.id = r.name_id
                WHERE place_id = ? AND period_from = ? AND period_to = ? ORDER BY r.attempt_id, r.name_id LIMIT 1
                """, arguments: [place, record.from.dayNumber, record.to.dayNumber])
        guard let first else { return }
        let texts = try QuotaWriter.texts(of: first)
        for (day, weekday) in QuotaWriter.weekdays.enumerated()
        where QuotaWriter.differs(record.quotaTexts[day], from: texts[day]) {
            let difference = Difference(
                feed: Feed.clinicQuota.id, place: place, minute: record.from.sinceEpoch, metric: weekday,
                kept: texts[day], other: record.quotaTexts[day], attempt: attempt)
            if !(try isKept(difference)) {
                found(
                    "disagreement", "\(record.clinicName) \(record.from.dayText) \(weekday)",
                    "Two documents differ and no revision says so.")
            }
        }
    }

    private struct Difference {
        let feed: String
        let place: Int64
        let minute: Int
        let metric: String
        let kept: String
        let other: String
        let attempt: VerifiedAttempt
    }

    /// Whether the difference is a row of `disagreement`.
    private func isKept(_ difference: Difference) throws -> Bool {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT d.id, d.kept_text, d.attempt_id FROM disagreement d JOIN feed ON feed.id = d.feed_id
                WHERE feed.name = ? AND place_id = ? AND observed_minute = ? AND metric = ? AND other_text = ?
                """,
            arguments: [
                difference.feed, difference.place, difference.minute, difference.metric, difference.other,
            ])
        guard let row else { return false }
        let isSource = try row["attempt_id"] == difference.attempt.id && difference.attempt.outcome != .duplicate
        if try row["kept_text"] == difference.kept, isSource { explainedDisagreements.insert(try row["id"]) }
        return true
    }
}

private struct ReadingKey: Hashable {
    let place: Int64
    let at: HongKongMinute
}

/// A reading as the table has it.
private struct StoredReading {
    let place: Int64
    let attempt: Int64
    let texts: [String]

    init?(of hospital: String, at minute: HongKongMinute, table: ReadingTable, _ db: Database) throws {
        let texts = table.columns.map { "(SELECT text FROM phrase WHERE id = r.\($0))" }.joined(separator: ", ")
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT r.hospital_id, r.attempt_id, \(texts) FROM \(table.name) r
                    JOIN place_name ON place_name.place_id = r.hospital_id
                    WHERE place_name.kind = 'hospital' AND place_name.text = ? AND r.observed_minute = ?
                    """),
            arguments: [hospital, minute.sinceEpoch])
        guard let row else { return nil }
        (place, attempt) = try (row[0], row[1])
        self.texts = try table.columns.indices.map { try row[$0 + 2] ?? "" }
    }
}

/// A quota record as the table has it.
private struct StoredQuota {
    let place: Int64
    let attempt: Int64
    private let row: Row

    init?(_ record: QuotaRecord, _ db: Database) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT r.*, place_name.place_id AS place_id, d.text AS district, s.text AS sessions FROM quota_record r
                    JOIN place_name ON place_name.id = r.name_id
                    LEFT JOIN quota_text d ON d.id = r.district_id LEFT JOIN quota_text s ON s.id = r.sessions_id
                    WHERE place_name.kind = 'clinic' AND place_name.text = ? AND r.period_from = ? AND r.period_to = ?
                    """),
            arguments: [record.clinicName, record.from.dayNumber, record.to.dayNumber])
        guard let row else { return nil }
        self.row = row
        (place, attempt) = try (row["place_id"], row["attempt_id"])
    }

    /// Records of schema 4 and older have no texts; those took numbers and N/A only.
    private func isSameText(_ record: QuotaRecord) throws -> Bool {
        let kept = QuotaWriter.keptTexts(record.quotaTexts)
        let stored: String? = try row["texts"]
        return stored == kept || (stored == nil && record.quotaTexts.allSatisfy(QuotaText.isPlain))
    }

    func isEqual(to record: QuotaRecord, language: Language?) throws -> Bool {
        try row["district"] as String? == record.districtName && row["sessions"] as String? == record.sessionsText
            && row["language"] as String? == language?.rawValue
            && QuotaWriter.weekdays.map { try row[$0] as Double? } == record.quotas
            && isSameText(record)
    }
}
