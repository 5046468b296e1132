import ArgumentParser
import Foundation
import WaitCore
import WaitFetch
import WaitIngest
import WaitStore

struct Heal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks the archive for quarter hours about which nothing is known, newest first.",
        discussion: """
            `run` does the same at start and every hour. Days that the archive has answered for good are not asked about again.

            EXAMPLES:
              waitkeeper heal
              waitkeeper heal --rate 1
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let settings = try common.settings(archive.settings)
        let composition = try Composition.collecting(settings, from: [settings.archiveURL])
        let client = try CurlClient(userAgent: settings.userAgent)
        defer { client.shutDown() }
        let archive = composition.archive(
            fetch: client.fetch, rate: archive.rate, clock: composition.clock)
        for healer in composition.healers(archive, clock: composition.clock) {
            var bar = ProgressBar(healer.feed.id)
            let summary = try await healer.heal { bar.update($0.done, of: $0.total) }
            Console.print(
                "\(healer.feed.id): \(summary.read) versions read, \(summary.readings) readings new, "
                    + "\(summary.failed) versions and \(summary.listingsFailed) listings could not be fetched.")
        }
    }
}
