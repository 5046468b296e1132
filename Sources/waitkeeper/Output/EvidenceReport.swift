import WaitCore
import WaitStore

/// One reading with what proves it, as text.
enum EvidenceReport {
    /// - Parameter isSimulated: whether the record was made by the demo.
    static func text(_ evidence: Evidence, isSimulated: Bool, _ format: OutputFormat) -> String {
        switch format {
        case .table: words(evidence)
        case .csv: figures(evidence).csv(isSimulated: isSimulated)
        case .json: json(evidence, isSimulated: isSimulated)
        }
    }

    private static func words(_ evidence: Evidence) -> String {
        let names = [evidence.hospitalName.en, evidence.hospitalName.tc].filter { !$0.isEmpty }
            .joined(separator: " ").withoutControls
        var text =
            Console.heading("\(evidence.hospital) \(names), \(evidence.observedAt.rfc3339), feed \(evidence.feed)")
            + "\n\n"
        text += figures(evidence).table() + "\n" + captures(evidence).table()
        if let rebuilt = rebuilt(evidence) { text += "\n\(rebuilt)\n" }
        if !evidence.revisions.isEmpty { text += "\n" + revisions(evidence).table() }
        return text + "\n\(Attribution.sourceLine). \(Attribution.caveat)\n"
    }

    /// Where the phrase was not published as it is shown, but rebuilt from a line of an imported file.
    private static func rebuilt(_ evidence: Evidence) -> String? {
        guard let line = evidence.line, let file = evidence.captures.first?.document else { return nil }
        return """
            Rebuilt: line \(line.number) of \(file.withoutControls) is "\(shown(line.text))"; the phrase under PUBLISHED was made from it.
            """
    }

    /// A line with its tabs as blanks.
    private static func shown(_ text: String) -> String { text.replacing("\t", with: " ").withoutControls }

    private static func json(_ evidence: Evidence, isSimulated: Bool) -> String {
        let parts = [
            "\"feed\": \(JSONText.quoted(evidence.feed))", "\"hospital\": \(JSONText.quoted(evidence.hospital))",
            "\"observed_at\": \(JSONText.quoted(evidence.observedAt.rfc3339))",
            "\"figures\": \(figures(evidence).json())", "\"captures\": \(captures(evidence).json())",
            "\"revisions\": \(revisions(evidence).json())", "\"source\": \(JSONText.quoted(Attribution.source))",
            "\"simulated\": \(isSimulated)", "\"caveat\": \(JSONText.quoted(Attribution.caveat))",
        ]
        return "{" + parts.joined(separator: ",\n") + "}\n"
    }

    private static func figures(_ evidence: Evidence) -> Report {
        Report(
            columns: [
                .init("metric", "METRIC"), .init("text", "PUBLISHED"), .init("minutes", "MINUTES"),
                .init("lower_minutes", "AT LEAST"), .init("upper_minutes", "AT MOST"), .init("qualifier", "QUALIFIER"),
                .init("as_found", evidence.line.map { _ in "IN THE FILE" }),
            ],
            rows: evidence.figures.map { figure in
                let isFlag = [.yes, .no, .notApplicable].contains(figure.meaning.qualifier)
                return [
                    .text(figure.metric), .text(figure.text), isFlag ? .none : .optional(figure.meaning.minutes),
                    .optional(figure.meaning.lower), .optional(figure.meaning.upper),
                    .text(figure.meaning.qualifier.rawValue), .optional(evidence.line?.wait),
                ]
            })
    }

    private static func captures(_ evidence: Evidence) -> Report {
        Report(
            columns: [
                .init("id", "CAPTURE"), .init("origin", "ORIGIN"), .init("captured_at", "CAPTURED"),
                .init("outcome", "OUTCOME"), .init("bytes", "BYTES"), .init("payload_sha256", "SHA-256"),
                .init("document", "DOCUMENT"), .init("line_number", nil), .init("line", nil),
            ],
            rows: evidence.captures.map { capture in
                [
                    .integer(Int(capture.id)), .text(capture.origin), .text(capture.capturedAt), .text(capture.outcome),
                    .optional(capture.bytes), .optional(capture.sha256), .text(capture.document),
                    .optional(evidence.lines[capture.id]?.number), .optional(evidence.lines[capture.id]?.text),
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
