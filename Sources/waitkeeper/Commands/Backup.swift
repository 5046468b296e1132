import ArgumentParser
import WaitCore
import WaitStore

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a consistent copy of the record, even while others write to it.",
        discussion: """
            The copy is the record as it was at one moment, however much is written meanwhile, and no writer is held \
            up. It is checked before it gets its name, so FILE is either complete or absent; an existing file is never \
            overwritten. To restore it, put it in the record's place while nothing runs; docs/operating.md says how.

            EXAMPLES:
              waitkeeper backup /mnt/usb/waitkeeper.sqlite
              waitkeeper backup --database record.sqlite backup-$(date +%F).sqlite
            """)

    @Argument(help: "The file to make; it must not exist yet.")
    var file: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let database = try Composition.reading(try common.settings())
        do {
            Console.print(words(try copy(database)))
        } catch let interruption as Interruption {
            interruption.end()
        }
    }

    private func copy(_ database: WaitDatabase) throws -> BackupFacts {
        var output = try OutputFile(path: file, .nothing)
        var bar = ProgressBar("copying pages")
        let facts = try database.backUp(to: output.writtenPath) { done, total in
            try Interruption.check()
            bar.update(done, of: total)
        }
        try output.finish()
        return facts
    }

    private func words(_ facts: BackupFacts) -> String {
        let newest = facts.newestReadingAt.map { "newest reading \($0.rfc3339)" } ?? "no reading"
        return """
            \(file): \(facts.bytes) bytes, generation \(facts.generation), \(facts.captures) captures, \(newest); complete.
            """
    }
}
