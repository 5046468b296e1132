import ArgumentParser
import Foundation
import WaitIngest
import WaitStore

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Imports somebody else's collection of a feed.",
        discussion: """
            ane-hk is the public collection chunlaw/ane-hk of the old A&E feed: a folder of it, or a .tar.xz or \
            .tar.gz. It can be run again; readings already held stay as they are. Lines that are not rows are \
            quarantined, by file and line.

            EXAMPLES:
              waitkeeper import ane-hk ane-hk-2024.tar.xz
              waitkeeper import ane-hk ~/ane-hk
            """)

    enum Collection: String, ExpressibleByArgument, CaseIterable {
        case aneHK = "ane-hk"
    }

    @Argument(help: "The collection: ane-hk.")
    var collection: Collection

    @Argument(help: "A folder, or a .tar.xz or .tar.gz.")
    var path: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let composition = try Composition.collecting(try common.settings(), from: [])
        let summary = try AneHKImport(database: composition.database, now: composition.clock.now()).run(path: path) {
            files in
            Console.note("\(collection.rawValue): \(files) files")
        }
        guard summary.files > 0 else { throw CommandError("\(path) holds no file in the collection's layout.") }
        Console.print(
            """
            \(summary.files) files, \(summary.rows) rows: \(summary.added) readings new, \(summary.duplicates) already known, \
            \(summary.conflicts) conflicts, \(summary.faults) lines quarantined, \(summary.otherFiles) other files skipped.
            """)
    }
}
