import GRDB
import WaitCore

/// Which clinics the names in a quota document mean, and those in other languages' documents by it.
///
/// Names in one document are of different clinics: a clinic that has a record in a language is not meant by another name of
/// that language and period.
struct QuotaClinics {
    private let places: PlaceNames
    private let language: Language
    private let db: Database

    init(places: PlaceNames, language: Language, _ db: Database) {
        (self.places, self.language, self.db) = (places, language, db)
    }

    /// The clinic of each record: as known, else by the same figures in another language, else by the name's key; one to
    /// one but for names known before.
    func resolve(_ records: [QuotaRecord], attempt: Int64) throws -> [PlaceNames.Known] {
        var claimed = Set(try records.compactMap { try places.find($0.clinicName, kind: .clinic)?.placeID })
        let joined = try joinUnknown(records, besides: claimed)
        return try records.enumerated().map { index, record in
            if let known = try places.find(record.clinicName, kind: .clinic) { return known }
            if let place = joined[index], claimed.insert(place).inserted {
                return try places.add(
                    record.clinicName, of: place, kind: .clinic, matchedBy: .figures, attempt: attempt)
            }
            let resolved = try places.resolve(
                record.clinicName, kind: .clinic, language: language, attempt: attempt, besides: claimed)
            claimed.insert(resolved.placeID)
            return resolved
        }
    }

    /// Gives clinics that were unplaced so far to the one that has the same figures in another language.
    func placeByFigures(from period: HongKongMinute) throws {
        for other in Language.allCases where other != language {
            try merge(from: period, with: other)
        }
    }

    /// Record index → clinic, for names never met whose figures stand once under a name of another language.
    private func joinUnknown(_ records: [QuotaRecord], besides claimed: Set<Int64>) throws -> [Int: Int64] {
        let known = try records.map { try places.find($0.clinicName, kind: .clinic)?.placeID }
        guard known.contains(nil) else { return [:] }
        let candidates = records.enumerated().map { index, record in
            QuotaJoin.Candidate(nameID: Int64(index), sessions: record.sessionsText, figures: record.figures)
        }
        let periods = Set(records.map(\.from))
        let taken = try claimed.union(periods.flatMap { try stored(from: $0, in: language) }.map(\.place))
        var joined: [Int: Int64] = [:]
        for other in Language.allCases where other != language {
            let theirs = try periods.flatMap { try stored(from: $0, in: other) }
            let paired = Set(theirs.map(\.place))
            let free = theirs.filter { !taken.contains($0.place) }
            let places = Dictionary(free.map { ($0.candidate.nameID, $0.place) }) { first, _ in first }
            let open = candidates.indices.filter { known[$0].map { !paired.contains($0) } ?? (joined[$0] == nil) }
            let pairs = QuotaJoin.pairs(open.map { candidates[$0] }, free.map(\.candidate))
            for index in open where known[index] == nil { joined[index] = pairs[Int64(index)].flatMap { places[$0] } }
        }
        return joined
    }

    /// Makes one of clinics that have the same figures, each in one of the languages only.
    ///
    /// Those with coordinates take the others in; of two without, the one met first.
    private func merge(from period: HongKongMinute, with other: Language) throws {
        for isPlaced in [true, false] {
            let (ours, theirs) = try (stored(from: period, in: language), stored(from: period, in: other))
            var clinics: [Int64: Int64] = [:]
            var used: Set<Int64> = []
            for pair in Self.twins(Self.without(theirs, ours), Self.without(ours, theirs)) {
                let (heir, former) = pair.0.precedes(pair.1) ? pair : (pair.1, pair.0)
                guard !former.isPlaced, heir.isPlaced == isPlaced, try !stoodApart(heir.place, former.place),
                    isPlaced || used.isDisjoint(with: [heir.place, former.place])
                else { continue }
                used.formUnion([heir.place, former.place])
                clinics[former.candidate.nameID] = heir.place
            }
            try ClinicMerge(db).give(clinics)
            places.forget()
        }
    }

    /// Records whose figures stand once on either side.
    private static func twins(_ ours: [Stored], _ theirs: [Stored]) -> [(Stored, Stored)] {
        let pairs = QuotaJoin.pairs(ours.map(\.candidate), theirs.map(\.candidate))
        let twins = Dictionary(theirs.map { ($0.candidate.nameID, $0) }) { first, _ in first }
        return ours.compactMap { one in pairs[one.candidate.nameID].flatMap { twins[$0] }.map { (one, $0) } }
    }

    /// The records of places that have none among `others`.
    private static func without(_ others: [Stored], _ records: [Stored]) -> [Stored] {
        let places = Set(others.map(\.place))
        return records.filter { !places.contains($0.place) }
    }

    /// Whether both had records of their own, with different figures, in one language and period.
    private func stoodApart(_ one: Int64, _ other: Int64) throws -> Bool {
        let week = { (alias: String) in QuotaWriter.weekdays.map { "\(alias).\($0)" }.joined(separator: ", ") }
        return try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM quota_record a JOIN place_name an ON an.id = a.name_id
                    JOIN quota_record b ON b.period_from = a.period_from AND b.language = a.language
                    JOIN place_name bn ON bn.id = b.name_id
                    WHERE an.place_id = ? AND bn.place_id = ? AND (\(week("a"))) IS NOT (\(week("b"))))
                """, arguments: [one, other]) ?? false
    }

    private struct Stored {
        let candidate: QuotaJoin.Candidate
        let place: Int64
        /// Whether the place has coordinates.
        let isPlaced: Bool

        /// Whether it is the one that stays, where both are one clinic.
        func precedes(_ other: Stored) -> Bool {
            isPlaced == other.isPlaced ? place < other.place : isPlaced
        }
    }

    /// The stored records of a period in a language.
    private func stored(from period: HongKongMinute, in language: Language) throws -> [Stored] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT r.*, place.id AS place_id, place.latitude IS NOT NULL AS placed, quota_text.text AS sessions
                    FROM quota_record r
                    JOIN place_name ON place_name.id = r.name_id JOIN place ON place.id = place_name.place_id
                    JOIN quota_text ON quota_text.id = r.sessions_id
                    WHERE r.period_from = ? AND r.language = ?
                    """),
            arguments: [period.dayNumber, language.rawValue])
        return try rows.compactMap { row in
            guard let to = try HongKongMinute(dayNumber: row["period_to"]) else { return nil }
            let figures = QuotaFigures(from: period, to: to, quotas: try QuotaWriter.weekdays.map { try row.quota($0) })
            return try Stored(
                candidate: .init(nameID: row["name_id"], sessions: row["sessions"], figures: figures),
                place: row["place_id"], isPlaced: row["placed"])
        }
    }
}
