import Foundation
import GRDB
import WaitCore

/// Writes the records of a quota document, each under its published name; which clinic a name means (`QuotaClinics`) can be
/// mended later.
struct QuotaWriter {
    private let writer: CaptureWriter
    private let language: Language
    private var db: Database { writer.db }

    init(_ writer: CaptureWriter, language: Language) {
        (self.writer, self.language) = (writer, language)
    }

    func write(_ document: QuotaDocument, attempt: Int64) throws -> Added {
        let clinics = QuotaClinics(places: writer.places, language: language, db)
        let names = try clinics.resolve(document.records, attempt: attempt)
        var added = Added()
        for (record, name) in zip(document.records, names) {
            guard try insert(record, name: name.nameID, attempt: attempt) else { continue }
            added.rows += 1
            added.unreadQuotas.formUnion(record.quotaTexts.filter(QuotaText.isUnread))
        }
        for (record, name) in zip(document.records, names) {
            added.revisions += try compare(record, place: name.placeID, attempt: attempt)
            if !record.districtName.isEmpty {
                try ClinicDistrict.set(record.districtName, language: language, of: name.placeID, db)
            }
        }
        for period in Set(document.records.map(\.from)) { try clinics.placeByFigures(from: period) }
        return added
    }

    /// Enters the record; false where this name has one for the period.
    private func insert(_ record: QuotaRecord, name: Int64, attempt: Int64) throws -> Bool {
        let marks = Array(repeating: "?", count: 7).joined(separator: ", ")
        var arguments: [(any DatabaseValueConvertible)?] = [
            name, record.from.dayNumber, record.to.dayNumber, language.rawValue, try textID(record.districtName),
            try textID(record.sessionsText),
        ]
        arguments += record.quotas.map { $0 as (any DatabaseValueConvertible)? }
        arguments.append(Self.keptTexts(record.quotaTexts))
        arguments.append(attempt)
        try db.cachedStatement(
            sql: """
                INSERT INTO quota_record (name_id, period_from, period_to, language, district_id, sessions_id,
                    \(Self.weekdays.joined(separator: ", ")), texts, attempt_id)
                VALUES (?, ?, ?, ?, ?, ?, \(marks), ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: StatementArguments(arguments))
        return db.changesCount > 0
    }

    /// Keeps what differs from the first record that was read of this clinic and period, in any language.
    private func compare(_ record: QuotaRecord, place: Int64, attempt: Int64) throws -> Int {
        let kept = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT r.* FROM quota_record r JOIN place_name ON place_name.id = r.name_id
                    WHERE place_name.place_id = ? AND r.period_from = ? AND r.period_to = ?
                    ORDER BY r.attempt_id, r.name_id LIMIT 1
                    """),
            arguments: [place, record.from.dayNumber, record.to.dayNumber])
        guard let kept else { return 0 }
        var revisions = 0
        let texts = try Self.texts(of: kept)
        for (day, weekday) in Self.weekdays.enumerated() {
            guard Self.differs(record.quotaTexts[day], from: texts[day]) else { continue }
            revisions += try Revisions.keep(
                Revision(
                    feed: Feed.clinicQuota.id, place: place, observedMinute: record.from.sinceEpoch, metric: weekday,
                    kept: texts[day], other: record.quotaTexts[day]),
                attempt: attempt, db)
        }
        return revisions
    }

    private func textID(_ text: String) throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM quota_text WHERE text = ?"), arguments: [text])
        if let known { return known }
        try db.execute(sql: "INSERT INTO quota_text (text) VALUES (?)", arguments: [text])
        return db.lastInsertedRowID
    }

    static let weekdays = QuotaRecord.weekdays.map { $0.lowercased() }

    /// Whether a published text gives another figure than the one that stands; what is missing says nothing.
    static func differs(_ text: String, from standing: String) -> Bool {
        !QuotaText.isMissing(text) && QuotaText.places(text) != QuotaText.places(standing)
    }

    /// The column `texts`: a JSON array of the texts that their figures do not tell, nil where there are none.
    static func keptTexts(_ texts: [String]) -> String? {
        let kept = texts.map { $0 == QuotaText.usual(QuotaText.places($0)) ? nil : $0 }
        guard kept.contains(where: { $0 != nil }) else { return nil }
        return "[" + kept.map { $0.map(JSONText.quoted) ?? "null" }.joined(separator: ",") + "]"
    }

    /// The seven published texts of a row of `quota_record`.
    /// - Throws: `StoreError` where a cell is damaged.
    static func texts(of row: Row) throws -> [String] {
        let kept = (try row["texts"] as String?).map { Data($0.utf8) }
        // Our own column; where it was damaged, `verify` says so, and the figures stand.
        let texts = kept.flatMap { try? JSONDecoder().decode([String?].self, from: $0) } ?? []
        return try weekdays.enumerated().map { day, weekday in
            try (day < texts.count ? texts[day] : nil) ?? QuotaText.usual(row.quota(weekday))
        }
    }
}
