import ArgumentParser
import Foundation
import WaitCore
import WaitFetch
import WaitIngest
import WaitStore

struct Poll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks every feed once, now, and prints a line a document.",
        discussion: """
            Requests are conditional: a document that has not changed is not sent again. Exits 1 where a feed could not be had.

            EXAMPLES:
              waitkeeper poll
              waitkeeper poll --database record.sqlite --format json
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var source: SourceOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings([SourceOptions.key: source.haURL])
        let composition = try Composition(settings)
        let client = try CurlClient(userAgent: settings.userAgent)
        defer { client.shutDown() }
        let intake = composition.intake(fetch: client.fetch)
        var passes: [FeedPass] = []
        for feed in Feed.all {
            passes.append(try await FeedPass.run(feed, documents: settings.documents(of: feed), intake: intake))
        }
        let report = Self.report(passes)
        Console.print(report.text(output.format), terminator: "")
        for line in Self.troubles(passes) { Console.note(line) }
        guard !passes.contains(where: \.isFailure) else { throw ExitCode.failure }
    }

    static func report(_ passes: [FeedPass]) -> Report {
        Report(
            columns: [
                .init("feed", "FEED"), .init("document", "DOCUMENT"), .init("outcome", "OUTCOME"),
                .init("observed_at", "OBSERVED"), .init("added", "NEW ROWS"), .init("quarantined", "QUARANTINED"),
                .init("revisions", "REVISIONS"), .init("capture_id", "CAPTURE"),
            ],
            rows: passes.flatMap { pass in
                pass.taken.map { taken in
                    [
                        .text(pass.feed.id), .text(taken.document.url), .text(taken.recorded.outcome.rawValue),
                        .optional(taken.recorded.observedAt?.rfc3339), .integer(taken.recorded.added),
                        .integer(taken.recorded.faults.count), .integer(taken.recorded.revisions),
                        .integer(Int(taken.recorded.captureID)),
                    ]
                }
            })
    }

    /// A line for each thing a person should look at.
    static func troubles(_ passes: [FeedPass]) -> [String] {
        passes.flatMap { pass in
            pass.taken.flatMap { taken in
                let errors = taken.error.map { ["\(pass.feed.id): \($0)"] } ?? []
                let faults = taken.recorded.faults.filter { $0.record != nil }.map { fault in
                    "\(pass.feed.id): record \(fault.record ?? 0), \(fault.field ?? "the whole of it") quarantined: \(fault.reason) Published: \(fault.text.prefix(120).description.withoutControls)"
                }
                let phrases = taken.recorded.unrecognised.map {
                    "\(pass.feed.id): the phrase \"\($0.text.withoutControls)\" is not recognised; it is kept, its figure stays empty."
                }
                let places = taken.recorded.newPlaces.map {
                    "\(pass.feed.id): nobody has heard of \"\($0.withoutControls)\"; it is kept under a name of its own, without coordinates."
                }
                return errors + faults + phrases + places
            }
        }
    }
}
