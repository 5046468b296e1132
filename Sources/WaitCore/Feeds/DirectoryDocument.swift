import struct Foundation.Data

/// A directory document: places with names, addresses and official coordinates in three languages.
package struct DirectoryDocument: Sendable {
    /// Far more than any directory lists; each entry would become a place.
    private static let mostRecords = 1_000

    package let places: [PublishedPlace]
    package let faults: [ReadFault]
    package let drift: [Drift]

    /// - Throws: `ReadFault` where the bytes are not an array of at most 1,000 records.
    init(bytes: Data, kind: PlaceKind) throws(ReadFault) {
        let values = try JSONDocument.array(in: bytes, most: Self.mostRecords)
        var contradictions: [ReadFault] = []
        let read = JSONDocument.records(in: values) { record throws(ReadFault) in
            let place = try PublishedPlace(record, kind: kind)
            contradictions += record.contradictions(PublishedPlace.keys)
            return place
        }
        places = read.records
        faults = (read.faults + contradictions).inOrder
        let unread = Set(places.flatMap(\.unreadKeys)).sorted()
        drift =
            JSONDocument.drift(
                of: values.compactMap(\.object), expected: PublishedPlace.keys, optional: PublishedPlace.optionalKeys)
            + unread.map { Drift(key: $0, change: .unread) }
    }
}

/// One place as a directory publishes it; what the directory leaves out is empty, and only a name in some language is required.
package struct PublishedPlace: Hashable, Sendable {
    /// Position in the document, counted from 1.
    package let record: Int
    package let kind: PlaceKind
    /// In one language at least.
    package let name: Trilingual
    package let cluster: Trilingual
    package let address: Trilingual
    /// Nil where the directory gives none that can be in Hong Kong.
    package let coordinates: Coordinates?
    /// Whether the directory says it has an A&E department; nil where it does not say.
    package let hasEmergency: Bool?
    /// Keys that are there and cannot be read.
    package let unreadKeys: [String]

    /// The names that it has, in the three languages.
    package var names: [String] { [name.en, name.tc, name.sc].filter { !$0.isEmpty } }

    static let keys =
        ["cluster", "institution", "address"].flatMap { stem in ["eng", "tc", "sc"].map { "\(stem)_\($0)" } }
        + ["latitude", "longitude"]
    static let optionalKeys: Set<String> = ["with_AE_service_eng", "with_AE_service_tc", "with_AE_service_sc"]

    init(_ json: JSONRecord, kind: PlaceKind) throws(ReadFault) {
        record = json.number
        self.kind = kind
        name = try Self.name(json)
        cluster = Self.trilingual(json, "cluster")
        address = Self.trilingual(json, "address")
        coordinates = Self.coordinates(json)
        hasEmergency = Self.emergency(json)
        var unread = Self.keys.dropLast(2).filter { json[$0].map { $0.string == nil } ?? false }
        if coordinates == nil { unread += ["latitude", "longitude"].filter { json[$0] != nil } }
        if hasEmergency == nil, json["with_AE_service_eng"] != nil { unread.append("with_AE_service_eng") }
        unreadKeys = unread
    }

    /// - Throws: `ReadFault` where it has no name in any language.
    private static func name(_ json: JSONRecord) throws(ReadFault) -> Trilingual {
        let name = trilingual(json, "institution")
        guard !name.known.isEmpty else {
            throw json.fault("institution_eng", "The place has no name that can be read in any language.")
        }
        return name
    }

    private static func trilingual(_ json: JSONRecord, _ stem: String) -> Trilingual {
        let texts = ["eng", "tc", "sc"].map { language -> String in
            guard let text = json["\(stem)_\(language)"]?.string, !PublishedText.isBlank(text),
                text.utf8.count <= PublishedText.mostBytes, !text.utf8.contains(0)
            else { return "" }
            return text
        }
        return Trilingual(en: texts[0], tc: texts[1], sc: texts[2])
    }

    private static func coordinates(_ json: JSONRecord) -> Coordinates? {
        guard let latitude = json.decimal("latitude"), let longitude = json.decimal("longitude") else { return nil }
        return Coordinates(latitude: latitude, longitude: longitude)
    }

    /// In the first language that says it.
    private static func emergency(_ json: JSONRecord) -> Bool? {
        for language in ["eng", "tc", "sc"] {
            switch json["with_AE_service_\(language)"]?.string.map(PublishedText.folded) {
            case "yes"?, "y"?, "是"?: return true
            case "no"?, "n"?, "否"?: return false
            default: continue
            }
        }
        return nil
    }
}

extension [ReadFault] {
    /// By record, as the document has them.
    var inOrder: [ReadFault] {
        enumerated().sorted { ($0.element.record ?? 0, $0.offset) < ($1.element.record ?? 0, $1.offset) }
            .map(\.element)
    }
}
