import ArgumentParser
import Foundation
import WaitCore
import WaitFetch
import WaitIngest
import WaitStore

struct Poll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks every feed and dataset once, now, and prints one line per document.",
        discussion: """
            Requests are conditional: a document that has not changed is not sent again. Exits 1 if no document of a \
            feed could be fetched or read; if only some could not, they are named on standard error. A retired feed \
            may fail.

            EXAMPLES:
              waitkeeper poll
              waitkeeper poll --dataset discharge
              waitkeeper poll --database record.sqlite --format json
            """)

    @Option(help: ArgumentHelp("Only this feed or dataset; repeat it for more.", valueName: "id"))
    var dataset: [String] = []

    @OptionGroup var common: CommonOptions
    @OptionGroup var source: SourceOptions
    @OptionGroup var output: FormatOptions

    func run() async throws {
        let settings = try common.settings(source.settings)
        let composition = try Composition.collecting(
            settings, from: settings.addresses(of: Composition.catalogue),
            logLevel: common.logLevel == nil ? .error : nil)
        let client = try CurlClient(userAgent: settings.userAgent)
        defer { client.shutDown() }
        let ingestor = composition.ingestor(fetch: client.fetch, clock: composition.clock)
        var passes: [FeedPass] = []
        for feed in try feeds(of: composition.database.catalogue) {
            passes.append(try await composition.pass(over: feed, ingestor))
        }
        let report = Self.report(passes)
        let isSimulated = try composition.database.isSimulated()
        Console.print(report.text(output.format, isSimulated: isSimulated, caveat: nil), terminator: "")
        for line in Self.troubles(passes) { Console.note(line) }
        let now = settings.clock.now()
        let isWhole = passes.allSatisfy { pass in
            !pass.isFailure || settings.lives[pass.feed.id, default: pass.feed.life].to.map { now > $0.date } ?? false
        }
        guard isWhole else { throw ExitCode.failure }
    }

    /// What is asked: all, or what was named, in the order of a pass.
    private func feeds(of catalogue: Catalogue) throws -> [Feed] {
        for id in dataset where catalogue.feed(id) == nil {
            let advice = Suggestion.advice(
                for: id, among: catalogue.feeds.map(\.id),
                otherwise: "they are \(catalogue.feeds.map(\.id).joined(separator: ", ")).")
            throw ValidationError("\"\(id)\" is not a feed or dataset; \(advice)")
        }
        return dataset.isEmpty ? catalogue.feeds : catalogue.feeds.filter { dataset.contains($0.id) }
    }

    static func report(_ passes: [FeedPass]) -> Report {
        Report(
            columns: [
                .init("feed", "FEED"), .init("document", "DOCUMENT"), .init("outcome", "OUTCOME"),
                .init("observed_at", "OBSERVED"), .init("added", "NEW ROWS"), .init("quarantined", "QUARANTINED"),
                .init("revisions", "REVISIONS"), .init("capture_id", "CAPTURE"), .init("error", nil),
            ],
            rows: passes.flatMap { pass in
                pass.results.map { result in
                    [
                        .text(pass.feed.id), .text(result.document.url), .text(result.recorded.outcome.rawValue),
                        .optional(result.recorded.observedAt?.rfc3339), .integer(result.recorded.added),
                        .integer(result.recorded.faults.count), .integer(result.recorded.revisions),
                        .integer(Int(result.recorded.captureID)), .optional(result.error),
                    ]
                }
            })
    }

    /// A line for each thing a person should look at.
    static func troubles(_ passes: [FeedPass]) -> [String] {
        passes.flatMap { pass in pass.results.flatMap { troubles($0, of: pass.feed) } }
    }

    private static func troubles(_ result: IngestResult, of feed: Feed) -> [String] {
        let recorded = result.recorded
        var lines = recorded.faults.map { fault in
            let place = fault.record.map { "record \($0)" } ?? "the whole document"
            let field = fault.field.map { ", \($0)" } ?? ""
            return "\(place)\(field) quarantined: \(fault.reason) Published: \(shown(fault.text))"
        }
        if recorded.faults.isEmpty, let error = result.error { lines.append(error) }
        lines += recorded.unrecognised.map {
            "the phrase \"\(shown($0.text))\" is not recognised; it is kept, and its figure stays empty."
        }
        lines += recorded.unreadQuotas.map {
            "the quota \"\(shown($0))\" is not recognised; it is kept, and its figure stays empty."
        }
        lines += recorded.drift.map { drift in
            switch drift.change {
            case .added: "there is a new key, \"\(shown(drift.key))\"; its values are kept in the document's bytes."
            case .vanished: "no record has the key \"\(shown(drift.key))\" any more; its figures stay empty."
            case .unread: "a value of \"\(shown(drift.key))\" cannot be read; the value known before stays."
            }
        }
        if recorded.missingFigures > 0 {
            lines.append("\(recorded.missingFigures) figures are missing; they stay empty.")
        }
        lines += recorded.newPlaces.map {
            "the place \"\(shown($0))\" is not known; it is kept under that name, without coordinates."
        }
        if recorded.revisions > 0 {
            lines.append(
                "\(recorded.revisions) figures differ from what was read first for the same time; see the view revision."
            )
        }
        return lines.map { "\(feed.id), \(result.document.url): \($0)" }
    }

    private static func shown(_ text: String) -> String {
        String(text.prefix(120)).withoutControls
    }
}
