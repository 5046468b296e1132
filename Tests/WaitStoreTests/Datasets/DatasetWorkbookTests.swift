import Foundation
import TestSupport
import Testing
import WaitCore
import WaitStore

/// Workbooks and GeoJSON of a dataset; `make clients` opens them with openpyxl, LibreOffice and GDAL.
@Suite("A dataset's workbook")
struct DatasetWorkbookTests {
    private static func record(_ remark: String = "") throws -> ToyRecord {
        let record = try ToyRecord()
        try record.record(
            2,
            [
                ToyDocument.Row("2022-23", "Queen Mary Hospital", 10, remark: remark),
                ToyDocument.Row("2023-24", "Kwong Wah Hospital", 7),
            ])
        return record
    }

    private static func bytes(_ stream: any DatasetFileStream) throws -> [UInt8] {
        var (stream, bytes) = (stream, [UInt8]())
        while let piece = try stream.next() { bytes += piece }
        return bytes
    }

    @Test("is the same bytes each time, and others in another language", arguments: Language.allCases)
    func same(language: Language) throws {
        let record = try Self.record("=1+1 \u{1} & <b>")
        func made(_ language: Language) throws -> [UInt8] {
            try Self.bytes(DatasetWorkbook(record.dataset, TableQuestion(), in: language, from: record.database))
        }
        let first = try made(language)
        #expect(first.starts(with: Array("PK".utf8)))
        #expect(try made(language) == first)
        for other in Language.allCases where other != language { #expect(try made(other) != first) }
    }

    @Test("is refused where a sheet cannot hold it")
    func refusal() throws {
        let record = try Self.record()
        #expect {
            try DatasetWorkbook(record.dataset, TableQuestion(), in: .en, from: record.database, mostRows: 1)
        } throws: { error in
            (error as? TableRefusal)?.description.contains("ask for CSV") == true
        }
        #expect(
            try DatasetWorkbook(record.dataset, TableQuestion(), in: .en, from: record.database, mostRows: 2).rows == 2)
    }

    @Test("has GeoJSON beside it, a feature a row")
    func features() throws {
        let record = try Self.record()
        func made(_ question: TableQuestion) throws -> [UInt8] {
            try Self.bytes(
                record.database.file(of: record.dataset, question, as: .geojson, isForExcel: false, in: .en))
        }
        let bytes = try made(TableQuestion())
        let collection = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let features = try #require(collection["features"] as? [[String: Any]])
        #expect(collection["dataset"] as? String == record.dataset.id)
        #expect(collection["source"] as? String == record.dataset.publisher.attribution)
        let properties = features.compactMap { $0["properties"] as? [String: Any] }
        #expect(properties.map { $0["visits"] as? Int } == [10, 7])
        var question = TableQuestion()
        question.columns = ["visits"]
        #expect(throws: TableRefusal.self) { try made(question) }
    }
}
