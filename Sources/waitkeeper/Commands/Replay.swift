import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import WaitCore
import WaitIngest
import WaitReplay

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A stand-in publisher on loopback, for trying things out; its figures are simulated.",
        discussion: """
            Serves the feeds' addresses with a simulated world of 18 hospitals and the bundled directories and quotas, or the files \
            of a folder. Ends on Ctrl-C, and says then what was on offer when. On request it goes wrong, to see how a collector takes \
            it: in the ways named, by turns.

            WAYS TO GO WRONG:
              \(FaultKind.allCases.map(\.rawValue).joined(separator: ", "))

            EXAMPLES:
              waitkeeper replay --port 8899
              waitkeeper replay --port 8899 --folder Fixtures
              waitkeeper poll --ha-url http://127.0.0.1:8899 --database try.sqlite
              waitkeeper replay --archive-from 2026-01-01
              waitkeeper backfill --feed ae-wait --in 2026-01 --database try.sqlite \\
                --archive-url http://127.0.0.1:8899/v1/historical-archive
              waitkeeper replay --misbehave 503,reset,bomb --every 3
              waitkeeper replay --publish late
            """)

    @Option(help: "The port on 127.0.0.1; 0: any that is free.")
    var port: UInt16 = 8_899

    @Option(help: ArgumentHelp("Serve the documents of this folder, and nothing simulated.", valueName: "folder"))
    var folder: String?

    @Option(help: ArgumentHelp("Serve an archive of the simulated world as well, from this day on.", valueName: "day"))
    var archiveFrom: String?

    @Option(help: ArgumentHelp("The archive's last day; by default yesterday.", valueName: "day"))
    var archiveTo: String?

    @Option(help: "Another seed is another world.")
    var seed: UInt64 = MockPublisher.seed

    @Option(help: ArgumentHelp("When the new A&E feed is published.", valueName: "rhythm"))
    var publish = Rhythm.delayed

    @Option(help: ArgumentHelp("Go wrong in these ways, one a request; commas between them.", valueName: "ways"))
    var misbehave: String?

    @Option(help: ArgumentHelp("With --misbehave: only every nth request goes wrong.", valueName: "n"))
    var every = 1

    enum Rhythm: String, CaseIterable, ExpressibleByArgument {
        case delayed, punctual, late, early, irregular, silent, frozen

        func rhythm(now: HongKongMinute) -> PublishingRhythm {
            switch self {
            case .delayed: .delayed
            case .punctual: .punctual
            case .late: .late
            case .early: .early
            case .irregular: .irregular
            case .silent: .silentAtNight
            case .frozen: .frozen(since: now)
            }
        }
    }

    func run() async throws {
        let clock = try clock()
        let startedAt = clock.now()
        let publisher = try publisher(clock)
        let ways = try ways()
        let certificate = ways.contains(.certificate) ? try WrongCertificateServer() : nil
        let faultInjector = try faultInjector(ways, certificate)
        let server = try await ReplayServer.start(port: Int(port)) { request in
            let answer = publisher.answer(to: request)
            return faultInjector?.answer(to: request, now: clock.now(), insteadOf: answer) ?? answer
        }
        Console.print(
            "Simulated publisher at \(server.baseURL); try: waitkeeper poll --ha-url \(server.baseURL) --database try.sqlite"
        )
        let logger = Logger(label: "waitkeeper", factory: StreamLogHandler.standardError(label:))
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: UntilShutdown())], gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger)
        ).run()
        try await server.stop()
        // Its server answers until here.
        withExtendedLifetime(certificate) {}
        Console.print(Self.offers(publisher, from: startedAt, to: clock.now()).text(.table), terminator: "")
        Console.note("\(server.requests.count) requests answered.")
    }

    private func clock() throws -> WallClock {
        do {
            return try ClockSetting.clock()
        } catch {
            throw ValidationError(error.description)
        }
    }

    private func ways() throws -> [FaultKind] {
        try (misbehave ?? "").split(separator: ",").map { name in
            guard let way = FaultKind(rawValue: String(name)) else {
                let advice = Suggestion.advice(
                    for: String(name), among: FaultKind.allCases.map(\.rawValue),
                    otherwise: "\"waitkeeper replay --help\" lists them.")
                throw ValidationError("\"\(name)\" is not a way to go wrong; \(advice)")
            }
            return way
        }
    }

    private func faultInjector(_ ways: [FaultKind], _ certificate: WrongCertificateServer?) throws -> FaultInjector? {
        guard every > 0 else { throw ValidationError("--every takes a number from 1.") }
        return ways.isEmpty
            ? nil
            : FaultInjector(ways, every: every, secureBase: certificate.map { "https://localhost:\($0.port)" } ?? "")
    }

    private static func offers(_ publisher: ReplayPublisher, from: Date, to: Date) -> Report {
        let style = Date.ISO8601FormatStyle(
            timeZoneSeparator: .colon, timeZone: TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt)
        return Report(
            columns: [
                .init("document", "DOCUMENT"), .init("observed_at", "OBSERVED"), .init("from", "FROM"),
                .init("to", "TO"),
            ],
            rows: Feed.aeWait.documents.prefix(1).flatMap { publisher.offers(of: $0, from: from, to: to) }.map {
                offer in
                [
                    .text(offer.document), .text(offer.observedAt.rfc3339), .text(offer.from.formatted(style)),
                    .text(offer.to.formatted(style)),
                ]
            })
    }

    private func publisher(_ clock: WallClock) throws -> ReplayPublisher {
        if let folder {
            guard FileManager.default.fileExists(atPath: folder) else {
                throw ValidationError("There is no folder \(folder).")
            }
            return ReplayPublisher(world: nil, folder: try DocumentFolder(path: folder), now: clock.now)
        }
        let rhythm = publish.rhythm(now: clock.minute)
        return MockPublisher.publisher(
            seed: seed, at: clock.now(), publishing: rhythm,
            archive: try archiveRange(today: clock.minute.dayStart).map {
                MockPublisher.archive(seed: seed, publishing: rhythm, of: $0)
            },
            now: clock.now)
    }

    private func archiveRange(today: HongKongMinute) throws -> TimeRange? {
        guard let archiveFrom else { return nil }
        guard let from = TimeRange.start(archiveFrom), let to = archiveTo.map(TimeRange.end) ?? today, from < to else {
            throw ValidationError("The archive's days must be days, the first before the last: 2026-01-01.")
        }
        return TimeRange(from: from, to: to)
    }

    private struct UntilShutdown: Service {
        func run() async throws {
            try await gracefulShutdown()
        }
    }
}
