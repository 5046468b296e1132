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
        let composition = try Composition.collecting(settings, logLevel: common.logLevel == nil ? .error : nil)
        let client = try CurlClient(userAgent: settings.userAgent)
        defer { client.shutDown() }
        let intake = composition.intake(fetch: client.fetch)
        var passes: [FeedPass] = []
        for feed in Feed.all {
            passes.append(try await composition.pass(over: feed, intake))
        }
        let report = Self.report(passes)
        let isSimulated = try composition.database.isSimulated()
        Console.print(report.text(output.format, isSimulated: isSimulated, caveat: nil), terminator: "")
        for line in Self.troubles(passes) { Console.note(line) }
        guard !passes.contains(where: \.isFailure) else { throw ExitCode.failure }
    }

    static func report(_ passes: [FeedPass]) -> Report {
        Report(
            columns: [
                .init("feed", "FEED"), .init("document", "DOCUMENT"), .init("outcome", "OUTCOME"),
                .init("observed_at", "OBSERVED"), .init("added", "NEW ROWS"), .init("quarantined", "QUARANTINED"),
                .init("revisions", "REVISIONS"), .init("capture_id", "CAPTURE"), .init("error", nil),
            ],
            rows: passes.flatMap { pass in
                pass.taken.map { taken in
                    [
                        .text(pass.feed.id), .text(taken.document.url), .text(taken.recorded.outcome.rawValue),
                        .optional(taken.recorded.observedAt?.rfc3339), .integer(taken.recorded.added),
                        .integer(taken.recorded.faults.count), .integer(taken.recorded.revisions),
                        .integer(Int(taken.recorded.captureID)), .optional(taken.error),
                    ]
                }
            })
    }

    /// A line for each thing a person should look at.
    static func troubles(_ passes: [FeedPass]) -> [String] {
        passes.flatMap { pass in pass.taken.flatMap { troubles($0, of: pass.feed) } }
    }

    private static func troubles(_ taken: Taken, of feed: Feed) -> [String] {
        let recorded = taken.recorded
        var lines = recorded.faults.map { fault in
            let place = fault.record.map { "record \($0)" } ?? "the whole document"
            let field = fault.field.map { ", \($0)" } ?? ""
            return "\(place)\(field) quarantined: \(fault.reason) Published: \(shown(fault.text))"
        }
        if recorded.faults.isEmpty, let error = taken.error { lines.append(error) }
        lines += recorded.unrecognised.map {
            "the phrase \"\(shown($0.text))\" is not recognised; it is kept, its figure stays empty."
        }
        lines += recorded.newPlaces.map {
            "nobody has heard of \"\(shown($0))\"; it is kept under a name of its own, without coordinates."
        }
        if recorded.revisions > 0 {
            lines.append(
                "\(recorded.revisions) figures differ from what was read first for the same time; see the view revision."
            )
        }
        return lines.map { "\(feed.id), \(taken.document.url): \($0)" }
    }

    private static func shown(_ text: String) -> String {
        String(text.prefix(120)).withoutControls
    }
}
