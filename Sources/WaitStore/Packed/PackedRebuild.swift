import Foundation
import GRDB
import WaitCore

/// Packed days against the readings: for a file that has none yet, `verify` and `reparse`.
extension PackedDays {
    /// A row that is not what the readings say.
    struct Difference {
        let key: HospitalDay
        let metric: String
        /// What it must hold, nil where there must be no such row.
        let bytes: [UInt8]?
    }

    /// Rebuilds every packed day from the readings; one pass over them.
    static func rebuild(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM packed_day")
        for table in ReadingTable.all {
            try table.forEachPackedDay(db) { key, metric, bytes in
                try PackedRow.write(bytes, of: key, metric: metric, db)
            }
        }
    }

    /// The rows that differ; one pass over the readings and the packed days.
    static func differences(_ db: Database) throws -> [Difference] {
        var differences: [Difference] = []
        var expected = 0
        for table in ReadingTable.all {
            try table.forEachPackedDay(db) { key, metric, bytes in
                expected += 1
                let stored = try PackedRow.bytes(of: key, metric: metric, db)
                if stored.map(Array.init) != bytes {
                    differences.append(Difference(key: key, metric: metric, bytes: bytes))
                }
            }
        }
        let missing = try differences.count { difference in
            try PackedRow.bytes(of: difference.key, metric: difference.metric, db) == nil
        }
        let stored = try Int.fetchOne(db, sql: "SELECT count(*) FROM packed_day") ?? 0
        return stored == expected - missing ? differences : differences + (try surplus(db))
    }

    /// Writes what differs as it must be; returns how many rows did.
    static func mend(_ db: Database) throws -> Int {
        let differences = try differences(db)
        for difference in differences {
            if let bytes = difference.bytes {
                try PackedRow.write(bytes, of: difference.key, metric: difference.metric, db)
            } else {
                try db.execute(
                    sql: "DELETE FROM packed_day WHERE hospital_id = ? AND metric = ? AND day = ?",
                    arguments: [difference.key.hospital, difference.metric, difference.key.day])
            }
        }
        return differences.count
    }

    /// Rows that no reading accounts for.
    private static func surplus(_ db: Database) throws -> [Difference] {
        var accounted: Set<String> = []
        for table in ReadingTable.all {
            try table.forEachPackedDay(db) { key, metric, _ in accounted.insert("\(key.hospital) \(metric) \(key.day)")
            }
        }
        return try Row.fetchAll(db, sql: "SELECT hospital_id, metric, day FROM packed_day").compactMap { row in
            let difference = try Difference(
                key: HospitalDay(hospital: row["hospital_id"], day: row["day"]), metric: row["metric"], bytes: nil)
            let name = "\(difference.key.hospital) \(difference.metric) \(difference.key.day)"
            return accounted.contains(name) ? nil : difference
        }
    }
}

extension ReadingTable {
    /// What `packed_day` must hold by the readings of this table, in the order of its key but for the metric.
    fileprivate func forEachPackedDay(
        _ db: Database, _ body: (PackedDays.HospitalDay, _ metric: String, _ bytes: [UInt8]) throws -> Void
    ) throws {
        guard let openDay = try newestDay(db) else { return }
        let columns = packedColumns
        let select = "SELECT observed_minute, \(columns.map(\.sql).joined(separator: ", ")) FROM \(name) r"
        for hospital in try hospitals(db) {
            let rows = try Row.fetchCursor(
                db, sql: "\(select) WHERE hospital_id = ? AND observed_minute < ? ORDER BY observed_minute",
                arguments: [hospital, HongKongMinute(dayIndex: openDay).sinceEpoch])
            var cells = columns.map { _ in PackedCells() }
            var day: Int?
            func flush() throws {
                guard let day else { return }
                for (column, cells) in zip(columns, cells) {
                    try body(.init(hospital: hospital, day: day), column.metric, cells.bytes)
                }
            }
            while let row = try rows.next() {
                let minute = try row.minute(0)
                if minute.dayIndex != day {
                    try flush()
                    (day, cells) = (minute.dayIndex, columns.map { _ in PackedCells() })
                }
                for index in columns.indices {
                    cells[index].add(
                        slot: minute.slotOfDay, id: UInt32(truncatingIfNeeded: try row[index + 1] as Int64))
                }
            }
            try flush()
        }
    }
}
