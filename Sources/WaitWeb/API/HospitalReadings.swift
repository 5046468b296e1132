import WaitCore
import WaitStore

extension Endpoint {
    static let hospitalReadings = Endpoint(
        "/v1/hospitals/{code}/readings", "The readings of one hospital over a range, oldest first, in pages.",
        parameters: [.path(Parameters.code), .query(Parameters.feed)] + Parameters.range + [
            .query(Parameters.includeTrial), .query(Parameters.limit), .query(Parameters.cursor),
        ],
        schema: .object(
            [
                .init(name: "hospital", schema: .text()), .init(name: "feed", schema: .text()),
                .init(name: "range", schema: .named("Range")), .init(name: "timezone", schema: .text()),
                .init(name: "data", schema: .list(.named("Reading"))), .init(name: "next", schema: .optional(.text())),
                Schema.note,
            ] + Schema.words()), dependsOn: .recordAndSlot
    ) { query, context in
        let code = try context.hospital(query[Parameters.code] ?? "", parameter: Parameters.code.name)
        let table = context.table(query)
        let ends = try context.ends(query)
        let includeTrial = query[Parameters.includeTrial] ?? false
        let range = try context.database.usedRange(
            from: ends.from, to: ends.to, in: table, includeTrial: includeTrial, now: context.minute)
        let page = try context.database.readings(
            of: code, in: table, try rest(of: range, query, context), includeTrial: includeTrial,
            limit: query[Parameters.limit] ?? 500)
        let note = try context.database.note(
            on: table, ends, includesTrial: includeTrial,
            isEmpty: page.readings.isEmpty && query[Parameters.cursor] == nil,
            now: context.minute)
        let next = page.next.map { Cursor(position: $0.sinceEpoch).text(for: question(query)) }
        var answer = try Answer.json(lifetime: context.lifetime(of: range)) { json in
            json.field("hospital", code)
            json.field("feed", table.feed)
            json.range(range)
            json.list(page.readings, next: next) { reading, json in json.object { write(reading, table, to: &$0) } }
            try json.words(context, note: note)
        }
        if let next {
            answer.fields.append(("link", "<\(context.assets.base.path)\(link(query, cursor: next))>; rel=\"next\""))
        }
        return answer
    }

    /// The part of the range that the cursor leaves.
    /// - Throws: `Problem` 400 where the cursor is of another question.
    private static func rest(of range: TimeRange, _ query: Query, _ context: AnswerContext) throws -> TimeRange {
        guard let text = query[Parameters.cursor] else { return range }
        guard let cursor = Cursor(text, for: question(query)) else {
            throw Problem.parameter(Parameters.cursor.name, "The cursor belongs to another question.")
        }
        return TimeRange(from: max(range.from, HongKongMinute(sinceEpoch: cursor.position)), to: range.to)
    }

    /// What is asked for, whatever the page.
    private static func question(_ query: Query) -> String {
        query.canonicalTarget(of: hospitalReadings, without: [Parameters.cursor.name, Parameters.limit.name])
    }

    private static func link(_ query: Query, cursor: String) -> String {
        let target = query.canonicalTarget(of: hospitalReadings, without: [Parameters.cursor.name])
        return target + (target.contains("?") ? "&" : "?") + "cursor=\(cursor)"
    }

    private static func write(_ reading: PublishedReading, _ table: ReadingTable, to json: inout JSONWriter) {
        json.field("observed_at", reading.observedAt.rfc3339)
        ReadingJSON.fields(
            Dictionary(uniqueKeysWithValues: reading.figures.map { ($0.metric, $0) }), in: table, to: &json)
        json.field("trial", reading.isTrial)
        json.field("origin", reading.origin)
        json.field("capture_id", Int(reading.captureID))
    }
}

extension JSONWriter {
    /// `range` as instants, and `timezone`.
    mutating func range(_ range: TimeRange) {
        field("range", range)
        field("timezone", "Asia/Hong_Kong")
    }
}
