import WaitCore

/// Writes the Prometheus text format (0.0.4).
struct PrometheusText {
    enum Kind: String {
        case counter, gauge, histogram
    }

    private(set) var text = ""

    /// A metric family; `samples` are written in their order.
    mutating func family(
        _ name: String, _ kind: Kind, _ help: String,
        _ samples: [(labels: KeyValuePairs<String, String>, value: Double)]
    ) {
        head(name, kind, help)
        for sample in samples { line(name, sample.labels.map { ($0.key, $0.value) }, sample.value) }
    }

    /// Durations by class, cumulated as the format wants it.
    mutating func histogram(_ name: String, _ help: String, _ series: [(WebMetrics.Series, WebMetrics.Durations)]) {
        head(name, .histogram, help)
        for (series, durations) in series {
            let labels = [("route", series.route), ("status", series.statusClass)]
            var sum = 0
            for (index, count) in durations.counts.enumerated() {
                sum += count
                let bound = index < WebMetrics.bounds.count ? WebMetrics.bounds[index].plainText : "+Inf"
                line("\(name)_bucket", labels + [("le", bound)], Double(sum))
            }
            line("\(name)_sum", labels, durations.sumSeconds)
            line("\(name)_count", labels, Double(sum))
        }
    }

    private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let words = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += words.isEmpty ? "\(name) \(value.plainText)\n" : "\(name){\(words)} \(value.plainText)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
