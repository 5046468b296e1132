import GRDB
import GRDBSQLite
import WaitCore

/// Takes one day of a hospital's readings of a metric.
protocol DayVisitor {
    /// - Parameter day: since 1970-01-01 in Hong Kong.
    mutating func visit(day: Int, _ cells: PackedCellReader)
}

/// Walks a hospital's readings of a metric, day by day, rising.
struct MetricCells {
    private let db: Database
    private let table: ReadingTable
    private let column: PackedColumn
    private let plan: SlotPlan
    /// The newest day with readings, which is not packed.
    private let openDay: Int?
    private let packed: Statement

    init(_ db: Database, table: ReadingTable, column: PackedColumn, plan: SlotPlan) throws {
        (self.db, self.table, self.column, self.plan) = (db, table, column, plan)
        openDay = try table.newestDay(db)
        packed = try db.cachedStatement(
            sql: """
                SELECT day, cells FROM packed_day
                WHERE hospital_id = ? AND metric = ? AND day >= ? AND day < ? ORDER BY day
                """)
    }

    /// Days without readings are not visited; readings outside the plan's range are left to the visitor, but for slots that the
    /// range cuts in two, of which only what counts is shown.
    /// - Throws: `StoreError` where a packed day is damaged.
    func walk(hospital: Int64, _ visitor: inout some DayVisitor) throws {
        guard let openDay else { return }
        let days = SlotPlan.days(of: plan.counted)
        guard !days.isEmpty else { return }
        let cut = Set([days.lowerBound, days.upperBound - 1].filter(plan.isCut))
        var first = days.lowerBound
        if cut.contains(first) {
            try visitReadings(of: hospital, day: first, &visitor)
            first += 1
        }
        let lastIsCut = cut.contains(days.upperBound - 1) && days.upperBound > first
        let end = min(days.upperBound - (lastIsCut ? 1 : 0), openDay)
        if first < end { try visitPacked(of: hospital, first..<end, &visitor) }
        let rest = max(first, end)..<max(max(first, end), min(days.upperBound, openDay + 1))
        for day in rest { try visitReadings(of: hospital, day: day, &visitor) }
    }

    private func visitPacked(of hospital: Int64, _ days: Range<Int>, _ visitor: inout some DayVisitor) throws {
        let rows = try Row.fetchCursor(
            packed, arguments: [hospital, column.metric, days.lowerBound, days.upperBound])
        while try rows.next() != nil {
            let day = Int(sqlite3_column_int64(packed.sqliteStatement, 0))
            visitor.visit(day: day, try PackedCellReader(column: 1, of: packed))
        }
    }

    private func visitReadings(of hospital: Int64, day: Int, _ visitor: inout some DayVisitor) throws {
        let start = HongKongMinute(dayIndex: day)
        let range = plan.counted.clamped(to: TimeRange(from: start, to: start.adding(minutes: 1_440)))
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT observed_minute, \(column.sql) FROM \(table.name) r
                    WHERE hospital_id = ? AND observed_minute >= ? AND observed_minute < ? ORDER BY observed_minute
                    """), arguments: [hospital, range.from.sinceEpoch, range.to.sinceEpoch])
        var cells = PackedCells()
        while let row = try rows.next() {
            cells.add(slot: try row.minute(0).slotOfDay, id: UInt32(truncatingIfNeeded: try row[1] as Int64))
        }
        guard !cells.isEmpty else { return }
        cells.bytes.withUnsafeBytes { bytes in
            if let reader = PackedCellReader(bytes) { visitor.visit(day: day, reader) }
        }
    }
}

extension PackedCellReader {
    /// Reads the cells where SQLite has them, until the statement's next step: a copy of each would cost more than counting it.
    /// - Throws: `StoreError` where they are damaged.
    @inline(__always)
    init(column: Int32, of statement: Statement) throws {
        let row = statement.sqliteStatement
        let bytes = UnsafeRawBufferPointer(
            start: sqlite3_column_blob(row, column), count: Int(sqlite3_column_bytes(row, column)))
        guard let reader = PackedCellReader(bytes) else { throw StoreError.damagedPackedDay }
        self = reader
    }
}
