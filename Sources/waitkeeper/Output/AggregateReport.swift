import WaitCore
import WaitStore

/// Trends and profiles as a table, as JSON in the API's shape, or as CSV.
struct AggregateReport {
    private let answer: AggregateAnswer
    private let by: String

    init(_ answer: AggregateAnswer, by: String) {
        (self.answer, self.by) = (answer, by)
    }

    func print(_ format: OutputFormat) {
        switch format {
        case .json: Console.print(AggregateJSON.text(answer, by: by))
        case .csv:
            Console.print(report.csv(isSimulated: answer.isSimulated), terminator: "")
            if let note = answer.note { Console.note(note) }
        case .table:
            Console.print(report.table(), terminator: "")
            Console.note(words)
        }
    }

    var report: Report { AggregateRows.report(answer, by: by) }

    private var words: String { AggregateRows.words(answer.question, answer.range, note: answer.note) }
}
