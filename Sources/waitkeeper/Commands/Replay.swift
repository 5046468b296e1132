import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import WaitCore
import WaitReplay

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A stand-in publisher on loopback, for trying things out; its figures are simulated.",
        discussion: """
            Serves the feeds' addresses with a simulated world of 18 hospitals and the bundled directories and quotas, or the files \
            of a folder. Ends on Ctrl-C.

            EXAMPLES:
              waitkeeper replay --port 8899
              waitkeeper replay --port 8899 --folder Fixtures
              waitkeeper poll --ha-url http://127.0.0.1:8899 --database try.sqlite
              waitkeeper replay --archive-from 2026-01-01
              waitkeeper backfill --feed ae-wait --in 2026-01 --database try.sqlite \\
                --archive-url http://127.0.0.1:8899/v1/historical-archive
            """)

    @Option(help: "The port on 127.0.0.1; 0: any that is free.")
    var port: UInt16 = 8_899

    @Option(help: ArgumentHelp("Serve the documents of this folder, and nothing simulated.", valueName: "folder"))
    var folder: String?

    @Option(help: ArgumentHelp("Serve an archive of the simulated world as well, from this day on.", valueName: "day"))
    var archiveFrom: String?

    @Option(help: ArgumentHelp("The archive's last day; without it, yesterday.", valueName: "day"))
    var archiveTo: String?

    @Option(help: "Another seed is another world.")
    var seed: UInt64 = StandIn.seed

    func run() async throws {
        let publisher = try publisher()
        let server = try await ReplayServer.start(port: Int(port), answer: publisher.answer(to:))
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
    }

    private func publisher() throws -> ReplayPublisher {
        if let folder {
            guard FileManager.default.fileExists(atPath: folder) else {
                throw ValidationError("There is no folder \(folder).")
            }
            return ReplayPublisher(world: nil, folder: try DocumentFolder(path: folder), now: { Date() })
        }
        return StandIn.publisher(seed: seed, archive: try archiveRange(), now: { Date() })
    }

    private func archiveRange() throws -> TimeRange? {
        guard let archiveFrom else { return nil }
        let today = HongKongMinute(secondsSince1970: Date().timeIntervalSince1970).dayStart
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
