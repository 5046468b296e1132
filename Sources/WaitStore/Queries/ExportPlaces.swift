import GRDB
import WaitCore

/// Lists of places: short enough to be one page.
enum ExportPlaces {
    /// The rows of the view that lists the dataset's places.
    static func page(of dataset: ExportDataset, _ format: RowFormat, _ db: Database) throws -> ReadyPage {
        let columns = dataset.columns
        let rows = try rows(of: dataset, db)
        var bytes: [UInt8] = []
        for row in rows {
            for (index, column) in columns.enumerated() {
                bytes += format.leads[index]
                let isNumber = column.kind == .number
                bytes += try isNumber ? format.number(row[column.name] as Double?) : format.text(row[column.name])
            }
            bytes += format.terminator
        }
        return ReadyPage(bytes: bytes, rows: rows.count)
    }

    static func count(of dataset: ExportDataset, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(view(of: dataset))") ?? 0
    }

    /// The dataset's places as features of a map. One aggregate a place is another list of `PlaceFeature`.
    static func features(of dataset: ExportDataset, _ database: WaitDatabase) throws -> [PlaceFeature] {
        guard dataset != .latest else { return try database.latest(in: ReadingTable.aeWait).map(feature) }
        let columns = dataset.columns.filter { !["latitude", "longitude"].contains($0.name) }
        return try database.access.read { try rows(of: dataset, $0) }.map { row in
            let texts = try columns.map { try row[$0.name] as String? }
            return try PlaceFeature(id: row[0], latitude: row["latitude"], longitude: row["longitude"]) { json in
                for (column, text) in zip(columns, texts) { json.field(column.name, text) }
            }
        }
    }

    /// The newest reading of a hospital: the view's columns for figures, the waits as published, and whether they are usual.
    private static func feature(_ reading: LatestReading) -> PlaceFeature {
        PlaceFeature(id: reading.hospital, latitude: reading.latitude, longitude: reading.longitude) { json in
            json.field("hospital", reading.hospital)
            json.trilingual("name", reading.name)
            json.trilingual("cluster", reading.cluster)
            json.field("observed_at", reading.observedAt?.rfc3339)
            for figure in Feed.aeWait.figures where figure.kind != .flag {
                let published = reading.figures[figure.metric]
                json.field("\(figure.metric)_minutes", published?.meaning.minutes)
                json.field("\(figure.metric)_text", published?.text)
                guard let metric = Metric.named(figure.metric) else { continue }
                json.field("\(metric.name)_usual", reading.usual[metric.name]?.verdict.rawValue)
                json.field("\(metric.name)_percentile", reading.usual[metric.name]?.percentile)
            }
            for figure in Feed.aeWait.figures where figure.kind == .flag {
                json.field(figure.metric, reading.figures[figure.metric]?.meaning.minutes.map { $0 != 0 })
            }
            json.field("resuscitation", reading.figures.isResuscitating)
            json.field("origin", reading.origin)
            json.field("capture_id", reading.captureID.map(Int.init))
        }
    }

    private static func rows(of dataset: ExportDataset, _ db: Database) throws -> [Row] {
        try Row.fetchAll(db, sql: "SELECT * FROM \(view(of: dataset))")
    }

    private static func view(of dataset: ExportDataset) -> String {
        dataset == .clinics ? "clinic" : "hospital"
    }
}

/// A page that is there already, as the only one.
struct ReadyPage: ExportPages {
    private var page: ExportPage?

    init(bytes: [UInt8], rows: Int) {
        page = ExportPage(bytes: bytes, rows: rows)
    }

    mutating func next(_ access: any DatabaseReader) -> ExportPage? {
        defer { page = nil }
        return page
    }
}
