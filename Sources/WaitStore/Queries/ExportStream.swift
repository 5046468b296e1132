import GRDB
package import WaitCore

/// An export as pieces of bytes, one page of the record each.
///
/// A page is read by key, in a read of its own, up to the newest capture there was at the start: whatever the consumer does
/// between two pieces, no read of the database stays open, and what is written meanwhile does not appear. It takes the memory of one
/// piece, and one byte per capture. A value: a copy continues on its own from where it was made.
package struct ExportStream: Sendable {
    package let request: ExportRequest
    /// The range that was used; nil where the dataset has none, or holds no rows at all.
    package let range: TimeRange?
    /// Rows of later captures are left out.
    package let newestCapture: Int64
    /// Whether the record was made by the demo: then rows end with a column that says so.
    package let isSimulated: Bool
    /// Rows handed out so far.
    package private(set) var rows = 0

    private let access: any DatabaseReader
    private var pages: any ExportPages
    private var opening: [UInt8]

    init(_ start: ExportStart, pages: any ExportPages, opening: [UInt8], access: any DatabaseReader) {
        (request, range, newestCapture) = (start.request, start.range, start.newestCapture)
        isSimulated = start.isSimulated
        (self.pages, self.opening, self.access) = (pages, opening, access)
    }

    /// The next piece, nil after the last. The first begins with the header line; pieces end at the ends of rows.
    ///
    /// - Returns: about 200 KB of a series (a page of rows), or a whole list of places.
    /// - Throws: `DatabaseError`.
    package mutating func next() throws -> [UInt8]? {
        while let page = try pages.next(access) {
            rows += page.rows
            guard !page.bytes.isEmpty || !opening.isEmpty else { continue }
            defer { opening = [] }
            return opening.isEmpty ? page.bytes : opening + page.bytes
        }
        defer { opening = [] }
        return opening.isEmpty ? nil : opening
    }
}

/// Where the pages of one dataset come from.
protocol ExportPages: Sendable {
    /// Reads and renders the next page; nil after the last, empty where all its rows are newer than the export.
    mutating func next(_ access: any DatabaseReader) throws -> ExportPage?
}

struct ExportPage {
    var bytes: [UInt8] = []
    var rows = 0
}

/// What an export knows of the record before its first page, read together with what its pages need.
struct ExportStart {
    let request: ExportRequest
    let newestCapture: Int64
    let range: TimeRange?
    let isSimulated: Bool

    init(_ request: ExportRequest, _ db: Database) throws {
        self.request = request
        newestCapture = try Int64.fetchOne(db, sql: "SELECT max(id) FROM attempt") ?? 0
        range = try Self.range(of: request, db)
        isSimulated = try WaitDatabase.isSimulated(db)
    }

    var rowFormat: RowFormat {
        RowFormat(
            request.format == .ndjson ? .ndjson : request.isForExcel ? .excel : .csv,
            columns: request.dataset.columns.map(\.name), isSimulated: isSimulated)
    }

    /// The range asked for; a start that was not named is the beginning of the feed's life, as aggregates have it, or of the record
    /// where that is not known; an end is the record's. Without the trial nothing before the feed's life belongs to it.
    private static func range(of request: ExportRequest, _ db: Database) throws -> TimeRange? {
        guard request.dataset.isSeries else { return nil }
        guard let table = request.dataset.readings else {
            return try QuotaRecords(db: db).wholeRange().map {
                TimeRange(from: request.from ?? $0.from, to: request.to ?? $0.to)
            }
        }
        guard let last = try table.newestMinute(db) else { return nil }
        let life = try FeedLife(table, now: last, db)
        let leavesOutTrial = request.dataset == .aeWaits && !request.includesTrial
        let from = request.from ?? (leavesOutTrial ? life.range.from : life.withTrial.from)
        return TimeRange(
            from: leavesOutTrial ? max(from, life.range.from) : from,
            to: request.to ?? last.slotStart.adding(minutes: 15))
    }
}

extension ExportDataset {
    /// The table of a dataset of readings.
    var readings: ReadingTable? { ledgerFeed.flatMap(ReadingTable.of(feed:)) }
}
