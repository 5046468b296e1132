import WaitCore
import WaitStore

extension Endpoint {
    private static let hospitalPath = Parameter<String>(
        name: "hospital", about: Parameters.code.about, example: "QMH", schema: Parameters.code.schema,
        expectation: Parameters.code.expectation, read: Parameters.code.read)
    private static let timePath = Parameter<HongKongMinute>(
        name: "time", about: "The reading's own time, Hong Kong's where it has no offset.", example: "2026-11-14T09:15",
        schema: Parameters.from.schema, expectation: Parameters.from.expectation, read: Parameters.from.read)

    static let evidence = Endpoint(
        "/v1/readings/{hospital}/{time}", "One reading with its phrases, and the captures that prove it.",
        parameters: [.path(hospitalPath), .path(timePath)],
        schema: .list(of: EvidenceJSON.schema, hasCaveat: true)
    ) { query, context in
        let code = try context.hospital(query[hospitalPath] ?? "", parameter: hospitalPath.name)
        guard let time = query[timePath] else { throw Problem.parameter(timePath.name, "The time is missing.") }
        let evidence = try context.database.evidence(hospital: code, at: time)
        guard !evidence.isEmpty else {
            throw Problem.notFound("The record has no reading of \(code) at \(time.rfc3339).", parameter: timePath.name)
        }
        return try .json { json in
            json.list(evidence, next: nil) { evidence, json in json.object { EvidenceJSON.write(evidence, to: &$0) } }
            try json.words(context)
        }
    }
}

private enum EvidenceJSON {
    static func write(_ evidence: Evidence, to json: inout JSONWriter) {
        json.field("feed", evidence.feed)
        json.field("hospital", evidence.hospital)
        json.trilingual("name", evidence.hospitalName)
        json.field("observed_at", evidence.observedAt.rfc3339)
        json.field(
            "figures",
            array: { json in for figure in evidence.figures { json.object { write(figure, evidence.line, &$0) } } })
        json.field(
            "captures",
            array: { json in
                for row in evidence.captures { json.object { write(row, evidence.lines[row.id], &$0) } }
            })
        json.field("revisions", array: { json in for row in evidence.revisions { json.object { write(row, &$0) } } })
    }

    private static func write(_ figure: PublishedFigure, _ line: AneHKLine?, _ json: inout JSONWriter) {
        let isFlag = [.yes, .no, .notApplicable].contains(figure.meaning.qualifier)
        json.field("metric", figure.metric)
        json.field("text", figure.text)
        json.field("as_found", line?.wait)
        json.field("minutes", isFlag ? nil : figure.meaning.minutes)
        json.field("lower_minutes", figure.meaning.lower)
        json.field("upper_minutes", figure.meaning.upper)
        json.field("qualifier", figure.meaning.qualifier.rawValue)
    }

    private static func write(_ capture: CaptureRow, _ line: AneHKLine?, _ json: inout JSONWriter) {
        json.field("id", Int(capture.id))
        json.field("document", capture.document)
        json.field("origin", capture.origin)
        json.field("captured_at", capture.capturedAt)
        json.field("outcome", capture.outcome)
        json.field("http_status", capture.httpStatus)
        json.field("bytes", capture.bytes)
        json.field("payload_sha256", capture.sha256)
        json.field("payload", capture.sha256.map { "/v1/payloads/\($0)" })
        json.field("line_number", line?.number)
        json.field("line", line?.text)
    }

    private static func write(_ revision: Evidence.RevisionRow, _ json: inout JSONWriter) {
        json.field("metric", revision.metric)
        json.field("kept_text", revision.keptText)
        json.field("other_text", revision.otherText)
        json.field("capture_id", Int(revision.captureID))
    }

    static let schema = Schema.object(
        [.init(name: "feed", schema: .text()), .init(name: "hospital", schema: .text())] + Schema.trilingual("name") + [
            .init(name: "observed_at", schema: .time), .init(name: "figures", schema: .list(figure)),
            .init(name: "captures", schema: .list(capture)), .init(name: "revisions", schema: .list(revision)),
        ])

    private static let figure = Schema.fields([
        "metric": .text(), "text": .text(), "as_found": .optional(.text()), "minutes": .optional(.integer()),
        "lower_minutes": .optional(.integer()), "upper_minutes": .optional(.integer()),
        "qualifier": .word(Qualifier.allCases.map(\.rawValue)),
    ])

    private static let capture = Schema.fields([
        "id": .integer(), "document": .text(format: "uri"), "origin": .word(Capture.Origin.allCases.map(\.rawValue)),
        "captured_at": .time, "outcome": .word(Outcome.allCases.map(\.rawValue)), "http_status": .optional(.integer()),
        "bytes": .optional(.integer()), "payload_sha256": .optional(.text()), "payload": .optional(.text()),
        "line_number": .optional(.integer()), "line": .optional(.text()),
    ])

    private static let revision = Schema.fields([
        "metric": .text(), "kept_text": .text(), "other_text": .text(), "capture_id": .integer(),
    ])
}
