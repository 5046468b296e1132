import ArgumentParser
import Foundation
import WaitCore
import WaitFetch
import WaitIngest
import WaitStore

struct BackfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill",
        abstract: "Reads what the government archive has of a feed over some days.",
        discussion: """
            Bundles of months and days first, then single versions. It can be ended at any moment and run again: what was answered \
            is not asked for twice, whatever failed is. With --plan it reads only the listings and says what it would ask for.

            EXAMPLES:
              waitkeeper backfill --feed ae-wait --from 2025-10-13 --to 2026-03-31 --plan
              waitkeeper backfill --feed ae-wait --from 2025-10-13 --to 2026-03-31
              waitkeeper backfill --feed clinic-quota --in 2026 --rate 2
            """)

    @Option(
        help: ArgumentHelp("A feed: \(Catalogue.standard.feeds.map(\.id).joined(separator: ", ")).", valueName: "feed"))
    var feed: String

    @Flag(help: "Read the listings, say what there is to ask for, and ask for nothing.")
    var plan = false

    @Option(
        name: .customLong(SourceOptions.standInKey),
        help: ArgumentHelp(
            "Stands in for every publisher and the archive: https://HOST/PATH is fetched from URL/HOST/PATH.",
            valueName: "url"))
    var standInURL: String?

    @OptionGroup var range: RangeOptions
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        guard let feed = Composition.catalogue.feed(feed) else {
            let names = Composition.catalogue.feeds.map(\.id)
            let advice = Suggestion.advice(
                for: feed, among: names, otherwise: "there are \(names.joined(separator: ", ")).")
            throw ValidationError("\"\(feed)\" is not a feed; \(advice)")
        }
        guard range.period != nil || range.from != nil else {
            throw ValidationError("Name the days: --from DATE --to DATE, or --in PERIOD.")
        }
        let settings = try common.settings(
            archive.settings.merging([SourceOptions.standInKey: standInURL]) { $1 })
        let now = settings.clock.minute
        let range = try range.range(whole: TimeRange(from: now, to: now))
        let composition = try Composition.collecting(settings, from: [settings.archiveURL])
        let client = try CurlClient(userAgent: settings.userAgent)
        defer { client.shutDown() }
        let archive = composition.archive(
            fetch: client.fetch, rate: archive.rate, clock: composition.clock)
        var isWhole = true
        for document in settings.documents(of: feed) {
            let backfill = composition.backfill(feed, document, archive, clock: composition.clock)
            if plan {
                try await show(backfill, range)
            } else {
                isWhole = try await carryOut(backfill, range, document) && isWhole
            }
        }
        guard isWhole else {
            throw CommandError(
                "Not everything could be had; run it again later, only what is missing will be asked for.")
        }
    }

    private func show(_ backfill: Backfill, _ range: TimeRange) async throws {
        let months = try await backfill.plan(range)
        Console.print(
            Report(
                columns: [
                    .init("from", "FROM"), .init("days", "DAYS"), .init("held", "HELD"), .init("missing", "MISSING"),
                    .init("requests", "REQUESTS"), .init("bytes", "BYTES"), .init("listings_failed", "LISTINGS FAILED"),
                ],
                rows: months.map {
                    [
                        .text($0.range.from.dayText), .integer($0.range.days.count), .integer($0.held),
                        .integer($0.missing), .integer($0.requests), .integer($0.bytes), .integer($0.listingsFailed),
                    ]
                }
            ).table(), terminator: "")
    }

    /// Returns whether everything could be had.
    private func carryOut(_ backfill: Backfill, _ range: TimeRange, _ document: Document) async throws -> Bool {
        var bar = ProgressBar(feed)
        let summary = try await backfill.run(range) { bar.update($0.done, of: $0.total) }
        Console.print(
            "\(document.url): \(summary.read) versions read, \(summary.readings) rows new, "
                + "\(summary.failed) versions and \(summary.listingsFailed) listings could not be fetched.")
        return summary.failed + summary.listingsFailed == 0
    }
}

/// How the archive is asked.
struct ArchiveOptions: ParsableArguments {
    @Option(
        name: .customLong(key),
        help: ArgumentHelp("Stands in for the government archive: a mirror or a test.", valueName: "url"))
    var archiveURL: String?

    @Option(help: ArgumentHelp("Requests a second at most.", valueName: "n"))
    var rate: Int = 5

    static let key = "archive-url"

    var settings: [String: String?] { [Self.key: archiveURL] }

    func validate() throws {
        guard (1...100).contains(rate) else { throw ValidationError("--rate is 1 to 100 requests a second.") }
    }
}
