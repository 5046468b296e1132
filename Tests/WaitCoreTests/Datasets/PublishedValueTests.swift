import Foundation
import TestSupport
import Testing

@testable import WaitCore

@Suite("What is published in a dataset")
struct PublishedValueTests {
    private static let table = TableSchema(
        [
            .financialYear, .dimension("hospital", .hospitals, Trilingual(en: "Hospital"), "The hospital."), .ageGroup,
            .measure("count", unit: "cases", adds: .placesAndTime, Trilingual(en: "Count"), "A count."),
            .measure("rate", .decimal, unit: "per cent", adds: .never, Trilingual(en: "Rate"), "A rate."),
            .plain("open", .flag, Trilingual(en: "Open"), "Whether it is open."),
            .plain("since", .day, Trilingual(en: "Since"), "Since when."),
        ], hasTotals: true)

    /// The cells of one record, by column; what is NULL is left out.
    private static func cells(_ json: String) throws -> (cells: [String: String], faults: [ReadFault]) {
        var sink = RowSink(table)
        try FlatJSON(table).read(Data("[\(json)]".utf8), into: &sink)
        let rows = sink.finished()
        guard rows.count == 1 else { return ([:], rows.faults) }
        let named = zip(table.columns.map(\.name), rows[0]).filter { !$0.1.isNull }.map { ($0, $1.shown) }
        return (Dictionary(named) { first, _ in first }, rows.faults)
    }

    private static func record(_ more: String) -> String {
        #"{"Financial Year":"2023-24","Hospital":"Queen Mary Hospital","Age Group":"18 to 64"\#(more.isEmpty ? "" : ",\(more)")}"#
    }

    @Test(
        "is a figure where it can be one, else NULL with its text",
        arguments: [
            (#""Count":12"#, "count", "12", nil), (#""Count":"12""#, "count", "12", nil),
            (#""Count":"1,234""#, "count", "1234", nil), (#""Count":" 1,234,567 ""#, "count", "1234567", nil),
            (#""Count":12.0"#, "count", "12", nil), (#""Count":9007199254740993"#, "count", "9007199254740993", nil),
            (#""Count":"12,5""#, "count", nil, #"{"count":"12,5"}"#),
            (#""Count":"1,2""#, "count", nil, #"{"count":"1,2"}"#),
            (#""Count":12.5"#, "count", nil, #"{"count":12.5}"#),
            (#""Count":1e300"#, "count", nil, #"{"count":1e300}"#),
            (#""Count":"–""#, "count", nil, #"{"count":"–"}"#), (#""Count":null"#, "count", nil, nil),
            (#""Count":"  ""#, "count", nil, nil), (#""Count":[1,2]"#, "count", nil, #"{"count":[1,2]}"#),
            (#""Count":5,"count_":6"#, "count", nil, #"{"count":[5,6]}"#),
            (#""Count":5,"Count":6"#, "count", nil, #"{"count":[5,6]}"#), (#""Count":5,"count_":5"#, "count", "5", nil),
            (#""Rate":8.30"#, "rate", "8.3", nil), (#""Rate":-0.0"#, "rate", "0", nil),
            (#""Rate":1e400"#, "rate", nil, #"{"rate":1e400}"#),
            (#""Open":true"#, "open", "1", nil), (#""Open":"0""#, "open", "0", nil),
            (#""Open":"Y""#, "open", nil, #"{"open":"Y"}"#), (#""Since":"2026年1月18日""#, "since", "2026-01-18", nil),
            (#""Since":"01/02/2026""#, "since", nil, #"{"since":"01/02/2026"}"#),
            (#""Colour":8.30"#, "colour", nil, #"{"Colour":8.30}"#),
        ] as [(String, String, String?, String?)])
    func figure(more: String, column: String, value: String?, other: String?) throws {
        let cells = try Self.cells(Self.record(more)).cells
        #expect(cells[column] == value)
        #expect(cells["other"] == other)
    }

    @Test(
        "is a period in whatever spelling",
        arguments: [
            ("2023-24", "2023-24"), ("2023/24", "2023-24"), ("2023 – 24", "2023-24"), ("1999/00", "1999-00"),
            ("1999-2000", "1999-00"), ("２０２３-２４", "2023-24"), ("2023", nil), ("2023-25", nil), ("23-24", nil),
            ("2023-24 (as at 31 March 2024)", nil), ("", nil),
        ] as [(String, String?)])
    func period(text: String, code: String?) throws {
        let json = Self.record("").replacing("2023-24", with: text)
        let (cells, faults) = try Self.cells(json)
        #expect(cells["financial_year"] == code)
        #expect(faults.count == (code == nil ? 1 : 0))
        if let code { #expect(cells["period_from"] == "\(code.prefix(4))-04-01" && cells["period_text"] != nil) }
    }

    @Test(
        "is a code where the name is known, else a slug",
        arguments: [
            ("Queen Mary Hospital", "QMH"), ("QUEEN MARY  HOSPITAL.", "QMH"), ("瑪麗醫院", "QMH"),
            ("Ruttonjee & Tang Shiu Kin Hospitals", "RH"),
            ("Cheshire Home, Chung Hom Kok", "cheshire-home-chung-hom-kok"),
            ("Overall", "all"), ("Overall (Hong Kong East Cluster)", "all"), ("HA Overall", "all"), ("—", "all"),
            ("", "all"), ("總計", "all"), ("Total", "all"),
        ])
    func code(text: String, code: String) throws {
        let cells = try Self.cells(Self.record("").replacing("Queen Mary Hospital", with: text)).cells
        #expect(cells["hospital"] == code)
        #expect(cells["is_total"] == (code == "all" ? "1" : "0"))
        #expect(cells["total_over"] == (code == "all" ? "hospital" : nil))
    }

    @Test(
        "is an age group with its years",
        arguments: [
            ("Aged below 18", nil, "17"), ("18 or below", nil, "18"), ("Under 1", nil, "0"), ("18 to 64", "18", "64"),
            ("18 - 64", "18", "64"), ("80 or above", "80", nil), ("65+", "65", nil), ("over 65", "66", nil),
            ("18歲以下", nil, "17"), ("80歲或以上", "80", nil), ("Unknown", nil, nil),
        ] as [(String, String?, String?)])
    func age(text: String, from: String?, to: String?) throws {
        let cells = try Self.cells(Self.record("").replacing("18 to 64", with: text)).cells
        #expect(cells["age_from"] == from && cells["age_to"] == to)
    }

    @Test(
        "is refused, and costs no other record, where its key cannot be read",
        arguments: [
            #"{"Hospital":"Queen Mary Hospital","Age Group":"all"}"#,
            #"{"Financial Year":"2023-24","Age Group":"all"}"#,
            #"{"Financial Year":"2023-24","Hospital":"A","hospital ":"B","Age Group":"all"}"#, "[]", "null", "7",
        ])
    func key(record: String) throws {
        let (cells, faults) = try Self.cells("\(Self.record("")),\(record)")
        #expect(cells["hospital"] == "QMH")
        #expect(faults.map(\.record) == [2])
    }

    @Test("is not a document of the dataset where no record has a key of it")
    func foreign() {
        #expect(throws: ReadFault.self) { try Self.cells(#"{"a":1}"#) }
        #expect(throws: ReadFault.self) { try Self.cells("") }
    }

    @Test("is in three languages of each dataset, with plan rows and documents over https")
    func catalogue() {
        for dataset in Catalogue.standard.datasets {
            for title in [dataset.title, dataset.publisher.name] + dataset.table.columns.map(\.title) {
                #expect(Language.allCases.allSatisfy { !title[$0].isEmpty }, "\(dataset.id)")
            }
            #expect(!dataset.plan.isEmpty && dataset.documents.allSatisfy { $0.url.hasPrefix("https://") })
            #expect(dataset.id.allSatisfy { $0.isLetter || $0 == "-" } && !dataset.table.key.isEmpty)
            #expect(dataset.table.columns.allSatisfy { !$0.meaning.isEmpty })
        }
    }

    @Test("is read from the head of the real document", .enabled(if: Documents.hasReal))
    func real() throws {
        let bytes = try #require(try Documents.plan("ha-ipdpdd-en_2026-08-18_HEAD-3-ROWS.json"))
        let rows = try Dataset.discharge.rows(in: bytes, of: Dataset.discharge.documents[0])
        #expect(rows.faults == [] && rows.drift == [])
        let code = try #require(Dataset.discharge.table.position("hospital"))
        #expect(
            (0..<rows.count).map { rows[$0][rows[$0].startIndex + code].shown }
                == ["cheshire-home-chung-hom-kok", "PYN", "RH"])
    }
}
