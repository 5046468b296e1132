import GRDB
import WaitCore

/// The pages of the quotas: a clinic each, by clinic, period and weekday.
///
/// The view `clinic_quota` chooses among the names and languages of a period over the whole table; here the same choice is made
/// for one clinic at a time. A page is a clinic's history, some 50 periods a year.
struct ExportQuotas: ExportPages {
    private let format: RowFormat
    private let clinics: [Clinic]
    private let days: ClosedRange<Int>
    private let newestCapture: Int64
    private var position = 0

    private struct Clinic: Sendable {
        let id: Int64
        let opening: [UInt8]
        let closing: [UInt8]
    }

    init(_ start: ExportStart, _ format: RowFormat, _ db: Database) throws {
        (self.format, newestCapture) = (format, start.newestCapture)
        days = start.quotaDays
        let rows = try Row.fetchAll(db, sql: "SELECT * FROM place WHERE kind = 'clinic' ORDER BY code")
        clinics = try rows.map { place in
            let names = try ["name_en", "name_tc", "district_en", "district_tc"].enumerated().map { index, column in
                format.leads[index + 7] + format.text(try place[column])
            }
            return try Clinic(
                id: place["id"], opening: format.leads[0] + format.text(place["code"]),
                closing: Array(names.joined()) + format.terminator)
        }
    }

    mutating func next(_ access: any DatabaseReader) throws -> ExportPage? {
        guard position < clinics.count else { return nil }
        defer { position += 1 }
        let clinic = clinics[position]
        let history = try access.read { try periods(of: clinic.id, $0) }
        var page = ExportPage()
        for period in history { append(period, of: clinic, to: &page) }
        return page
    }

    private struct Period {
        let from: Int
        let to: Int
        let quotas: [Double?]
        let capture: Int64
        var sessions: String
        var languageRank: Int

        init(_ row: Row) throws {
            (from, to) = try (row[0], row[1])
            (sessions, capture, languageRank) = try (row[2], row[3], row[4])
            quotas = try (5..<12).map { try row.quota($0) }
        }
    }

    /// The record that was read first stands; the sessions are in English where a record has them.
    private func periods(of clinic: Int64, _ db: Database) throws -> [Period] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT period_from, period_to, quota_text.text, r.attempt_id,
                        CASE language WHEN 'en' THEN 1 WHEN 'tc' THEN 2 ELSE 3 END,
                        monday, tuesday, wednesday, thursday, friday, saturday, sunday
                    FROM quota_record r JOIN quota_text ON quota_text.id = r.sessions_id
                    WHERE name_id IN (SELECT id FROM place_name WHERE place_id = ?)
                    AND period_to BETWEEN ? AND ? AND r.attempt_id <= ?
                    ORDER BY period_from, period_to, r.attempt_id, name_id
                    """), arguments: [clinic, days.lowerBound, days.upperBound, newestCapture])
        var periods: [Period] = []
        while let row = try rows.next() {
            let period = try Period(row)
            guard let last = periods.last, last.from == period.from, last.to == period.to else {
                periods.append(period)
                continue
            }
            guard period.languageRank < last.languageRank else { continue }
            periods[periods.count - 1].sessions = period.sessions
            periods[periods.count - 1].languageRank = period.languageRank
        }
        return periods
    }

    private func append(_ period: Period, of clinic: Clinic, to page: inout ExportPage) {
        let sessions = format.leads[5] + format.text(period.sessions)
        let capture = format.leads[6] + format.number(Int(period.capture))
        let span =
            format.leads[1] + format.text(Self.day(period.from)) + format.leads[2] + format.text(Self.day(period.to))
        for (index, quota) in period.quotas.enumerated() {
            page.bytes += clinic.opening + span + format.leads[3] + format.number(index + 1)
            page.bytes += format.leads[4] + format.number(quota) + sessions + capture + clinic.closing
            page.rows += 1
        }
    }

    /// `20260101` as `2026-01-01`.
    private static func day(_ number: Int) -> String {
        "\((number / 10_000).padded(4))-\((number / 100 % 100).padded(2))-\((number % 100).padded(2))"
    }

    static func count(_ start: ExportStart, _ db: Database) throws -> Int {
        let days = start.quotaDays
        return try Int.fetchOne(
            db,
            sql: """
                SELECT 7 * count(*) FROM (SELECT DISTINCT place_name.place_id, period_from, period_to FROM quota_record
                JOIN place_name ON place_name.id = name_id JOIN place ON place.id = place_id
                WHERE place.kind = 'clinic' AND period_to BETWEEN ? AND ? AND quota_record.attempt_id <= ?)
                """, arguments: [days.lowerBound, days.upperBound, start.newestCapture]) ?? 0
    }
}

extension ExportStart {
    /// The range as day numbers: periods whose last day is in it belong to it.
    fileprivate var quotaDays: ClosedRange<Int> { range?.dayNumbers ?? 0...0 }
}
