import Foundation
import Testing

@testable import WaitCore

/// What a publisher can do to one figure: leave it out, send nothing, send something else.
@Suite("Each figure of a reading stands alone")
struct FigureAloneTests {
    private static let keys = Feed.aeWait.figures.map(\.key)

    /// JSON under the key (nil: no key), the text that is kept, and whether it is missing rather than not recognised.
    static let oddities: [(json: String?, text: String, isMissing: Bool)] = [
        (nil, "", true), ("null", "null", true), ("\"\"", "", true), ("\" \"", " ", true),
        ("\"\\u3000\"", "\u{3000}", true),
        ("28", "28", false), ("28.50", "28.50", false), ("1e1", "1e1", false), ("true", "true", false),
        ("false", "false", false),
        ("[\"28 minutes\"]", "[\"28 minutes\"]", false), ("{\"value\":28}", "{\"value\":28}", false),
        ("{}", "{}", false),
        ("\"soon\"", "soon", false), ("\"-5 minutes\"", "-5 minutes", false),
        ("\"28\\u0000 minutes\"", "28\u{2400} minutes", false),
        ("\"\(String(repeating: "9", count: 501))\"", String(repeating: "9", count: 500) + "…", false),
        ("\"\(String(repeating: "院", count: 400))\"", String(repeating: "院", count: 166) + "…", false),
        ("\"\\ud83d\"", "\u{FFFD}", false),
    ]

    @Test("whatever is under its key", arguments: keys, oddities)
    func alone(key: String, oddity: (json: String?, text: String, isMissing: Bool)) throws {
        let read = try Feed.aeWait.waits(Self.document([key: oddity.json]))
        #expect(read.faults == [] && read.readings.count == 2)
        for (figure, text) in zip(Feed.aeWait.figures, try #require(read.readings.first).texts) {
            let meaning = Phrase(kind: figure.kind, text: text).meaning
            if figure.key == key {
                #expect(text == oddity.text)
                #expect(meaning == (oddity.isMissing ? .missing : .unrecognised))
            } else {
                #expect(meaning != .missing && meaning != .unrecognised)
            }
        }
    }

    @Test("also where the key has gone from every record", arguments: keys)
    func vanished(key: String) throws {
        let read = try Feed.aeWait.waits(Self.document([key: nil], [key: nil]))
        #expect(read.readings.count == 2 && read.faults == [])
        #expect(read.drift == [Drift(key: key, change: .vanished)])
    }

    @Test("and a key that the feed did not have is told, wherever it stands")
    func added() throws {
        let bytes = Data(
            #"{"notice":"a","waitTime":[{"hospName":"A","topWait":"Over 1 hour","t6":"x"}],"updateTime":"9/3/2020 6:30pm"}"#
        )
        let read = try Feed.aeTopWait.waits(bytes)
        #expect(read.readings.count == 1 && read.faults == [])
        #expect(read.drift == [Drift(key: "t6", change: .added), Drift(key: "notice", change: .added)])
    }

    @Test("and a thousand new keys are told as twenty")
    func manyKeys() throws {
        let extra = (0..<1_000).map { "\"k\($0)\":1" }.joined(separator: ",")
        let bytes = Data(
            "{\"waitTime\":[{\"hospName\":\"A\",\"topWait\":\"Over 1 hour\",\(extra)}],\"updateTime\":\"9/3/2020 6:30pm\"}"
        )
        #expect(try Feed.aeTopWait.waits(bytes).drift.count == 20)
    }

    @Test(
        "and two values under its key are a fault that is told, unless they are the same",
        arguments: [
            (#""t3p50":"99 minutes""#, ["99 minutes"]), (#""t3p50":"21 minutes""#, []), (#""t3p50":null"#, ["null"]),
            (#""t3p50":"21 minutes","t3p50":"98 minutes","t3p50":"99 minutes""#, ["98 minutes", "99 minutes"]),
            (#""t45p50":"9 hours""#, ["2 hours"]), (#""note":"a","note":"b""#, []),
        ])
    func twice(second: String, told: [String]) throws {
        let text = String(decoding: Self.document([:]), as: UTF8.self)
        let bytes = Data(
            text.replacing(#""t3p95":"60 minutes""#, with: #""t3p95":"60 minutes",\#(second)"#, maxReplacements: 1))
        let read = try Feed.aeWait.waits(bytes)
        #expect(read.readings.count == 2 && read.faults.map(\.text) == told)
        #expect(read.readings.first?.texts[2] == "21 minutes")
        #expect(
            read.faults.allSatisfy { $0.record == 1 && $0.reason.hasSuffix("with different values; the first stands.") }
        )
    }

    @Test(
        "and two update times make the document unreadable, unless they are the same",
        arguments: [
            ("9/3/2020 6:45pm", false), ("9/3/2020 6:30pm", true), ("9/3/2020 18:30", true), ("soon", false),
        ])
    func twoTimes(second: String, isRead: Bool) {
        let bytes = Data(
            "{\"updateTime\":\"9/3/2020 6:30pm\",\"waitTime\":[{\"hospName\":\"A\",\"topWait\":\"Over 1 hour\"}],"
                + "\"updateTime\":\"\(second)\"}")
        #expect((Feed.aeTopWait.refusal(of: bytes) == nil) == isRead)
    }

    /// Two hospitals whose figures are all read, with other JSON under some keys; a key whose JSON is nil is left out.
    static func document(_ changes: [String: String?]...) -> Data {
        let usual = [
            "t1wt": "0 minute", "manageT1case": "N", "t2wt": "less than 15 minutes", "manageT2case": "Y",
            "t3p50": "21 minutes", "t3p95": "60 minutes", "t45p50": "2 hours", "t45p95": "3.5 hours",
        ].mapValues { "\"\($0)\"" }
        let records = ["A", "B"].enumerated().map { index, name in
            var members = usual
            for (key, json) in index < changes.count ? changes[index] : [:] { members[key] = json }
            let figures = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
            return "{" + (["\"hospName\":\"\(name)\""] + figures).joined(separator: ",") + "}"
        }
        return Data("{\"waitTime\":[\(records.joined(separator: ","))],\"updateTime\":\"20/1/2026 4:30AM\"}")
    }
}

@Suite("JSON from outside")
struct JSONParserTests {
    private static func value(_ text: String) throws -> JSONValue { try JSONParser.value(in: Array(text.utf8)) }

    @Test(
        "keeps numbers as they are spelled",
        arguments: ["0", "-0", "28", "28.50", "1e3", "-1.5E-2", "12345678901234567890"])
    func numbers(text: String) throws {
        #expect(try Self.value(" \(text)\n") == .number(text))
    }

    @Test(
        "undoes escapes",
        arguments: [
            (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u5206\u9418""#, "分鐘"), (#""\ud83c\udfe5""#, "🏥"),
            (#""\ud83c x""#, "\u{FFFD} x"), (#""\udfe5""#, "\u{FFFD}"), (#""\ud83c\u0041""#, "\u{FFFD}A"),
        ])
    func escapes(json: String, text: String) throws {
        #expect(try Self.value(json) == .string(text))
    }

    @Test(
        "is refused where it is not JSON",
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "'a'", "01", "1.", ".5", "+1", "1e", "-", "NaN",
            "Infinity", "nul", "tru",
            "\"a", "\"\\x\"", "\"\\u12\"", "\"\u{1}\"", "[1 2]", "1 2", "{\"a\":1}x", "[1}", "//", "/* */1",
        ])
    func refused(text: String) {
        #expect(throws: JSONParser.Failure.self) { try Self.value(text) }
    }

    @Test("keeps what stands twice under a key, where it differs")
    func twice() throws {
        let object = try #require(try Self.value(#"{"a":1,"b":[1],"a":2,"b":[1],"a":1}"#).object)
        #expect(object.values == ["a": .number("1"), "b": .array([.number("1")])])
        #expect(object.contradictions == ["a": [.number("2")]])
    }

    @Test("is read in UTF-16 and UTF-32 with their marks", arguments: [String.Encoding.utf16, .utf32])
    func otherEncodings(encoding: String.Encoding) throws {
        let text = #"{"waitTime":[{"hospName":"瑪麗醫院","topWait":"超過 2 小時"}],"updateTime":"9/3/2020 6:30pm"}"#
        let bytes = try #require(text.data(using: encoding))
        #expect(try Feed.aeTopWait.waits(bytes).readings.map(\.hospitalName) == ["瑪麗醫院"])
    }
}
