import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("An export")
struct ExportTests {
    /// A record with revisions, unknown phrases and hospitals, all origins but imports, quotas under several names.
    private static let filled = Result { try FilledRecord(recordsADocument: .max).make() }

    /// Names of all hospitals, also of those that count nowhere yet: their readings are exported.
    private static let named = "(SELECT code, name_en, name_tc FROM place WHERE kind = 'hospital')"

    private static let tables: [(dataset: ExportDataset, rows: String)] = [
        (.aeWaits, "ae_wait JOIN \(named) ON code = hospital WHERE NOT trial ORDER BY hospital, observed_unix"),
        (.aeTopWaits, "ae_top_wait JOIN \(named) ON code = hospital ORDER BY hospital, observed_unix"),
        (.clinicQuotas, "clinic_quota JOIN clinic ON id = clinic ORDER BY clinic, period_from, period_to, weekday"),
        (.hospitals, "hospital ORDER BY code"), (.clinics, "clinic ORDER BY id"),
    ]

    /// Columns that the views do not have, made of those they have.
    private static let extras = [
        "hospital_name_en": "name_en", "hospital_name_tc": "name_tc", "clinic_name_en": "name_en",
        "clinic_name_tc": "name_tc", "observed_date": "substr(observed_at, 1, 10)",
        "observed_time": "substr(observed_at, 12, 8)",
    ]
    private static let weekdayOfTime = "(strftime('%w', substr(observed_at, 1, 10)) + 6) % 7 + 1"

    private static func expected(_ dataset: ExportDataset, rows: String, in database: WaitDatabase) throws
        -> [[String?]]
    {
        let columns = dataset.columns.map { column in
            column.name == "weekday" && dataset != .clinicQuotas
                ? weekdayOfTime : extras[column.name] ?? column.name
        }
        return try database.rows("SELECT \(columns.joined(separator: ", ")) FROM \(rows)")
    }

    @Test("as CSV says what the views say, row by row and cell by cell", arguments: tables)
    func csv(dataset: ExportDataset, rows: String) throws {
        let database = try Self.filled.get()
        let records = try CSVReader.records(database.exported(.init(dataset, as: .csv)))
        let expected = try Self.expected(dataset, rows: rows, in: database)
        #expect(records.first == dataset.columns.map(\.name))
        #expect(!expected.isEmpty && records.count == expected.count + 1)
        for (record, row) in zip(records.dropFirst(), expected) {
            for (column, (cell, value)) in zip(dataset.columns, zip(record, row)) {
                let isSame = column.kind == .number ? Double(cell) == value.flatMap(Double.init) : cell == value ?? ""
                #expect(isSame, "\(column.name): \(cell), \(value ?? "NULL")")
            }
        }
    }

    @Test("as NDJSON says the same, with null for NULL and true and false for flags", arguments: tables)
    func ndjson(dataset: ExportDataset, rows: String) throws {
        let database = try Self.filled.get()
        let lines = try database.exported(.init(dataset, as: .ndjson)).split(separator: UInt8(ascii: "\n"))
        let expected = try Self.expected(dataset, rows: rows, in: database)
        #expect(lines.count == expected.count)
        for (line, row) in zip(lines, expected) {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            #expect(object.count == dataset.columns.count)
            for (column, value) in zip(dataset.columns, row) {
                switch (column.kind, value) {
                case (_, nil): #expect(object[column.name] is NSNull, "\(column.name)")
                case (.boolean, let value): #expect(object[column.name] as? Bool == (value == "1"), "\(column.name)")
                case (.integer, let value): #expect(object[column.name] as? Int == value.flatMap(Int.init))
                case (.number, let value): #expect(object[column.name] as? Double == value.flatMap(Double.init))
                case (_, let value): #expect(object[column.name] as? String == value)
                }
            }
        }
    }

    @Test(
        "begins with the columns of its view, in the view's order; what views gained later comes after the names",
        arguments: tables)
    func columns(dataset: ExportDataset, rows: String) throws {
        let view = String(rows.prefix { $0 != " " })
        let columns = try WaitDatabase.inMemory().values("SELECT name FROM pragma_table_info(?)", [view])
            .compactMap { $0 }
        let first = columns.filter { !["observed_date", "observed_time", "quota_text"].contains($0) }
        #expect(Array(dataset.columns.map(\.name).prefix(first.count)) == first)
        #expect(Set(columns).isSubset(of: dataset.columns.map(\.name)))
    }

    @Test("of an empty record is a header line", arguments: [ExportDataset.aeWaits, .aeTopWaits, .clinicQuotas])
    func empty(dataset: ExportDataset) throws {
        var stream = try WaitDatabase.inMemory().export(.init(dataset, as: .csv))
        let bytes = try #require(try stream.next())
        #expect(try CSVReader.records(bytes) == [dataset.columns.map(\.name)])
        let rest = try stream.next()
        #expect(rest == nil && stream.rows == 0 && stream.range == nil)
    }

    @Test("as GeoJSON has the 18 hospitals with their newest readings")
    func latest() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let bytes = try database.exported(.init(.latest, as: .geojson))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let features = try #require(object["features"] as? [[String: Any]])
        #expect(features.count == 18)
        let properties = try #require(features.first { $0["id"] as? String == "QMH" }?["properties"] as? [String: Any])
        #expect(properties["resuscitation"] as? Bool == true && properties["t1_minutes"] is NSNull)
        #expect(properties["t1_text"] as? String == "Managing multiple resuscitation cases")
        #expect(properties["observed_at"] as? String == "2026-11-14T09:15:00+08:00")
    }

    @Test("leaves empty what nobody can read, and does not call it a resuscitation or none")
    func unrecognised() throws {
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, ("\"0 minute\"", "\"soon\""), ("\"24 minutes\"", "\"a while\"")))
        let row = try #require(try database.readings(.init(.aeWaits, as: .csv)).first)
        for column in ["t1_minutes", "t3_p50_minutes", "resuscitation"] { #expect(row[column] == "", "\(column)") }
        #expect(row["t2_minutes"] == "15")
    }

    @Test("gives back names that hold commas, quotes, line ends and CJK", arguments: [ExportFormat.csv, .ndjson])
    func names(format: ExportFormat) throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let (english, chinese) = ("Alice, \"Ho\"\r\nHospital", "雅麗氏,「何妙齡」\n醫院")
        try database.access.write { db in
            try db.execute(
                sql: "UPDATE place SET name_en = ?, name_tc = ? WHERE code = 'AHN'", arguments: [english, chinese])
        }
        let bytes = try database.exported(.init(.aeWaits, as: format))
        guard format == .ndjson else {
            let row = try #require(try database.readings(.init(.aeWaits, as: .csv)).first)
            return #expect(row["hospital_name_en"] == english && row["hospital_name_tc"] == chinese)
        }
        let line = try #require(bytes.split(separator: UInt8(ascii: "\n")).first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        #expect(object["hospital_name_en"] as? String == english && object["hospital_name_tc"] as? String == chinese)
    }

    @Test("for Excel has local times without an offset, and no formula")
    func excel() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        try database.execute("UPDATE place SET name_en = '=HYPERLINK(1)' WHERE code = 'AHN'")
        let bytes = try database.exported(.init(.aeWaits, as: .csv, isForExcel: true))
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let records = try CSVReader.records(Array(bytes.dropFirst(3)))
        #expect(records[1][1] == "2026-11-14 09:15:00" && records[1].contains("'=HYPERLINK(1)"))
    }

    @Test("for Excel is refused past the rows of a worksheet, before anything is written, with what to do")
    func tooManyRows() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let request = try ExportRequest(.aeWaits, as: .csv, isForExcel: true)
        _ = try database.export(request, mostExcelRows: 18)
        let refusal = try #require(throws: ExportRefusal.self) { _ = try database.export(request, mostExcelRows: 17) }
        #expect(refusal.description.contains("more than 17 rows") && refusal.description.contains("shorter range"))
        #expect(ExportRequest.mostExcelRows == 1_048_575)
    }

    @Test("counts the rows it will have", arguments: tables)
    func count(dataset: ExportDataset, rows: String) throws {
        let database = try Self.filled.get()
        let request = try ExportRequest(dataset, as: .csv)
        let count = try database.exportRowCount(request)
        #expect(try CSVReader.records(database.exported(request)).count == count + 1)
    }
}

extension WaitDatabase {
    /// All pieces of an export, one after the other.
    func exported(_ request: ExportRequest, rowsPerPage: Int = 1_000) throws -> [UInt8] {
        var stream = try export(request, rowsPerPage: rowsPerPage)
        var bytes: [UInt8] = []
        while let piece = try stream.next() { bytes += piece }
        return bytes
    }

    /// The rows of a CSV, cells by column.
    func readings(_ request: ExportRequest) throws -> [[String: String]] {
        let records = try CSVReader.records(exported(request))
        return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(records[0], $0)) }
    }
}
