import struct Foundation.Data

/// A directory document: places with names, addresses and official coordinates in three languages.
package struct DirectoryDocument: Sendable {
    package let places: [PublishedPlace]
    package let faults: [ReadFault]

    /// - Throws: `ReadFault` where the bytes are no array of records.
    init(bytes: Data, kind: PlaceKind) throws(ReadFault) {
        let values = try JSONDocument.array(in: bytes)
        (places, faults) = JSONDocument.records(in: values) { record, number throws(ReadFault) in
            try PublishedPlace(record, number: number, kind: kind)
        }
    }
}

/// One place as a directory publishes it.
package struct PublishedPlace: Hashable, Sendable {
    /// Position in the document, counted from 1.
    package let record: Int
    package let kind: PlaceKind
    package let name: Trilingual
    package let cluster: Trilingual
    package let address: Trilingual
    package let coordinates: Coordinates
    /// Whether the directory says it has an A&E department; nil where it does not say.
    package let hasEmergency: Bool?

    /// Its names in the three languages.
    package var names: [String] { [name.en, name.tc, name.sc] }

    init(_ json: JSONRecord, number: Int, kind: PlaceKind) throws(ReadFault) {
        record = number
        self.kind = kind
        name = try Self.trilingual(json, "institution")
        cluster = try Self.trilingual(json, "cluster")
        address = try Self.trilingual(json, "address")
        let (latitude, longitude) = (try json.number("latitude"), try json.number("longitude"))
        guard let coordinates = Coordinates(latitude: latitude, longitude: longitude) else {
            throw json.fault("latitude", "The coordinates are not in Hong Kong.")
        }
        self.coordinates = coordinates
        hasEmergency = try Self.emergency(json)
    }

    private static func trilingual(_ json: JSONRecord, _ stem: String) throws(ReadFault) -> Trilingual {
        Trilingual(
            en: try json.string("\(stem)_eng"), tc: try json.string("\(stem)_tc"), sc: try json.string("\(stem)_sc"))
    }

    private static func emergency(_ json: JSONRecord) throws(ReadFault) -> Bool? {
        guard json["with_AE_service_eng"].isPresent else { return nil }
        switch try json.string("with_AE_service_eng").lowercased() {
        case "yes": return true
        case "no": return false
        default: throw json.fault("with_AE_service_eng", "The field is neither Yes nor No.")
        }
    }
}
