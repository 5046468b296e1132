import Foundation
import TestSupport
import Testing
import WaitCore
import WaitReplay

@testable import waitkeeper

/// The exit status of `poll` and what it says, by the documents that fail.
@Suite("A poll exits 1 where no document of a living feed could be had, and names what could not")
struct PollExitTests {
    /// Parts of the paths that are answered 404, the status, and what standard error says.
    static let cases: [(failing: [String], status: Int32, says: [String])] = [
        ([], 0, []),
        (["g0_9uo7a_p-en"], 0, ["g0_9uo7a_p-en.json"]),
        (["facility-gop"], 0, ["facility-gop.json"]),
        (["facility-fmc"], 0, ["facility-fmc.json"]),
        (["aedwtdata-en"], 0, ["aedwtdata-en.json"]),
        (["facility-gop", "facility-fmc"], 1, ["facility-gop.json", "facility-fmc.json"]),
        (["aedwtdata2-en"], 1, ["aedwtdata2-en.json"]),
        (["g0_9uo7a"], 1, ["g0_9uo7a_p-en.json", "g0_9uo7a_p-tc.json"]),
        (["facility-hosp", "aedwtdata-en"], 1, ["facility-hosp.json", "aedwtdata-en.json"]),
        (["/"], 1, ["aedwtdata2-en.json", "facility-sop.json"]),
    ]

    @Test("and the help says the same", arguments: cases)
    func exit(failing: [String], status: Int32, says: [String]) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        // The A&E documents are of the moment at which the command asks, whatever day that is.
        let world = SimulatedWorld(
            seed: 3, hospitals: BundledPlaces.hospitals.prefix(2).map { .init(name: $0.name) }, publishing: .punctual)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            guard !failing.contains(where: { request.path.contains($0) }) else { return .notFound }
            return world.answer(to: request, at: Date()) ?? fixtures.answer(to: request)
        }
        try await withReplayServer(answer: answer) { server in
            try await Command.withFolder { folder in
                let poll = try Command.run(
                    ["poll", "--ha-url", server.baseURL, "--database", "record.sqlite"], in: folder)
                #expect(poll.status == status, "\(poll.errors)")
                for text in says { #expect(poll.errors.contains("\(text)"), "\(text)") }
            }
        }
    }
}
