import WaitCore
import WaitStore

/// One reading with what proves it, as text.
enum EvidenceReport {
    static func text(_ evidence: Evidence, _ format: OutputFormat) -> String {
        switch format {
        case .table: words(evidence)
        case .csv: figures(evidence).csv()
        case .json: json(evidence)
        }
    }

    private static func words(_ evidence: Evidence) -> String {
        let names = [evidence.hospitalName.en, evidence.hospitalName.tc].filter { !$0.isEmpty }
            .joined(separator: " ").withoutControls
        var text =
            Console.heading("\(evidence.hospital) \(names), \(evidence.observedAt.rfc3339), feed \(evidence.feed)")
            + "\n\n"
        text += figures(evidence).table() + "\n" + captures(evidence).table()
        if !evidence.revisions.isEmpty { text += "\n" + revisions(evidence).table() }
        return text + "\n\(Words.sourceLine). \(Words.caveat)\n"
    }

    private static func json(_ evidence: Evidence) -> String {
        let parts = [
            "\"feed\": \(JSONText.quoted(evidence.feed))", "\"hospital\": \(JSONText.quoted(evidence.hospital))",
            "\"observed_at\": \(JSONText.quoted(evidence.observedAt.rfc3339))",
            "\"figures\": \(figures(evidence).json())", "\"captures\": \(captures(evidence).json())",
            "\"revisions\": \(revisions(evidence).json())", "\"source\": \(JSONText.quoted(Words.source))",
            "\"caveat\": \(JSONText.quoted(Words.caveat))",
        ]
        return "{" + parts.joined(separator: ",\n") + "}\n"
    }

    private static func figures(_ evidence: Evidence) -> Report {
        Report(
            columns: [
                .init("metric", "METRIC"), .init("text", "PUBLISHED"), .init("minutes", "MINUTES"),
                .init("lower_minutes", "AT LEAST"), .init("upper_minutes", "AT MOST"), .init("qualifier", "QUALIFIER"),
            ],
            rows: evidence.figures.map { figure in
                let isFlag = [.yes, .no, .notApplicable].contains(figure.meaning.qualifier)
                return [
                    .text(figure.metric), .text(figure.text), isFlag ? .none : .optional(figure.meaning.minutes),
                    .optional(figure.meaning.lower), .optional(figure.meaning.upper),
                    .text(figure.meaning.qualifier.rawValue),
                ]
            })
    }

    private static func captures(_ evidence: Evidence) -> Report {
        Report(
            columns: [
                .init("id", "CAPTURE"), .init("origin", "ORIGIN"), .init("captured_at", "CAPTURED"),
                .init("outcome", "OUTCOME"), .init("bytes", "BYTES"), .init("payload_sha256", "SHA-256"),
                .init("document", "DOCUMENT"),
            ],
            rows: evidence.captures.map { capture in
                [
                    .integer(Int(capture.id)), .text(capture.origin), .text(capture.capturedAt), .text(capture.outcome),
                    .optional(capture.bytes), .optional(capture.sha256), .text(capture.document),
                ]
            })
    }

    private static func revisions(_ evidence: Evidence) -> Report {
        Report(
            columns: [
                .init("metric", "REVISED"), .init("kept_text", "KEPT"), .init("other_text", "OTHER"),
                .init("capture_id", "CAPTURE"),
            ],
            rows: evidence.revisions.map {
                [.text($0.metric), .text($0.keptText), .text($0.otherText), .integer(Int($0.captureID))]
            })
    }
}
