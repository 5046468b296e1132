import WaitCore
import WaitStore

extension Endpoint {
    private static let parameters: [DeclaredParameter] = [.query(Parameters.feed), .query(Parameters.hospitals)]

    static let latest = Endpoint(
        "/v1/latest", "The newest reading of every A&E hospital, or of those named.", parameters: parameters,
        schema: .list(of: .named("Latest"), hasCaveat: true)
    ) { query, context in
        let latest = try LatestAnswer(query, context)
        return try .json { json in
            json.field("feed", latest.table.feed)
            json.list(latest.readings, next: nil) { reading, json in
                json.object { latest.fields(reading, to: &$0) }
            }
            json.field("usual_caveat", Usual.caveat)
            try json.words(context)
        }
    }

    static let latestGeoJSON = Endpoint(
        "/v1/latest.geojson", "The newest reading of every A&E hospital on the map.", parameters: parameters,
        mediaTypes: [.geoJSON], schema: .features(.named("Latest"), hasCaveat: true)
    ) { query, context in
        let latest = try LatestAnswer(query, context)
        let features = latest.readings.map { reading in
            PlaceFeature(id: reading.hospital, latitude: reading.latitude, longitude: reading.longitude) {
                latest.fields(reading, to: &$0)
            }
        }
        return try .collection(features, context, caveat: Attribution.caveat)
    }
}

/// The newest readings that a request asks for.
private struct LatestAnswer {
    let table: ReadingTable
    let readings: [LatestReading]
    private let life: Feed.Life

    init(_ query: Query, _ context: AnswerContext) throws {
        let table = context.table(query)
        let codes = try context.hospitals(query)
        self.table = table
        readings = try context.database.latest(in: table, now: context.minute).filter {
            codes?.contains($0.hospital) ?? true
        }
        life = try context.database.life(of: table.feed)
    }

    func fields(_ reading: LatestReading, to json: inout JSONWriter) {
        json.field("hospital", reading.hospital)
        json.trilingual("name", reading.name)
        json.trilingual("cluster", reading.cluster)
        json.field("latitude", reading.latitude)
        json.field("longitude", reading.longitude)
        json.field("observed_at", reading.observedAt?.rfc3339)
        ReadingJSON.fields(reading.figures, in: table, to: &json)
        ReadingJSON.usual(reading, to: &json)
        json.field("trial", reading.observedAt.map { minute in life.from.map { minute < $0 } ?? false })
        json.field("origin", reading.origin)
        json.field("capture_id", reading.captureID.map(Int.init))
    }
}
