import Foundation
import Testing

@testable import WaitCore

@Suite("A report")
struct ReportTests {
    private static let hospitals = Report(
        columns: [.init("hospital", "Hospital"), .init("code", nil), .init("minutes", "Wait")],
        rows: [
            [.text("Queen Mary Hospital"), .text("QMH"), .integer(9)],
            [.text("瑪麗醫院"), .text("QMH"), .integer(143)], [.text("St John Hospital"), .text("SJH"), .none],
        ])

    @Test("lines up as a table where CJK characters take two columns, numbers to the right")
    func table() {
        #expect(
            Self.hospitals.text(.table) == """
                Hospital             Wait
                Queen Mary Hospital     9
                瑪麗醫院              143
                St John Hospital        –

                """)
    }

    @Test("is a JSON array of objects with the columns' keys in their order")
    func json() {
        #expect(
            Self.hospitals.text(.json) == """
                [
                {"hospital": "Queen Mary Hospital", "code": "QMH", "minutes": 9},
                {"hospital": "瑪麗醫院", "code": "QMH", "minutes": 143},
                {"hospital": "St John Hospital", "code": "SJH", "minutes": null}
                ]

                """)
    }

    @Test("is CSV with a header, CRLF and nothing where nothing is known")
    func csv() {
        #expect(
            Self.hospitals.text(.csv)
                == "hospital,code,minutes\r\nQueen Mary Hospital,QMH,9\r\n瑪麗醫院,QMH,143\r\nSt John Hospital,SJH,\r\n")
    }

    @Test(
        "without rows is a heading, an empty array, a header",
        arguments: [(OutputFormat.table, "Hospital\n"), (.json, "[]\n"), (.csv, "hospital\r\n")])
    func empty(format: OutputFormat, text: String) {
        #expect(Report(columns: [.init("hospital", "Hospital")]).text(format) == text)
    }

    @Test("writes each sort of cell in each format", arguments: cells)
    func cell(cell: Report.Cell, table: String, json: String, csv: String) {
        let report = Report(columns: [.init("a", "a")], rows: [[cell]])
        #expect(report.text(.table).split(separator: "\n").last?.drop { $0 == " " } ?? "" == table)
        #expect(report.text(.json) == "[\n{\"a\": \(json)}\n]\n")
        #expect(report.text(.csv) == "a\r\n\(csv)\r\n")
    }

    private static let cells: [(Report.Cell, String, String, String)] = [
        (.text("x"), "x", "\"x\"", "x"), (.integer(-3), "-3", "-3", "-3"), (.decimal(2), "2", "2", "2"),
        (.decimal(0.5), "0.5", "0.5", "0.5"), (.decimal(469.25), "469.25", "469.25", "469.25"),
        (.flag(true), "yes", "true", "1"), (.flag(false), "no", "false", "0"), (.none, "–", "null", ""),
        (.optional(String?.none), "–", "null", ""), (.optional(Int?.none), "–", "null", ""),
        (.optional(Double?.none), "–", "null", ""), (.optional("x"), "x", "\"x\"", "x"), (.optional(3), "3", "3", "3"),
        (.optional(0.25), "0.25", "0.25", "0.25"),
        (.share(0.98790322), "98.79 %", "0.98790322", "0.98790322"), (.share(0), "0 %", "0", "0"),
        (.share(1), "100 %", "1", "1"), (.share(0.99999), ">99.99 %", "0.99999", "0.99999"),
        (.share(0.0000125), "<0.01 %", "1.25e-05", "1.25e-05"), (.age(-3), "-3 min", "-3", "-3"),
        (.age(119), "119 min", "119", "119"), (.age(120), "2 h", "120", "120"), (.age(2_879), "47 h", "2879", "2879"),
        (.age(196_980), "136 d", "196980", "196980"), (.fraction(0.12345), "0.1235", "0.12345", "0.12345"),
    ]

    @Test(
        "as a table shows no control character",
        arguments: ["\u{1B}", "\n", "\r", "\t", "\u{7}", "\u{7F}", "\u{9B}", "\0"])
    func controls(control: String) {
        let report = Report(columns: [.init("a", "a")], rows: [[.text("x\(control)[31my")]])
        #expect(report.text(.table) == "a\nx\u{FFFD}[31my\n")
    }

    @Test("as a table has no white space at the end of a line")
    func trimmed() {
        let report = Report(columns: [.init("a", "a"), .init("b", "b")], rows: [[.text("x"), .text("")]])
        #expect(report.text(.table) == "a  b\nx\n")
    }

    @Test(
        "measures text in a terminal's columns",
        arguments: [("", 0), ("abc", 3), ("–", 1), ("é", 1), ("醫院", 4), ("医院", 4), ("（上）", 6), ("A院", 3), ("ｱ", 1)])
    func width(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }
}

@Suite("Text in JSON")
struct JSONTextTests {
    @Test(
        "is quoted by RFC 8259",
        arguments: [
            ("", #""""#), ("醫院", #""醫院""#), ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("a/b", #""a/b""#),
            ("\n\r\t", #""\n\r\t""#), ("\r\n", #""\r\n""#), ("\u{0}\u{1}\u{1F}", #""\u0000\u0001\u001f""#),
            ("\u{1B}[31m", #""\u001b[31m""#), ("\"\u{301}", "\"\\\"\u{301}\""),
        ])
    func quoted(text: String, json: String) {
        #expect(JSONText.quoted(text).unicodeScalars.elementsEqual(json.unicodeScalars))
    }

    @Test("is read back by Foundation as it was, for every scalar of the first plane's start")
    func roundTrip() throws {
        let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
        let read = try JSONSerialization.jsonObject(with: Data(JSONText.quoted(text)), options: .fragmentsAllowed)
        #expect(try #require(read as? String).unicodeScalars.elementsEqual(text.unicodeScalars))
    }
}

@Suite("Text in CSV")
struct CSVTextTests {
    @Test(
        "is quoted by RFC 4180",
        arguments: [
            ("", ""), ("plain text", "plain text"), ("醫院", "醫院"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
            ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
            ("\"a\",\"b\"", "\"\"\"a\"\",\"\"b\"\"\""), ("'", "'"), ("a;b", "a;b"),
        ])
    func field(text: String, csv: String) {
        #expect(CSVText.field(text) == csv)
    }

    @Test("has every quote doubled, also one with a combining mark")
    func combined() {
        let csv = CSVText.field("a\"\u{301}b")
        #expect(csv.unicodeScalars.elementsEqual("\"a\"\"\u{301}b\"".unicodeScalars))
    }
}
