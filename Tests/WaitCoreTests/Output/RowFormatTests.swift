import TestSupport
import Testing

@testable import WaitCore

@Suite("The format of a row")
struct RowFormatTests {
    private static let csv = RowFormat(.csv, columns: ["a", "b,c"])
    private static let excel = RowFormat(.excel, columns: ["a", "b"])
    private static let ndjson = RowFormat(.ndjson, columns: ["a", "b"])

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func row(_ format: RowFormat, _ cells: [UInt8]...) -> String {
        text(zip(format.leads, cells).flatMap { $0 + $1 } + format.terminator)
    }

    @Test("of CSV begins with a header line by RFC 4180")
    func header() {
        #expect(Self.text(Self.csv.header) == "a,\"b,c\"\r\n")
    }

    @Test("for Excel begins with a byte-order mark")
    func byteOrderMark() {
        #expect(Self.excel.header.starts(with: [0xEF, 0xBB, 0xBF, UInt8(ascii: "a")]))
        #expect(!Self.csv.header.starts(with: [0xEF]))
    }

    @Test("of a demo's record ends every row with simulated, which is true")
    func simulated() {
        let csv = RowFormat(.csv, columns: ["a"], isSimulated: true)
        #expect(Self.text(csv.header) == "a,simulated\r\n" && Self.row(csv, csv.number(1)) == "1,true\r\n")
        let ndjson = RowFormat(.ndjson, columns: ["a"], isSimulated: true)
        #expect(ndjson.header.isEmpty && Self.row(ndjson, ndjson.number(1)) == "{\"a\":1,\"simulated\":true}\n")
    }

    @Test("of NDJSON has no header, and an object a line")
    func object() {
        #expect(Self.ndjson.header.isEmpty)
        #expect(Self.row(Self.ndjson, Self.ndjson.number(1), Self.ndjson.text("x")) == "{\"a\":1,\"b\":\"x\"}\n")
    }

    @Test(
        "quotes in CSV what holds a comma, a quote or a line end, and nothing else",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"ah\"", "\"say \"\"ah\"\"\""), ("a\r\nb", "\"a\r\nb\""),
            ("瑪麗醫院,中西區", "\"瑪麗醫院,中西區\""), ("瑪麗醫院", "瑪麗醫院"), ("=1+1", "=1+1"), ("", ""),
        ])
    func quoting(text: String, cell: String) {
        #expect(Self.text(Self.csv.text(text)) == cell)
    }

    @Test("gives back every text that is read by RFC 4180", arguments: ["a\nb", "\"", "\r", ",", "\u{301}\"", "🏥,"])
    func readBack(text: String) throws {
        let records = try CSVReader.records(Array(Self.row(Self.csv, Self.csv.text(text), []).utf8))
        #expect(records.map { $0[0].unicodeScalars.map(\.value) } == [text.unicodeScalars.map(\.value)])
    }

    @Test(
        "puts an apostrophe before what Excel would take for a formula",
        arguments: ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
    func formula(beginning: String) {
        #expect(Self.text(Self.excel.text("\(beginning)1")).drop { $0 == "\"" }.hasPrefix("'\(beginning)"))
    }

    @Test("leaves a text alone that only holds such a character", arguments: ["A=1", "7-11 Street", "a@b"])
    func noFormula(text: String) {
        #expect(Self.text(Self.excel.text(text)) == text)
    }

    @Test("says nothing where nothing is known: an empty cell, null in JSON")
    func nothing() {
        #expect(Self.row(Self.csv, Self.csv.number(Int?.none), Self.csv.text(nil)) == ",\r\n")
        #expect(
            Self.row(Self.ndjson, Self.ndjson.flag(nil), Self.ndjson.number(Double.nan)) == "{\"a\":null,\"b\":null}\n")
    }

    @Test("has flags as 1 and 0 in CSV, as true and false in JSON")
    func flags() {
        #expect(Self.row(Self.csv, Self.csv.flag(true), Self.csv.flag(false)) == "1,0\r\n")
        #expect(Self.row(Self.ndjson, Self.ndjson.flag(true), Self.ndjson.flag(false)) == "{\"a\":true,\"b\":false}\n")
    }

    @Test("appends numbers digit by digit", arguments: [0, 7, 10, 99, 1_794_618_900, .max, -15, .min] as [Int64])
    func decimals(number: Int64) {
        var bytes: [UInt8] = []
        bytes.append(decimal: number)
        #expect(Self.text(bytes) == String(number))
    }
}
