import Foundation
import Testing
import WaitCore

@Suite("The JSON writer")
struct JSONWriterTests {
    private static func text(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("writes whole numbers digit for digit", arguments: [0, 1, -1, 9, 10, -480, 1_234_567_890, .max, .min])
    func integers(number: Int) {
        #expect(Self.text { $0.value(number) } == String(number))
    }

    static let numbers: [(Double, String)] = [
        (0, "0"), (-0.0, "0"), (1.5, "1.5"), (180, "180"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
        (1e20, "1e+20"),
        (.nan, "null"), (.infinity, "null"),
    ]

    @Test("writes the shortest digits of a number, and null for what is none", arguments: numbers)
    func doubles(number: Double, text: String) {
        #expect(Self.text { $0.value(number) } == text)
    }

    @Test(
        "gives any text back through a reader",
        arguments: ["", "plain", "\"quoted\" \\ back", "line\nfeed\ttab\u{0}\u{1F}", "多名病人正在搶救中", "e\u{301}\u{1F9EA}"])
    func texts(text: String) throws {
        let json = Self.text { json in json.array { $0.value(text) } }
        #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String] == [text])
    }

    @Test("puts commas between fields and elements, and none elsewhere")
    func commas() {
        let json = Self.text { json in
            json.object { json in
                json.field("a", 1)
                json.field(
                    "b",
                    array: { json in
                        json.value(1)
                        json.array { _ in }
                        json.value(true)
                    })
                json.field("c", object: { $0.field("d", nil as String?) })
                json.field("e", HongKongMinute(sinceEpoch: 0))
            }
        }
        #expect(json == #"{"a":1,"b":[1,[],true],"c":{"d":null},"e":"1970-01-01T08:00:00+08:00"}"#)
    }
}
