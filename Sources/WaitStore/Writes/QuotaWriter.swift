import GRDB
import WaitCore

/// Writes the records of a quota document, each under its published name; which clinic a name means can be mended later.
struct QuotaWriter {
    private let writer: CaptureWriter
    private let language: Language
    private var db: Database { writer.db }

    init(_ writer: CaptureWriter, language: Language) {
        (self.writer, self.language) = (writer, language)
    }

    func write(_ document: QuotaDocument, attempt: Int64) throws -> Added {
        let names = try resolveNames(document.records, attempt: attempt)
        var added = Added()
        for (record, name) in zip(document.records, names) {
            if try insert(record, name: name.nameID, attempt: attempt) {
                added.rows += 1
            }
        }
        for (record, name) in zip(document.records, names) {
            added.revisions += try compare(record, place: name.placeID, attempt: attempt)
            try ClinicDistrict.set(record.districtName, language: language, of: name.placeID, db)
        }
        let periods = Set(document.records.map(\.from))
        for period in periods { try placeByFigures(from: period) }
        return added
    }

    /// The clinic of each record: as known, else by the same figures in another language, else by the name's key; one to
    /// one but for names known before.
    private func resolveNames(_ records: [QuotaRecord], attempt: Int64) throws -> [PlaceNames.Known] {
        var claimed = Set(try records.compactMap { try writer.places.find($0.clinicName, kind: .clinic)?.placeID })
        let joined = try joinUnknown(records)
        return try records.enumerated().map { index, record in
            if let known = try writer.places.find(record.clinicName, kind: .clinic) { return known }
            if let place = joined[index], claimed.insert(place).inserted {
                return try writer.places.add(
                    record.clinicName, of: place, kind: .clinic, matchedBy: .figures, attempt: attempt)
            }
            let resolved = try writer.places.resolve(
                record.clinicName, kind: .clinic, language: language, attempt: attempt, besides: claimed)
            claimed.insert(resolved.placeID)
            return resolved
        }
    }

    /// Record index → clinic, for names never met whose figures stand once under a placed name of another language.
    private func joinUnknown(_ records: [QuotaRecord]) throws -> [Int: Int64] {
        let candidates = try records.indices.filter {
            try writer.places.find(records[$0].clinicName, kind: .clinic) == nil
        }.map {
            QuotaJoin.Candidate(nameID: Int64($0), sessions: records[$0].sessionsText, figures: records[$0].figures)
        }
        guard !candidates.isEmpty else { return [:] }
        let placed = try Set(records.map(\.from)).flatMap { try stored(from: $0, others: true, placed: true) }
        let pairs = QuotaJoin.pairs(candidates, placed.map(\.candidate))
        let placeOfName = Dictionary(placed.map { ($0.candidate.nameID, $0.place) }) { first, _ in first }
        return Dictionary(
            uniqueKeysWithValues: pairs.compactMap { index, name in
                placeOfName[name].map { (Int(index), $0) }
            })
    }

    private struct Stored {
        let candidate: QuotaJoin.Candidate
        let place: Int64
    }

    /// The stored records of a period, of other languages or of this one, whose clinic has coordinates or not.
    private func stored(from period: HongKongMinute, others: Bool, placed: Bool) throws -> [Stored] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT r.*, place.id AS place_id, quota_text.text AS sessions FROM quota_record r
                    JOIN place_name ON place_name.id = r.name_id JOIN place ON place.id = place_name.place_id
                    JOIN quota_text ON quota_text.id = r.sessions_id
                    WHERE r.period_from = ? AND (r.language <> ?) = ? AND (place.latitude IS NOT NULL) = ?
                    """),
            arguments: [period.dayNumber, language.rawValue, others, placed])
        return rows.compactMap { row in
            guard let to = HongKongMinute(dayNumber: row["period_to"]) else { return nil }
            let figures = QuotaFigures(from: period, to: to, quotas: Self.weekdays.map { row[$0] })
            return Stored(
                candidate: .init(nameID: row["name_id"], sessions: row["sessions"], figures: figures),
                place: row["place_id"])
        }
    }

    /// Gives names that were unplaced so far to the clinic that has the same figures in another language.
    private func placeByFigures(from period: HongKongMinute) throws {
        for unplacedIsOther in [false, true] {
            let unplaced = try stored(from: period, others: unplacedIsOther, placed: false)
            guard !unplaced.isEmpty else { continue }
            let placed = try stored(from: period, others: !unplacedIsOther, placed: true)
            let places = Dictionary(placed.map { ($0.candidate.nameID, $0.place) }) { first, _ in first }
            let pairs = QuotaJoin.pairs(unplaced.map(\.candidate), placed.map(\.candidate))
            try ClinicMerge(db).give(pairs.compactMapValues { places[$0] })
            writer.places.forget()
        }
    }

    /// Enters the record; false where this name has one for the period.
    private func insert(_ record: QuotaRecord, name: Int64, attempt: Int64) throws -> Bool {
        let marks = Array(repeating: "?", count: 7).joined(separator: ", ")
        var arguments: [(any DatabaseValueConvertible)?] = [
            name, record.from.dayNumber, record.to.dayNumber, language.rawValue, try textID(record.districtName),
            try textID(record.sessionsText),
        ]
        arguments += record.quotas.map { $0 as (any DatabaseValueConvertible)? }
        arguments.append(attempt)
        try db.cachedStatement(
            sql: """
                INSERT INTO quota_record (name_id, period_from, period_to, language, district_id, sessions_id,
                    \(Self.weekdays.joined(separator: ", ")), attempt_id)
                VALUES (?, ?, ?, ?, ?, ?, \(marks), ?) ON CONFLICT DO NOTHING
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
        for (weekday, quota) in zip(Self.weekdays, record.quotas) {
            let first: Double? = kept[weekday]
            guard first != quota else { continue }
            revisions += try Disagreements.keep(
                Disagreement(
                    feed: Feed.clinicQuota.id, place: place, observedMinute: record.from.sinceEpoch, metric: weekday,
                    kept: Self.text(first), other: Self.text(quota)),
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

    static func text(_ quota: Double?) -> String {
        quota.map { String($0) } ?? "N/A"
    }
}
