import ArgumentParser
import WaitCore

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What a metric means and what it does not.",
        discussion: """
            Without a metric it lists them all.

            EXAMPLES:
              waitkeeper explain
              waitkeeper explain t45_p95
            """)

    @Argument(help: "A metric: \(Metric.all.map(\.name).joined(separator: ", ")).")
    var metric: String?

    func run() throws {
        guard let metric else { return Console.print(Self.list.table(), terminator: "") }
        let found = try MetricArgument.metric(metric)
        Console.print(
            """
            \(Console.heading("\(found.name): \(found.title)")) (feed \(found.feed), unit \(found.unit.rawValue))

            What it means: \(found.meaning)

            What it does not: \(found.limits)

            \(Attribution.sourceLine). \(Attribution.caveat)
            """)
    }

    private static var list: Report {
        Report(
            columns: [
                .init("metric", "METRIC"), .init("feed", "FEED"), .init("unit", "UNIT"), .init("title", "WHAT IT IS"),
            ],
            rows: Metric.all.map { [.text($0.name), .text($0.feed), .text($0.unit.rawValue), .text($0.title)] })
    }
}
