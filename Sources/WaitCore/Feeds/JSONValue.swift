/// One JSON value as published.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// In the spelling of the document.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// A JSON number that is finite; nil for everything else.
    var number: Double? {
        guard case .number(let text) = self, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// The value as JSON text with keys in order, a string as itself; at most 1,000 characters.
    var text: String {
        if let string { return String(string.prefix(1_000)) }
        var text = ""
        append(to: &text, most: 8_000)
        return String(text.prefix(1_000))
    }

    /// The whole value as JSON text with keys in order.
    var json: String {
        var text = ""
        append(to: &text, most: .max)
        return text
    }

    /// - Parameter most: bytes after which it ends: enough to be shown.
    private func append(to text: inout String, most: Int) {
        guard text.utf8.count < most else { return }
        switch self {
        case .null: text += "null"
        case .bool(let isTrue): text += isTrue ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): text += JSONText.quoted(string)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.append(to: &text, most: most)
            }
            text += "]"
        case .object(let object):
            text += "{"
            for (index, key) in object.values.keys.sorted().enumerated() {
                if index > 0 { text += "," }
                text += JSONText.quoted(key) + ":"
                object[key]?.append(to: &text, most: most)
            }
            text += "}"
        }
    }
}

/// A JSON object; of a key that stands twice the first value is the value, and another one that differs is a contradiction.
struct JSONObject: Hashable, Sendable {
    private(set) var values: [String: JSONValue] = [:]
    /// Key → the values after the first that differ from it.
    private(set) var contradictions: [String: [JSONValue]] = [:]

    subscript(key: String) -> JSONValue? { values[key] }

    /// Every value under the key, the first one first, equal ones once.
    func all(_ key: String) -> [JSONValue] {
        values[key].map { [$0] + (contradictions[key] ?? []) } ?? []
    }

    mutating func add(_ value: JSONValue, under key: String) {
        guard let first = values[key] else {
            values[key] = value
            return
        }
        if first != value { contradictions[key, default: []].append(value) }
    }
}
