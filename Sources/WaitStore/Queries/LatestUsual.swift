import GRDB
import WaitCore

/// Compares readings with the year before them.
struct UsualReader {
    private let db: Database
    /// The day that the feed's life begins with: a trial says nothing of what is usual.
    private let firstDay: Int
    private let metrics: [(metric: Metric, values: MetricValues)]
    private let statement: Statement

    init(_ db: Database, table: ReadingTable) throws {
        self.db = db
        firstDay =
            try Int.fetchOne(
                db.cachedStatement(sql: "SELECT life_from_minute FROM feed WHERE name = ?"), arguments: [table.feed]
            ).map { try HongKongMinute(stored: $0, column: "life_from_minute").dayIndex } ?? 0
        metrics = try Metric.all.filter { $0.feed == table.feed && $0.unit == .minutes }.map { metric in
            (metric, try MetricValues(metric, kind: table.kind(of: metric.column), db))
        }
        statement = try db.cachedStatement(
            sql: """
                SELECT cells FROM packed_day
                WHERE hospital_id = ? AND metric = ? AND day >= ? AND day < ? AND day % 7 = ?
                """)
    }

    /// By metric; none where the reading has no number.
    /// - Parameter minutes: metric → the reading's number.
    func usual(of hospital: Int64, at minute: HongKongMinute, _ minutes: [String: Int]) throws -> [String: Usual] {
        var usual: [String: Usual] = [:]
        for (metric, values) in metrics {
            guard let number = minutes[metric.name] else { continue }
            usual[metric.name] = try compare(number, of: hospital, at: minute, metric: metric, values: values)
        }
        return usual
    }

    /// The 364 days before are 52 of each weekday; all are over, so all are packed.
    private func compare(
        _ number: Int, of hospital: Int64, at minute: HongKongMinute, metric: Metric, values: MetricValues
    ) throws -> Usual {
        let day = minute.dayIndex
        let first = max(day - 364, firstDay)
        let slots = (minute.slotOfDay / 4 * 4)..<(minute.slotOfDay / 4 * 4 + 4)
        var (past, dates) = ([Int: Int](), 0)
        let rows = try Row.fetchCursor(statement, arguments: [hospital, metric.column, first, day, day % 7])
        while try rows.next() != nil {
            let cells = try PackedCellReader(column: 0, of: statement)
            let ids = slots.map(cells.id) + cells.later.filter { slots.contains($0.slot) }.map(\.id)
            let numbers = ids.compactMap(values.number)
            if !numbers.isEmpty { dates += 1 }
            for number in numbers { past[number, default: 0] += 1 }
        }
        return Usual(of: number, among: past, dates: dates)
    }
}
