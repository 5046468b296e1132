import GRDB
import GRDBSQLite
import WaitCore

/// The pages of a dataset of readings: a walk by primary key, hospitals in the order of their codes, then by time.
struct ExportReadings: ExportPages {
    private let rows: ReadingRows
    private let sql: String
    private let range: TimeRange
    private let rowsPerPage: Int
    private let newestCapture: Int64
    private let hospitals: [Int64]
    private var origins = CaptureOrigins()
    /// Where the walk stands: a hospital, and the first minute not yet read of it.
    private var hospital = 0
    private var minute: Int

    init(_ start: ExportStart, rows: ReadingRows, rowsPerPage: Int) {
        (self.rows, self.rowsPerPage, newestCapture) = (rows, rowsPerPage, start.newestCapture)
        range = start.range ?? TimeRange(from: HongKongMinute(sinceEpoch: 0), to: HongKongMinute(sinceEpoch: 0))
        hospitals = range.isEmpty ? [] : rows.hospitals
        minute = range.from.sinceEpoch
        sql = """
            SELECT observed_minute, attempt_id, \(rows.figures.joined(separator: ", ")) FROM \(rows.table)
            WHERE hospital_id = ? AND observed_minute >= ? AND observed_minute < ? ORDER BY observed_minute LIMIT ?
            """
    }

    mutating func next(_ access: any DatabaseReader) throws -> ExportPage? {
        guard hospital < hospitals.count else { return nil }
        let page = try access.read { try read($0) }
        return rows.render(page)
    }

    /// As many rows as a page has, from one hospital or from several.
    private mutating func read(_ db: Database) throws -> ReadingPage {
        var page = ReadingPage(width: rows.figures.count)
        let statement = try db.cachedStatement(sql: sql)
        var wanted = rowsPerPage
        while wanted > 0, hospital < hospitals.count {
            let cursor = try Row.fetchCursor(
                statement, arguments: [hospitals[hospital], minute, range.to.sinceEpoch, wanted])
            page.begin(hospital: hospital)
            var read = 0
            // The columns are NOT NULL integers of a STRICT table: taken from SQLite without a look at their type.
            while try cursor.next() != nil {
                let row = statement.sqliteStatement
                let time = Int(sqlite3_column_int64(row, 0))
                (minute, read) = (time + 1, read + 1)
                let capture = sqlite3_column_int64(row, 1)
                guard capture <= newestCapture else { continue }
                page.append(row, minute: time, capture: capture)
            }
            if read < wanted { (hospital, minute) = (hospital + 1, range.from.sinceEpoch) }
            wanted -= read
        }
        page.origins = try page.captures.map { try origins.origin(of: $0, db) }
        return page
    }

    /// Rows of the range up to the newest capture, counted no further than `limit`.
    static func count(_ start: ExportStart, atMost limit: Int, _ access: RecordAccess) throws -> Int {
        guard let table = start.request.dataset.readings, let range = start.range else { return 0 }
        var count = 0
        for hospital in try access.read({ try Int64.fetchAll($0, sql: "SELECT id FROM place WHERE kind = 'hospital'") })
        where count < limit {
            count += try access.read { db in
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT count(*) FROM (SELECT 1 FROM \(table.name) WHERE hospital_id = ? AND observed_minute >= ?
                        AND observed_minute < ? AND attempt_id <= ? LIMIT ?)
                        """,
                    arguments: [
                        hospital, range.from.sinceEpoch, range.to.sinceEpoch, start.newestCapture, limit - count,
                    ]) ?? 0
            }
        }
        return count
    }
}

/// One page of readings as it was read, column by column.
struct ReadingPage {
    /// The hospital of the rows from `start` on.
    struct Run {
        let hospital: Int
        let start: Int
    }

    private let width: Int
    private(set) var runs: [Run] = []
    private(set) var minutes: [Int] = []
    private(set) var captures: [Int64] = []
    /// Phrase ids, `width` a row.
    private(set) var phrases: [Int64] = []
    var origins: [CaptureOrigin] = []

    init(width: Int) {
        self.width = width
    }

    mutating func begin(hospital: Int) {
        runs.append(Run(hospital: hospital, start: minutes.count))
    }

    /// - Parameter row: a statement at a row; the phrase ids follow two other columns.
    mutating func append(_ row: OpaquePointer, minute: Int, capture: Int64) {
        minutes.append(minute)
        captures.append(capture)
        for column in 0..<width { phrases.append(sqlite3_column_int64(row, CInt(column + 2))) }
    }
}

/// Where a reading came from, as a small number.
typealias CaptureOrigin = UInt8

/// The origins of captures, a byte each, looked up in blocks of neighbours: readings of one time stem from neighbours.
struct CaptureOrigins: Sendable {
    /// By number; 0 is a capture that is not there.
    static let names = ["", "live", "archive", "import"]
    private static let blockSize: Int64 = 4_096
    private var blocks: [Int64: [CaptureOrigin]] = [:]
    private var current: (number: Int64, origins: [CaptureOrigin]) = (-1, [])

    mutating func origin(of capture: Int64, _ db: Database) throws -> CaptureOrigin {
        guard capture >= 0 else { return 0 }
        let (number, offset) = capture.quotientAndRemainder(dividingBy: Self.blockSize)
        if current.number != number {
            let block = try blocks[number] ?? Self.read(number, db)
            blocks[number] = block
            current = (number, block)
        }
        return current.origins[Int(offset)]
    }

    private static func read(_ number: Int64, _ db: Database) throws -> [CaptureOrigin] {
        var block = [CaptureOrigin](repeating: 0, count: Int(blockSize))
        let first = number * blockSize
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT id, CASE origin WHEN 'live' THEN 1 WHEN 'archive' THEN 2 WHEN 'import' THEN 3 ELSE 0 END
                    FROM attempt WHERE id BETWEEN ? AND ?
                    """),
            arguments: [first, first.addingReportingOverflow(blockSize - 1).overflow ? .max : first + (blockSize - 1)])
        while let row = try rows.next() { block[Int(try row[0] as Int64 - first)] = try row[1] }
        return block
    }
}
