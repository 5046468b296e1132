import Foundation
import TestSupport
import Testing
import WaitReplay
import WaitStore

/// What `run` and `serve` do when their file is taken away: a process that goes on would collect into a file without a name.
@Suite("A record taken away ends `run` and `serve` with a sentence and 1")
struct RecordTakenAwayTests {
    static let deeds: [(shell: String, says: String)] = [
        ("rm home/record.sqlite*", "was removed or renamed while it was open"),
        ("mv home/record.sqlite home/old.sqlite", "was removed or renamed while it was open"),
        ("rm -r home", "was removed or renamed while it was open"),
        ("cp home/record.sqlite c; mv c home/record.sqlite", "Another file has taken the name"),
    ]

    @Test("`serve`", arguments: deeds.indices)
    func serve(index: Int) async throws {
        try await Self.withRecord { folder in
            let (process, _) = try await ServeTests.listening(
                ["serve", "--listen", "127.0.0.1:0", "--database", "home/record.sqlite"], in: folder)
            try await Self.expectEnd(of: process, after: Self.deeds[index], in: folder)
        }
    }

    static let deedsOfLog =
        deeds + [
            (shell: "truncate -s 0 home/record.sqlite-wal", says: "-wal was cut off while the record was open"),
            (shell: "rm home/record.sqlite-wal", says: "-wal was removed or replaced"),
        ]

    @Test("`run`", arguments: deedsOfLog.indices)
    func run(index: Int) async throws {
        let server = try await ReplayServer.start { _ in .notFound }
        try await Self.withRecord { folder in
            let (process, _) = try await ServeTests.listening(
                [
                    "run", "--listen", "127.0.0.1:0", "--database", "home/record.sqlite", "--ha-url", server.baseURL,
                    "--archive-url", server.baseURL,
                ], in: folder)
            try await Command.until { server.requests.contains { $0.path.contains("aedwtdata2") } }
            try await Self.expectEnd(of: process, after: Self.deedsOfLog[index], in: folder)
        }
        try await server.stop()
    }

    private static func withRecord(_ body: (URL) async throws -> Void) async throws {
        try await Command.withFolder { folder in
            let home = folder.appending(path: "home")
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: false)
            _ = try WaitDatabase.open(path: home.appending(path: "record.sqlite").path)
            try await body(folder)
        }
    }

    private static func expectEnd(
        of process: ChildProcess, after deed: (shell: String, says: String), in folder: URL
    ) async throws {
        _ = try Command.shell("--version", after: "cd '\(folder.path)' && { \(deed.shell); }")
        let ends = await Command.ends(process)
        #expect(ends && process.terminationReason == .exit && process.terminationStatus == 1, "\(deed.shell)")
        let words = try String(contentsOf: folder.appending(path: "errors"), encoding: .utf8)
        #expect(words.contains("Error: ") && words.contains(deed.says), "\(deed.shell): \(words.suffix(500))")
    }
}
