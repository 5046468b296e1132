package import struct Foundation.Data

/// Reads a JSON array of flat objects, the shape of most statistics of the Hospital Authority.
package struct FlatJSON: Sendable {
    /// Far more than any of them has: 215,099 premiums are the most that is known.
    static let mostRecords = 500_000

    /// The document's key of each field; case, blanks, `_` and `-` in it say nothing.
    private let keys: [(key: String, field: String)]
    private let byFolded: [String: String]

    package init(_ table: TableSchema) {
        keys = table.fields.map { ($0.published, $0.name) }
        byFolded = Dictionary(keys.map { (Self.folded($0.key), $0.field) }, uniquingKeysWith: { first, _ in first })
    }

    /// Hands each record to `sink`.
    /// - Throws: `ReadFault` where the bytes are not an array of objects, or no record has a field of the dataset.
    package func read(_ bytes: Data, into sink: inout RowSink) throws(ReadFault) {
        let values = try JSONDocument.array(in: bytes, most: Self.mostRecords)
        var met: Set<String> = []
        var added: Set<String> = []
        var objects = 0
        for (index, value) in values.enumerated() {
            guard let object = value.object else {
                sink.add(ReadFault(record: index + 1, text: value.text, reason: "The record is not a JSON object."))
                continue
            }
            objects += 1
            var fields: [String: RowSink.Published] = [:]
            var other: [String: RowSink.Published] = [:]
            // In order, so that the same bytes are always read alike.
            for key in object.values.keys.sorted() {
                let values = object.all(key).map(Self.published)
                guard let field = byFolded[Self.folded(key)] else {
                    added.insert(key)
                    other[key] = Self.one(of: values)
                    continue
                }
                met.insert(field)
                fields[field] = Self.one(of: (fields[field].map { [$0] } ?? []) + values)
            }
            sink.add(index + 1, fields, other: other)
        }
        guard objects == 0 || !met.isEmpty else {
            throw ReadFault(
                text: JSONValue.array(Array(values.prefix(3))).text,
                reason: "No record has a key of this dataset, so it is not a document of it.")
        }
        guard objects > 0 else { return }
        sink.add(keys.filter { !met.contains($0.field) }.map { Drift(key: $0.key, change: .vanished) })
        sink.add(added.sorted().prefix(20).map { Drift(key: PublishedText.storable($0), change: .added) })
    }

    private static func folded(_ key: String) -> String {
        PublishedText.folded(key).filter { !" _-".contains($0) }
    }

    private static func published(_ value: JSONValue) -> RowSink.Published {
        switch value {
        case .null: .nothing
        case .number(let digits): .number(digits)
        case .string(let text): .text(text)
        case .bool, .array, .object: .json(value.json)
        }
    }

    /// The value where all are the same, else what contradicts itself.
    private static func one(of values: [RowSink.Published]) -> RowSink.Published {
        var differing: [RowSink.Published] = []
        for value in values where !differing.contains(value) { differing.append(value) }
        return differing.count == 1 ? differing[0] : .contradiction(differing)
    }
}
