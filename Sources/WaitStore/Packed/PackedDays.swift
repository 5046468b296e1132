import Foundation
import GRDB
import WaitCore

/// Keeps `packed_day` in step with the readings that one transaction writes to one table.
///
/// A day is packed once the table has a reading of a later one, so that a live reading costs nothing more; that is a rule of the
/// readings alone, without a clock, and the same whatever order they came in. Packed are the figures that metrics are made of,
/// which the waits of triage I and II are not, and where each reading came from, which the ledger counts.
final class PackedDays {
    private let db: Database
    private let table: ReadingTable
    /// The newest day before this transaction: its readings are not packed yet, those of earlier days are.
    private let openDay: Int?
    private var newestDay: Int?
    private let columns: [PackedColumn]
    private var days: [HospitalDay: Day] = [:]

    struct HospitalDay: Hashable {
        let hospital: Int64
        /// Since 1970-01-01 in Hong Kong.
        let day: Int
    }

    /// Shared, so that a reading is put in where it lies, and six times 96 numbers are not copied for it.
    private final class Day {
        /// By packed column.
        var cells: [PackedCells]
        /// Two readings in a slot: which came first is known to the table of readings.
        var isUnordered = false

        init(_ cells: [PackedCells]) {
            self.cells = cells
        }
    }

    init(_ db: Database, table: ReadingTable) throws {
        (self.db, self.table) = (db, table)
        columns = table.packedColumns
        openDay = try table.newestDay(db)
        newestDay = openDay
    }

    /// Takes in a reading that was just inserted; `phrases` are in the order of the table's columns.
    func add(hospital: Int64, at minute: HongKongMinute, phrases: [Int64], origin: Capture.Origin) throws {
        let key = HospitalDay(hospital: hospital, day: minute.dayIndex)
        newestDay = max(newestDay ?? key.day, key.day)
        guard key.day != openDay else { return }
        let day = try days[key] ?? load(key)
        days[key] = day
        let slot = minute.slotOfDay
        if day.cells[0].isTaken(slot: slot) { day.isUnordered = true }
        for (index, column) in columns.enumerated() {
            let number = column.figure.map { phrases[$0] } ?? origin.packedNumber
            day.cells[index].add(slot: slot, id: UInt32(truncatingIfNeeded: number))
        }
    }

    /// Writes the days that are over by now.
    func finish() throws {
        guard let newestDay else { return }
        for (key, day) in days where key.day < newestDay {
            try write(day.isUnordered ? table.cells(of: key, db) : day.cells, of: key)
        }
        if let openDay, openDay < newestDay {
            for hospital in try table.hospitals(db) {
                let key = HospitalDay(hospital: hospital, day: openDay)
                try write(try table.cells(of: key, db), of: key)
            }
        }
    }

    private func load(_ key: HospitalDay) throws -> Day {
        guard let openDay, key.day < openDay else {
            return Day(columns.map { _ in PackedCells() })
        }
        let day = Day([])
        for column in columns {
            let stored = try PackedRow.bytes(of: key, metric: column.metric, db)
            let cells = stored.map { $0.withUnsafeBytes(PackedCells.init) } ?? PackedCells()
            // A damaged row is no reason to refuse readings: they themselves say what it must hold.
            day.isUnordered = day.isUnordered || cells == nil
            day.cells.append(cells ?? PackedCells())
        }
        return day
    }

    private func write(_ cells: [PackedCells], of key: HospitalDay) throws {
        for (column, cells) in zip(columns, cells) where !cells.isEmpty {
            try PackedRow.write(cells.bytes, of: key, metric: column.metric, db)
        }
    }
}

/// What is packed of a table's readings.
struct PackedColumn {
    /// As `packed_day` names it.
    let metric: String
    /// Its place among the table's columns; nil: the reading's origin.
    let figure: Int?
    /// An expression over the table `r`.
    let sql: String
}

extension Capture.Origin {
    /// As it is packed.
    var packedNumber: Int64 {
        switch self {
        case .live: 1
        case .archive: 2
        case .import: 3
        }
    }
}

extension ReadingTable {
    var packedColumns: [PackedColumn] {
        let figures = columns.indices.filter { kinds[$0] != .triage12 }.map { index in
            PackedColumn(metric: columns[index], figure: index, sql: "r.\(columns[index])")
        }
        return figures + [packedOrigin]
    }

    /// Where readings came from; the feed's name goes before it, since two feeds may have readings on one day.
    var packedOrigin: PackedColumn {
        let numbers = Capture.Origin.allCases.map { "WHEN '\($0.rawValue)' THEN \($0.packedNumber)" }
        return PackedColumn(
            metric: "\(feed) origin", figure: nil,
            sql: "(SELECT CASE origin \(numbers.joined(separator: " ")) END FROM attempt WHERE id = r.attempt_id)")
    }

    /// The time of the newest reading, nil where there is none; a look-up by key for each hospital.
    func newestMinute(_ db: Database) throws -> HongKongMinute? {
        try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT max((SELECT max(observed_minute) FROM \(name) WHERE hospital_id = place.id))
                    FROM place WHERE kind = 'hospital'
                    """)
        ).map { try HongKongMinute(stored: $0) }
    }

    /// The time of the newest reading up to `limit`, nil where there is none; a look-up by key for each hospital.
    func newestMinute(upTo limit: HongKongMinute, _ db: Database) throws -> HongKongMinute? {
        try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT max((SELECT max(observed_minute) FROM \(name)
                        WHERE hospital_id = place.id AND observed_minute <= ?))
                    FROM place WHERE kind = 'hospital'
                    """),
            arguments: [limit.sinceEpoch]
        ).map { try HongKongMinute(stored: $0) }
    }

    /// Its day.
    func newestDay(_ db: Database) throws -> Int? { try newestMinute(db)?.dayIndex }

    /// The hospitals that have readings.
    func hospitals(_ db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT id FROM place WHERE kind = 'hospital'
                    AND EXISTS (SELECT 1 FROM \(name) WHERE hospital_id = place.id) ORDER BY id
                    """))
    }

    /// A day's cells by the readings themselves, in the order of `packedColumns`.
    func cells(of key: PackedDays.HospitalDay, _ db: Database) throws -> [PackedCells] {
        let columns = packedColumns
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT observed_minute, \(columns.map(\.sql).joined(separator: ", ")) FROM \(name) r
                    WHERE hospital_id = ? AND observed_minute >= ? AND observed_minute < ? ORDER BY observed_minute
                    """),
            arguments: [
                key.hospital, HongKongMinute(dayIndex: key.day).sinceEpoch,
                HongKongMinute(dayIndex: key.day + 1).sinceEpoch,
            ])
        var cells = Array(repeating: PackedCells(), count: columns.count)
        while let row = try rows.next() {
            let slot = try row.minute(0).slotOfDay
            for index in columns.indices {
                cells[index].add(slot: slot, id: UInt32(truncatingIfNeeded: try row[index + 1] as Int64))
            }
        }
        return cells
    }
}

/// A row of `packed_day`.
enum PackedRow {
    static func write(_ bytes: [UInt8], of key: PackedDays.HospitalDay, metric: String, _ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO packed_day (hospital_id, metric, day, cells) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [key.hospital, metric, key.day, Data(bytes)])
    }

    /// Nil where there is no such row.
    static func bytes(of key: PackedDays.HospitalDay, metric: String, _ db: Database) throws -> Data? {
        try Data.fetchOne(
            db.cachedStatement(sql: "SELECT cells FROM packed_day WHERE hospital_id = ? AND metric = ? AND day = ?"),
            arguments: [key.hospital, metric, key.day])
    }
}

extension HongKongMinute {
    /// Days since 1970-01-01, in Hong Kong.
    package var dayIndex: Int { (dayStart.sinceEpoch + 480) / 1_440 }

    /// Hong Kong midnight of a day counted from 1970-01-01.
    package init(dayIndex: Int) {
        // A damaged row may say any day: the arithmetic stays within what a minute holds.
        self.init(sinceEpoch: min(max(dayIndex, -Self.farthest / 1_440), Self.farthest / 1_440) * 1_440 - 480)
    }

    /// 0 to 95.
    package var slotOfDay: Int { (sinceEpoch - dayStart.sinceEpoch) / 15 }
}
