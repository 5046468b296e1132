import ArgumentParser
import WaitCore
import WaitStore

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks that the tables match the documents they came from.",
        discussion: """
            Every payload is decompressed, its SHA-256 checked and its document read again, and every row is compared \
            with it. Prints each difference with its table and row; exits 1 if there is one.

            EXAMPLES:
              waitkeeper verify --database record.sqlite
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings()
        let database = try Composition.reading(settings)
        var bar = ProgressBar("verifying")
        let report = try database.verify(lives: settings.lives) { bar.update($0, of: $1) }
        if output.format != .table || !report.findings.isEmpty {
            Console.print(
                Self.report(report.findings).text(
                    output.format, isSimulated: try database.isSimulated(), caveat: nil), terminator: "")
        }
        let scope =
            "\(report.captures) captures, \(report.payloads) payloads, \(report.readings) readings and \(report.quotaRecords) quota records read again"
        guard report.findings.isEmpty else {
            throw CommandError(
                "\(scope): \(report.findings.count) differences, listed above; restore a backup, or keep the file and report them."
            )
        }
        Console.note("\(scope): every row matches its payload.")
    }

    private static func report(_ findings: [Finding]) -> Report {
        Report(
            columns: [.init("table", "TABLE"), .init("row", "ROW"), .init("problem", "PROBLEM")],
            rows: findings.map { [.text($0.table), .text($0.row), .text($0.problem)] })
    }
}
