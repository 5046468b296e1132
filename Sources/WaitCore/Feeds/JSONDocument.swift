import Foundation

/// JSON from outside, handed on in a shape that keeps what was published.
enum JSONDocument {
    /// The document's object.
    /// - Throws: `ReadFault` where the bytes are not JSON, or not an object.
    static func object(in bytes: Data) throws(ReadFault) -> JSONObject {
        let value = try value(in: bytes)
        guard let object = value.object else {
            throw ReadFault(text: value.text, reason: "The document is not a JSON object.")
        }
        return object
    }

    /// The document's array of at most `most` values.
    /// - Throws: `ReadFault` where the bytes are not JSON, or not an array with something in it.
    static func array(in bytes: Data, most: Int) throws(ReadFault) -> [JSONValue] {
        let value = try value(in: bytes)
        guard let array = value.array, !array.isEmpty else {
            throw ReadFault(text: value.text, reason: "The document is not a JSON array of records.")
        }
        try refuse(array, most: most)
        return array
    }

    /// Refuses a list far longer than the feed's: each name in it would become a place.
    /// - Throws: `ReadFault` for the whole document.
    static func refuse(_ values: [JSONValue], most: Int) throws(ReadFault) {
        guard values.count > most else { return }
        throw ReadFault(
            text: "\(values.count)",
            reason: "The document has more than \(most) records, so it is not a document of this feed.")
    }

    /// Reads each record by itself, so that a bad one leaves the others alone. Records are counted from 1.
    static func records<Record>(
        in values: [JSONValue], read: (JSONRecord) throws(ReadFault) -> Record
    ) -> (records: [Record], faults: [ReadFault]) {
        var records: [Record] = []
        var faults: [ReadFault] = []
        records.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            do throws(ReadFault) {
                records.append(try read(try JSONRecord(value, number: index + 1)))
            } catch {
                faults.append(error)
            }
        }
        return (records, faults)
    }

    /// What differs between the keys that objects have and those of the feed: a key of the feed that none of them has, and keys
    /// that the feed does not have, at most 20 of them.
    /// - Parameter optional: keys that may be there and need not.
    static func drift(
        of objects: [JSONObject], expected: [String], optional: Set<String> = []
    ) -> [Drift] {
        guard !objects.isEmpty else { return [] }
        let vanished = expected.filter { key in objects.allSatisfy { $0[key] == nil } }
        let known = optional.union(expected)
        let added = objects.reduce(into: Set<String>()) { $0.formUnion($1.values.keys.filter { !known.contains($0) }) }
        return vanished.map { Drift(key: $0, change: .vanished) }
            + added.sorted().prefix(20).map { Drift(key: PublishedText.storable($0), change: .added) }
    }

    private static func value(in bytes: Data) throws(ReadFault) -> JSONValue {
        do {
            return try JSONParser.value(in: Array(utf8(bytes)))
        } catch {
            throw ReadFault(
                text: String(decoding: bytes, as: UTF8.self),
                reason: "The document is not JSON in UTF-8 (\(error.reason), at byte \(error.offset)).")
        }
    }

    /// The bytes as UTF-8: JSON in UTF-16 or UTF-32 is recognised by its byte-order mark.
    private static func utf8(_ bytes: Data) -> Data {
        let encodings: [([UInt8], String.Encoding)] = [
            ([0xFF, 0xFE, 0, 0], .utf32), ([0, 0, 0xFE, 0xFF], .utf32), ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF], .utf16),
        ]
        guard let encoding = encodings.first(where: { bytes.starts(with: $0.0) })?.1,
            let text = String(data: bytes, encoding: encoding)
        else { return bytes }
        return Data(text.utf8)
    }
}

/// A difference between a document and what its feed is known to hold, to be reported once.
package struct Drift: Hashable, Sendable {
    /// The key as published, at most 500 bytes.
    package let key: String
    package let change: Change

    package enum Change: String, Sendable, CaseIterable {
        /// A key that the feed did not have.
        case added
        /// A key that no record has any more.
        case vanished
        /// A key whose value cannot be read in one of the records at least.
        case unread
    }

    package init(key: String, change: Change) {
        self.key = key
        self.change = change
    }
}
