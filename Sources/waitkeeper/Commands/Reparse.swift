import ArgumentParser
import WaitStore

struct Reparse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads quarantined payloads and phrases again, with what this version understands.",
        discussion: """
            Nothing that was read before changes; what could not be read before, and can be now, is added. It can be \
            run at any time.

            EXAMPLES:
              waitkeeper reparse --database record.sqlite
            """)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let composition = try Composition(try common.settings())
        var bar = ProgressBar("reading again")
        let report = try composition.database.reparse { bar.update($0, of: $1) }
        Console.print(
            """
            \(report.payloads) payloads with something unread: \(report.readNow) are fully read now, \(report.added) rows added, \
            \(report.faultsLeft) faults left; \(report.phrases) phrases, \(report.packedDays) packed days and \(report.tables) tables of datasets repaired.
            """)
    }
}
