import Foundation
import WaitCore

/// Where a page of rows ended: the key of its last row, and a check over key and question.
struct KeyCursor {
    let key: [Cell]

    init(key: [Cell]) { self.key = key }

    func text(for question: String) -> String {
        let json = Self.json(key)
        return Data("\(Self.check(json, question))\(json)".utf8).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil where `text` is not a cursor, or belongs to another question.
    init?(_ text: String, for question: String) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: base64), let plain = String(data: data, encoding: .utf8),
            plain.utf8.count > Self.checkLength
        else { return nil }
        let json = String(plain.dropFirst(Self.checkLength))
        guard plain == Self.check(json, question) + json,
            let values = try? JSONDecoder().decode([Value].self, from: Data(json.utf8))
        else { return nil }
        key = values.map(\.cell)
    }

    private static let checkLength = 16

    private static func check(_ json: String, _ question: String) -> String {
        let digits = String(FNV.hash("\(question) \(json)"), radix: 16)
        return String(repeating: "0", count: checkLength - digits.count) + digits
    }

    private static func json(_ key: [Cell]) -> String {
        var json = JSONWriter()
        json.array { json in
            for cell in key {
                switch cell {
                case .null: json.null()
                case .integer(let number): json.value(Int(number))
                case .decimal(let number): json.value(number)
                case .text(let text): json.value(text)
                }
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private struct Value: Decodable {
        let cell: Cell

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int64.self) {
                cell = .integer(number)
            } else if let text = try? container.decode(String.self) {
                cell = .text(text)
            } else {
                cell = container.decodeNil() ? .null : .decimal(try container.decode(Double.self))
            }
        }
    }
}
