import Foundation

/// JSON from outside, read by Foundation and handed on in a shape that keeps what was published.
///
/// Foundation's reader refuses invalid UTF-8, cut documents and nesting deeper than 512 by itself, and accepts a byte-order
/// mark.
enum JSONDocument {
    /// The document's object.
    /// - Throws: `ReadFault` where the bytes are no JSON, or no object.
    static func object(in bytes: Data) throws(ReadFault) -> [String: JSONValue] {
        let value = try value(in: bytes)
        guard let object = value.object else {
            throw ReadFault(text: value.text, reason: "The document is not a JSON object.")
        }
        return object
    }

    /// The document's array.
    /// - Throws: `ReadFault` where the bytes are no JSON, or no array with something in it.
    static func array(in bytes: Data) throws(ReadFault) -> [JSONValue] {
        let value = try value(in: bytes)
        guard let array = value.array, !array.isEmpty else {
            throw ReadFault(text: value.text, reason: "The document is not a JSON array of records.")
        }
        return array
    }

    /// Reads each record by itself, so that a bad one leaves the others alone. Records are counted from 1.
    ///
    /// A record of the same `identity` as one that was read before is a fault of its own: the first stands.
    static func records<Record>(
        in values: [JSONValue], identity: RecordIdentity? = nil,
        read: (JSONRecord, Int) throws(ReadFault) -> Record
    ) -> (records: [Record], faults: [ReadFault]) {
        var records: [Record] = []
        var faults: [ReadFault] = []
        var seen: Set<String> = []
        records.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            do throws(ReadFault) {
                let json = try JSONRecord(value, number: index + 1)
                let record = try read(json, index + 1)
                try identity?.note(json, in: &seen)
                records.append(record)
            } catch {
                faults.append(error)
            }
        }
        return (records, faults)
    }

    private static func value(in bytes: Data) throws(ReadFault) -> JSONValue {
        do {
            return JSONValue(raw: try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed))
        } catch {
            let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "no detail"
            throw ReadFault(
                text: String(decoding: bytes, as: UTF8.self),
                reason: "The document is not JSON in UTF-8 (\(detail)).")
        }
    }
}

/// What tells the records of one document apart: a text that no two of them share.
struct RecordIdentity {
    let key: String
    /// What the text names: "hospital".
    let noun: String
    /// What else tells records of one name apart, where anything does: the period of a quota.
    var besides: String?

    /// Adds the record's text, verbatim, to those `seen`.
    /// - Throws: `ReadFault` where it was seen before.
    func note(_ record: JSONRecord, in seen: inout Set<String>) throws(ReadFault) {
        let rest = besides.map { record[$0].text } ?? ""
        guard seen.insert("\(try record.string(key))\u{0}\(rest)").inserted else {
            throw record.fault(key, "The \(noun) stands twice in this document; its first record stands.")
        }
    }
}

/// One JSON value as Foundation reads it.
struct JSONValue {
    fileprivate let raw: Any?

    fileprivate init(raw: Any?) {
        self.raw = raw
    }

    var isPresent: Bool { raw != nil }

    static var absent: JSONValue { JSONValue(raw: nil) }

    var string: String? { raw as? String }
    var array: [JSONValue]? { (raw as? [Any])?.map { JSONValue(raw: $0) } }
    var object: [String: JSONValue]? { (raw as? [String: Any])?.mapValues { JSONValue(raw: $0) } }

    /// A JSON number; true and false are none.
    var number: Double? {
        guard let number = raw as? NSNumber, !isBoolean(number) else { return nil }
        return number.doubleValue
    }

    /// The value as JSON text, at most 1,000 characters; empty where there is no value.
    var text: String {
        if let string { return String(string.prefix(1_000)) }
        guard let raw, !(raw is NSNull) else { return raw == nil ? "" : "null" }
        // Written only to be shown: where it cannot be written again, its description has to do.
        let data = try? JSONSerialization.data(
            withJSONObject: raw, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
        return String((data.map { String(decoding: $0, as: UTF8.self) } ?? "\(raw)").prefix(1_000))
    }

    private func isBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }
}

/// One record of a document, with its place in it for what goes wrong.
struct JSONRecord {
    /// Longer than any published text by far; what is longer is no figure and no name.
    private static let maximumTextLength = 500

    private let fields: [String: Any]
    let number: Int

    /// - Throws: `ReadFault` where the value is no object.
    init(_ value: JSONValue, number: Int) throws(ReadFault) {
        guard let fields = value.raw as? [String: Any] else {
            throw ReadFault(record: number, text: value.text, reason: "The record is not a JSON object.")
        }
        (self.fields, self.number) = (fields, number)
    }

    subscript(key: String) -> JSONValue { JSONValue(raw: fields[key]) }

    /// The text under `key`, verbatim.
    /// - Throws: `ReadFault` where it is missing, no string, empty or longer than 500 bytes.
    func string(_ key: String) throws(ReadFault) -> String {
        guard let raw = fields[key] else {
            throw fault(key, "The field is missing.")
        }
        guard let text = raw as? String else {
            throw fault(key, "The field is not a string.")
        }
        guard !text.isEmpty, text.utf8.count <= Self.maximumTextLength else {
            throw fault(key, text.isEmpty ? "The field is empty." : "The field is longer than 500 bytes.")
        }
        // SQLite would keep the text only up to it, and so take it for another.
        guard !text.utf8.contains(0) else { throw fault(key, "The field holds a NUL character.") }
        return text
    }

    /// The number under `key`.
    /// - Throws: `ReadFault` where it is missing or no number.
    func number(_ key: String) throws(ReadFault) -> Double {
        guard let number = self[key].number else { throw fault(key, "The field is not a number.") }
        return number
    }

    /// The record within this one under `key`.
    /// - Throws: `ReadFault` where it is missing or no object.
    func record(_ key: String) throws(ReadFault) -> JSONRecord {
        guard self[key].isPresent else { throw fault(key, "The field is missing.") }
        guard self[key].object != nil else { throw fault(key, "The field is not a JSON object.") }
        return try JSONRecord(self[key], number: number)
    }

    func fault(_ key: String, _ reason: String) -> ReadFault {
        let whole = JSONValue(raw: fields)
        let value = self[key]
        return ReadFault(record: number, field: key, text: value.raw == nil ? whole.text : value.text, reason: reason)
    }
}
