import WaitCore

/// What stands around the rows of a GeoJSON collection (RFC 7946): a row is a point where its place is known, else it has no geometry.
struct FeatureFormat: Sendable {
    let header: [UInt8]
    let end = Array("}".utf8)
    let footer = Array("]}\n".utf8)
    private let latitude: Int
    private let longitude: Int

    /// - Throws: `TableRefusal` where the dataset or the answer has no places; `StoreError`.
    init(_ dataset: Dataset, _ columns: [AnsweredColumn], from database: WaitDatabase) throws {
        guard dataset.hasPlaces else {
            throw TableRefusal("\(dataset.id) has no places: ask for csv, ndjson or xlsx.", parameter: nil)
        }
        guard let latitude = columns.firstIndex(where: { $0.name == "latitude" }),
            let longitude = columns.firstIndex(where: { $0.name == "longitude" })
        else { throw TableRefusal("GeoJSON needs latitude and longitude among the columns.", parameter: "columns") }
        (self.latitude, self.longitude) = (latitude, longitude)
        var json = JSONWriter()
        try json.object { json in
            json.field("type", "FeatureCollection")
            json.field("dataset", dataset.id)
            try DatasetJSON.words(of: dataset, from: database, to: &json)
            json.field("features", array: { _ in })
        }
        // The features come between the brackets.
        header = Array(json.bytes.dropLast(2))
    }

    /// What stands before a row's object.
    func lead(_ cells: [Cell], isFirst: Bool) -> [UInt8] {
        var geometry = JSONWriter()
        geometry.point(latitude: cells[latitude].decimal, longitude: cells[longitude].decimal)
        return Array("\(isFirst ? "" : ",")\n{\"type\":\"Feature\",\"geometry\":".utf8) + geometry.bytes
            + Array(",\"properties\":".utf8)
    }
}

extension Cell {
    fileprivate var decimal: Double? { if case .decimal(let number) = self { number } else { nil } }
}
