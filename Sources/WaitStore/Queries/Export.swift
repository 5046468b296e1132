import GRDB
package import WaitCore

extension WaitDatabase {
    /// Begins an export: looks up what its pages need, and counts where Excel's limit may be passed.
    ///
    /// Readings come by hospital code, then by time; quotas by clinic, period and weekday; places by code.
    /// - Parameters:
    ///   - rowsPerPage: rows read at a time; what a piece of bytes costs in memory.
    ///   - mostExcelRows: what a worksheet holds.
    /// - Throws: `ExportRefusal` where there are more rows than a worksheet holds; `DatabaseError`.
    package func export(
        _ request: ExportRequest, rowsPerPage: Int = 1_000, mostExcelRows: Int = ExportRequest.mostExcelRows
    ) throws -> ExportStream {
        precondition(rowsPerPage > 0, "a page has rows")
        if request.isForExcel { try refuseMoreRows(than: mostExcelRows, request) }
        guard request.format != .geojson else {
            let features = try ExportPlaces.features(of: request.dataset, self)
            let start = try access.read { try ExportStart(request, $0) }
            let bytes = GeoJSON.collection(features, isSimulated: start.isSimulated)
            let page = ReadyPage(bytes: bytes, rows: features.count)
            return ExportStream(start, pages: page, opening: [], access: access.connections)
        }
        return try access.read { db in
            let start = try ExportStart(request, db)
            let format = start.rowFormat
            return ExportStream(
                start, pages: try Self.pages(start, format: format, rowsPerPage: rowsPerPage, db),
                opening: format.header, access: access.connections)
        }
    }

    private static func pages(
        _ start: ExportStart, format: RowFormat, rowsPerPage: Int, _ db: Database
    ) throws -> any ExportPages {
        switch start.request.dataset {
        case .aeWaits, .aeTopWaits:
            try ExportReadings(
                start, rows: ReadingRows(start.request.dataset, format, db), rowsPerPage: rowsPerPage)
        case .clinicQuotas: try ExportQuotas(start, format, db)
        case .hospitals, .clinics, .latest: try ExportPlaces.page(of: start.request.dataset, format, db)
        }
    }

    private func refuseMoreRows(than limit: Int, _ request: ExportRequest) throws {
        guard try exportRowCount(request, atMost: limit + 1) > limit else { return }
        throw ExportRefusal(
            """
            \(request.dataset.rawValue) has more than \(limit) rows in this range, which is all that a worksheet of Excel holds: \
            ask for a shorter range, or for csv that is not for Excel.
            """, parameter: "excel")
    }

    /// How many rows an export would have now, counted no further than `limit`.
    ///
    /// Cost: a walk over the keys of the range, a read for each hospital.
    package func exportRowCount(_ request: ExportRequest, atMost limit: Int = .max) throws -> Int {
        let start = try access.read { try ExportStart(request, $0) }
        switch request.dataset {
        case .aeWaits, .aeTopWaits: return try ExportReadings.count(start, atMost: limit, access)
        case .clinicQuotas: return try access.read { try ExportQuotas.count(start, $0) }
        case .hospitals, .clinics: return try access.read { try ExportPlaces.count(of: request.dataset, $0) }
        case .latest: return try access.read { try ExportPlaces.count(of: .hospitals, $0) }
        }
    }

    /// When the newest of the captures up to `capture` was made, RFC 3339; nil in an empty record.
    ///
    /// Cost: a pass over the captures; what comes from the archive is entered late under its old time.
    package func newestCaptureTime(upTo capture: Int64) throws -> (text: String, minute: HongKongMinute)? {
        try access.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT newest, strftime('%Y-%m-%dT%H:%M:%S', newest + 28800, 'unixepoch') || '+08:00'
                    FROM (SELECT max(captured_unix) AS newest FROM attempt WHERE id <= ?) WHERE newest IS NOT NULL
                    """, arguments: [capture])
            return try row.map { (try $0[1], try $0.instant("newest")) }
        }
    }
}
