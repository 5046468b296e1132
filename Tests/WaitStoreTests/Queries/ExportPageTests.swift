import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("The pages of an export")
struct ExportPageTests {
    /// 18 hospitals with three readings each, at 9:00, 9:15 and 9:30.
    private static func database() throws -> WaitDatabase {
        try .holding(
            .fixture(.aeWait, .en), .edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:00AM")),
            .edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:30AM")))
    }

    private static func request(from: String? = nil, to: String? = nil) throws -> ExportRequest {
        try ExportRequest(
            .aeWaits, as: .csv, from: from.flatMap { HongKongMinute(text: $0) },
            to: to.flatMap { HongKongMinute(text: $0) })
    }

    @Test("meet exactly, whatever their size", arguments: [1, 2, 3, 4, 7, 17, 18, 27, 53, 54, 55])
    func edges(rowsPerPage: Int) throws {
        let database = try Self.database()
        let whole = try database.exported(Self.request())
        #expect(try CSVReader.records(whole).count == 55)
        #expect(try database.exported(Self.request(), rowsPerPage: rowsPerPage) == whole)
    }

    @Test("hold no more rows than asked for, and end with a row")
    func size() throws {
        var stream = try Self.database().export(Self.request(), rowsPerPage: 5)
        var rows = 0
        while let piece = try stream.next() {
            #expect((1...5).contains(stream.rows - rows) && piece.suffix(2) == [13, 10])
            rows = stream.rows
        }
        #expect(rows == 54)
    }

    @Test("show nothing that is written while the export goes on", arguments: [1, 5, 20, 1_000])
    func writtenMeanwhile(rowsPerPage: Int) throws {
        let database = try Self.database()
        let before = try database.exported(Self.request())
        var stream = try database.export(Self.request(), rowsPerPage: rowsPerPage)
        var bytes = try #require(try stream.next())
        try database.record(.edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:20AM")))
        try database.record(
            .edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:25AM"), ("\"24 minutes\"", "\"some time\"")))
        while let piece = try stream.next() { bytes += piece }
        #expect(bytes == before)
        #expect(try database.exported(Self.request()) != before)
    }

    @Test("keep no read of the database open in between: the log can be emptied after each")
    func noOpenRead() throws {
        let folder = try TemporaryFolder()
        let database = try WaitDatabase.open(path: folder.path(of: "record.sqlite"))
        try database.record(.fixture(.aeWait, .en))
        var stream = try database.export(Self.request(), rowsPerPage: 5)
        while try stream.next() != nil {
            try database.record(.of(.notModified, .aeWait, .en))
            let isBusy = try database.access.writeWithoutTransaction { db in
                try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            #expect(isBusy == false)
        }
        #expect(stream.rows == 18)
    }

    @Test("can be read on from a copy")
    func copy() throws {
        var stream = try Self.database().export(Self.request(), rowsPerPage: 5)
        _ = try stream.next()
        var copy = stream
        let (piece, other) = (try stream.next(), try copy.next())
        #expect(piece != nil && piece == other)
    }

    @Test(
        "lie in the range, the end not included",
        arguments: [
            ("2026-11-14T09:00", "2026-11-14T09:15", ["09:00:00"]),
            ("2026-11-14T09:01", "2026-11-14T09:31", ["09:15:00", "09:30:00"]),
            ("2026-11-14T09:15", "2026-11-14T09:16", ["09:15:00"]), ("2027-01-01", "2027-02-01", []),
        ])
    func range(from: String, to: String, times: [String]) throws {
        let database = try Self.database()
        let rows = try database.readings(Self.request(from: from, to: to))
        #expect(rows.filter { $0["hospital"] == "QMH" }.map { $0["observed_time"] } == times)
        #expect(rows.count == times.count * 18)
        #expect(try database.exportRowCount(Self.request(from: from, to: to)) == rows.count)
    }

    @Test("say which range was used: from the feed's beginning to the last slot where none was named")
    func wholeRange() throws {
        let stream = try Self.database().export(Self.request())
        #expect(stream.range?.from.rfc3339 == "2025-10-13T00:00:00+08:00")
        #expect(stream.range?.to.rfc3339 == "2026-11-14T09:45:00+08:00")
        let open = try Self.database().export(Self.request(from: "2026-11-01"))
        #expect(open.range?.from.rfc3339 == "2026-11-01T00:00:00+08:00")
    }

    @Test("leave the trial out unless asked for it", arguments: [false, true])
    func trial(isIncluded: Bool) throws {
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, ("14/11/2026 9:15AM", "5/9/2025 9:00AM")), .fixture(.aeWait, .en))
        let request = try ExportRequest(.aeWaits, as: .csv, includesTrial: isIncluded)
        let rows = try database.readings(request)
        #expect(rows.count == (isIncluded ? 36 : 18))
        #expect(rows.filter { $0["trial"] == "1" }.count == (isIncluded ? 18 : 0))
        let from = try database.export(request).range?.from.rfc3339
        #expect(from == (isIncluded ? "2025-09-05T00:00:00+08:00" : "2025-10-13T00:00:00+08:00"))
    }

    @Test(
        "of quotas hold the periods whose last day is in the range",
        arguments: [
            ("2026-11-07", "2026-11-08", 518), ("2026-11-08", "2026-12-01", 0), ("2026-10-01", "2026-10-12", 0),
            ("2026-10-11", "2026-11-07", 0), ("2026-11-01", "2026-12-01", 518), ("2026-10-11", "2026-11-08", 518),
        ])
    func quotas(from: String, to: String, rows: Int) throws {
        let database = try WaitDatabase.holding(.fixture(.clinicQuota, .tc))
        let request = try ExportRequest(
            .clinicQuotas, as: .csv, from: HongKongMinute(text: from), to: HongKongMinute(text: to))
        #expect(try database.readings(request).count == rows)
    }
}
