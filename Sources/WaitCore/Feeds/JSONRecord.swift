/// One record of a document, with its place in it for what goes wrong.
struct JSONRecord {
    let object: JSONObject
    let number: Int

    /// - Throws: `ReadFault` where the value is not an object.
    init(_ value: JSONValue, number: Int) throws(ReadFault) {
        guard let object = value.object else {
            throw ReadFault(record: number, text: value.text, reason: "The record is not a JSON object.")
        }
        self.object = object
        self.number = number
    }

    subscript(key: String) -> JSONValue? { object[key] }

    /// The name under `key`, verbatim; without it nothing in the record can be assigned to a place.
    /// - Throws: `ReadFault` where it is missing, not a string, blank, longer than 500 bytes, or stands twice and differs.
    func name(_ key: String) throws(ReadFault) -> String {
        guard let value = self[key] else { throw fault(key, "The field is missing.") }
        guard let text = value.string else { throw fault(key, "The field is not a string.") }
        guard !PublishedText.isBlank(text) else { throw fault(key, "The field is empty.") }
        guard text.utf8.count <= PublishedText.mostBytes else {
            throw fault(key, "The field is longer than \(PublishedText.mostBytes) bytes.")
        }
        // SQLite would keep the text only up to it, and so take it for another.
        guard !text.utf8.contains(0) else { throw fault(key, "The field holds a NUL character.") }
        let identity = PublishedText.identity(text)
        guard object.all(key).allSatisfy({ $0.string.map(PublishedText.identity) == identity }) else {
            throw fault(key, "The key stands twice with different values, so it is not known whose record this is.")
        }
        return text
    }

    /// The text of a figure: empty where there is none, the JSON text where it is not a string, cut where it is far too long.
    func text(_ key: String) -> String {
        guard let value = self[key] else { return "" }
        return PublishedText.storable(value.text)
    }

    /// What stands under one of `keys` besides the first value and differs from it: the first stands.
    func contradictions(_ keys: [String]) -> [ReadFault] {
        guard !object.contradictions.isEmpty else { return [] }
        return keys.flatMap { key in
            (object.contradictions[key] ?? []).prefix(3).map { other in
                ReadFault(
                    record: number, field: key, text: other.text,
                    reason: "The key stands twice in this record with different values; the first stands.")
            }
        }
    }

    /// The number under `key`, also where it is written as a string; nil where there is none.
    func decimal(_ key: String) -> Double? {
        switch self[key] {
        case .number?: self[key]?.number
        case .string(let text)?: PublishedText.decimal(text)
        default: nil
        }
    }

    func fault(_ key: String, _ reason: String) -> ReadFault {
        ReadFault(
            record: number, field: key, text: self[key]?.text ?? JSONValue.object(object).text, reason: reason)
    }
}
