import GRDB
package import WaitCore

extension WaitDatabase {
    /// Clinics' quotas over time, each period beside the latest of the clinic's own that does not overlap.
    ///
    /// - Parameters:
    ///   - ids: clinics in the order of the answer; unknown ids are left out.
    ///   - range: periods whose last day is in it are steps; a change may go back to before it.
    /// Cost: all records of those clinics.
    package func quotas(ofClinics ids: [String], in range: TimeRange? = nil) throws -> QuotaAnswer<ClinicQuotas> {
        try quotaAnswer(in: range) { records in
            try ids.compactMap { id in
                guard let clinic = try records.clinics(where: "code = ?", [id]).first else { return nil }
                let steps = QuotaStep.series(of: try records.all(of: clinic.key))
                return ClinicQuotas(
                    clinic: clinic.value, steps: steps.filter { step in range.map(step.period.belongs) ?? true })
            }
        }
    }

    /// The clinics of a district in the newest period of the range, each with the change from the latest of its own that does
    /// not overlap; by name.
    package func newestQuotas(in district: Trilingual, range: TimeRange? = nil) throws -> QuotaAnswer<ClinicQuotas> {
        try quotaAnswer(in: range) { records in
            guard let newest = try records.newest(in: range) else { return [] }
            let clinics = try records.clinics(where: "\(QuotaRecords.district) = ?", [district.known])
            let steps = try records.steps(of: newest, groups: clinics.keys.map { [$0] })
            return steps.compactMap { group, step in
                clinics[group[0]].map { ClinicQuotas(clinic: $0, steps: [step]) }
            }.sorted { ($0.clinic.name.known, $0.clinic.id) < ($1.clinic.name.known, $1.clinic.id) }
        }
    }

    /// What each district's clinics offer in the newest period of the range, with the change from the latest that does not
    /// overlap and has one of these clinics; by name.
    package func quotasByDistrict(in range: TimeRange? = nil) throws -> QuotaAnswer<DistrictQuotas> {
        try quotaAnswer(in: range) { records in
            guard let newest = try records.newest(in: range) else { return [] }
            let clinics = try records.clinics(where: "1", [])
            let districts = Dictionary(grouping: clinics.keys) { clinics[$0]?.district.known ?? "" }
            return try records.steps(of: newest, groups: Array(districts.values)).compactMap { group, step in
                clinics[group[0]].map { DistrictQuotas(district: $0.district, clinics: group.count, step: step) }
            }.sorted { $0.district.known < $1.district.known }
        }
    }

    /// How many periods the record has quotas of, the first and the newest; nil where it has none. A new one begins every week.
    package func quotaPeriods() throws -> (held: Int, first: QuotaPeriod, newest: QuotaPeriod)? {
        try access.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT DISTINCT period_from, period_to FROM quota_record ORDER BY period_to, period_from")
            let periods = try rows.compactMap(QuotaRecords.period)
            guard let first = periods.first, let newest = periods.last else { return nil }
            return (periods.count, first, newest)
        }
    }

    private func quotaAnswer<Series: QuotaSeries>(
        in range: TimeRange?, _ series: (QuotaRecords) throws -> [Series]
    ) throws -> QuotaAnswer<Series> {
        try access.read { db in
            let records = QuotaRecords(db: db)
            let whole = try records.wholeRange()
            var answer = QuotaAnswer(range: whole.map { range?.clamped(to: $0) ?? $0 }, series: try series(records))
            if answer.periods == nil { answer.note = try records.note(from: range?.namedFrom, to: range?.namedTo) }
            answer.isSimulated = try Self.isSimulated(db)
            return answer
        }
    }
}

/// The stored quota records, by clinic: of several under one clinic and period the first read stands, as in `clinic_quota`.
struct QuotaRecords {
    let db: Database

    static let district = "coalesce(nullif(district_en, ''), nullif(district_tc, ''), district_sc)"

    /// From the first day of the first period to the end of the last; nil where there is none.
    func wholeRange() throws -> TimeRange? {
        let row = try Row.fetchOne(
            db, sql: "SELECT min(period_from) AS first, max(period_to) AS last FROM quota_record")
        guard let row, let first: Int = try row["first"], let last: Int = try row["last"],
            let from = HongKongMinute(dayNumber: first), let to = HongKongMinute(dayNumber: last)
        else { return nil }
        return TimeRange(from: from, to: to.adding(minutes: 1_440))
    }

    /// The latest period whose last day is in the range.
    func newest(in range: TimeRange?) throws -> QuotaPeriod? {
        let days = range.map(\.dayNumbers) ?? 0...Int.max
        guard let days else { return nil }
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT period_from, period_to FROM quota_record WHERE period_to BETWEEN ? AND ?
                ORDER BY period_to DESC, period_from DESC LIMIT 1
                """,
            arguments: [days.lowerBound, days.upperBound])
        return try row.flatMap(Self.period)
    }

    /// Row id → clinic.
    func clinics(where condition: String, _ arguments: StatementArguments) throws -> [Int64: ClinicName] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM place WHERE kind = 'clinic' AND \(condition)", arguments: arguments)
        return try Dictionary(rows.map { try ($0["id"], ClinicName($0)) }) { first, _ in first }
    }

    /// A clinic's quotas in all periods.
    func all(of clinic: Int64) throws -> [QuotaPeriod: [Double?]] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT r.* FROM quota_record r JOIN place_name ON place_name.id = r.name_id
                WHERE place_name.place_id = ? ORDER BY r.attempt_id, r.name_id
                """, arguments: [clinic])
        return try Dictionary(rows.compactMap { row in try Self.period(row).map { ($0, try Self.quotas(row)) } }) {
            first, _ in
            first
        }
    }

    /// For groups of clinics, those of each that are in `period`, with their step; groups without any are left out.
    ///
    /// A group's change is from the latest period that does not overlap and has one of them.
    func steps(of period: QuotaPeriod, groups: [[Int64]]) throws -> [(group: [Int64], step: QuotaStep)] {
        let now = try quotas(in: period)
        let bases = try bases(of: period)
        var before: [QuotaPeriod: [Int64: [Double?]]] = [:]
        for base in Set(bases.values) { before[base] = try quotas(in: base) }
        return groups.compactMap { clinics in
            let group = clinics.filter { now[$0] != nil }
            guard !group.isEmpty else { return nil }
            let base = group.compactMap { bases[$0] }.max()
            let weeks = group.compactMap { clinic in
                now[clinic].map { QuotaStep.Clinic(now: $0, before: base.flatMap { before[$0]?[clinic] }) }
            }
            return (group, QuotaStep(period: period, base: base, clinics: weeks))
        }
    }

    /// Clinic → its quotas in one period.
    private func quotas(in period: QuotaPeriod) throws -> [Int64: [Double?]] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT place_name.place_id AS clinic, r.* FROM quota_record r JOIN place_name ON place_name.id = r.name_id
                    WHERE r.period_from = ? AND r.period_to = ? ORDER BY r.attempt_id, r.name_id
                    """),
            arguments: [period.from.dayNumber, period.to.dayNumber])
        return try Dictionary(rows.map { try ($0["clinic"], Self.quotas($0)) }) { first, _ in first }
    }

    /// Clinic → the latest of its periods that does not overlap with `period`.
    private func bases(of period: QuotaPeriod) throws -> [Int64: QuotaPeriod] {
        // One number of both days, so that the first day decides where the last is the same.
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT place_name.place_id AS clinic, latest % 100000000 AS period_from, latest / 100000000 AS period_to
                FROM (SELECT name_id, max(period_to * 100000000 + period_from) AS latest FROM quota_record
                    WHERE period_to <= ? GROUP BY name_id)
                JOIN place_name ON place_name.id = name_id
                """, arguments: [period.latestBaseEnd.dayNumber])
        return try Dictionary(
            rows.compactMap { row in try Self.period(row).map { (try row["clinic"], $0) } }, uniquingKeysWith: max)
    }

    fileprivate static func period(_ row: Row) throws -> QuotaPeriod? {
        guard let from = try HongKongMinute(dayNumber: row["period_from"]),
            let to = try HongKongMinute(dayNumber: row["period_to"])
        else { return nil }
        return QuotaPeriod(from: from, to: to)
    }

    private static func quotas(_ row: Row) throws -> [Double?] {
        try QuotaWriter.weekdays.map { try row.quota($0) }
    }
}

extension ClinicName {
    init(_ row: Row) throws {
        try self.init(
            id: row["code"], name: row.trilingual("name"), district: row.trilingual("district"),
            latitude: row["latitude"], longitude: row["longitude"])
    }
}
