import Foundation
import TestSupport
import Testing
import WaitReplay

/// One byte of the file changed by a disk: the built command, as a user runs it.
@Suite("A damaged record ends no command without a sentence")
struct DamagedRecordTests {
    static let damages = [
        "UPDATE attempt SET origin = 'ar#hive'", "UPDATE attempt SET outcome = 'n%w'",
        "UPDATE attempt SET captured_unix = 9223372036854775807",
        "UPDATE attempt SET observed_minute = -4611686018427387904",
        "UPDATE phrase SET minutes = 9223372036854775807", "UPDATE phrase SET qualifier = 'x', lower_minutes = -1",
        "UPDATE wait_reading SET t3_p50 = 9223372036854775807",
        "UPDATE wait_reading SET observed_minute = 9223372036854775807 - hospital_id",
        "UPDATE place SET code = id || '%', kind = 'h%spital' WHERE id > 9", "UPDATE place SET latitude = 1e300",
        "UPDATE quota_record SET monday = 1e300, period_to = 9223372036854775807",
        "UPDATE payload SET bytes = 9223372036854775807", "UPDATE packed_day SET cells = x'02'",
        "UPDATE generation SET number = 9223372036854775807", "DELETE FROM phrase", "DELETE FROM attempt",
    ]

    private static let lines = [
        "status", "latest", "verify", "reparse", "coverage", "trend QMH", "quotas", "show QMH 2026-11-14T09:15",
        "export clinic-quotas",
    ]

    /// The bytes of a record of all fixtures, made once.
    private static let whole = Task {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        let server = try await ReplayServer.start(answer: fixtures.answer(to:))
        let bytes = try await Command.withFolder { folder in
            _ = try Command.run(["poll", "--ha-url", server.baseURL, "--database", "record.sqlite"], in: folder)
            return try Data(contentsOf: folder.appending(path: "record.sqlite"))
        }
        try await server.stop()
        return bytes
    }

    private static func withDamaged(_ sql: String, _ body: (URL) async throws -> Void) async throws {
        let bytes = try await whole.value
        try await Command.withFolder { folder in
            try bytes.write(to: folder.appending(path: "record.sqlite"))
            let process = ChildProcess()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
            process.currentDirectoryURL = folder
            process.arguments = [
                "record.sqlite", "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(sql)",
            ]
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            try await body(folder)
        }
    }

    @Test("whatever is asked", arguments: damages.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
    func commands(sql: String) async throws {
        try await Self.withDamaged(sql) { folder in
            for line in Self.lines {
                let result = try Command.run(
                    line.split(separator: " ").map(String.init) + ["--database", "record.sqlite"], in: folder)
                #expect([0, 1, 64].contains(result.status), "\(line): \(result.status) \(result.errors.suffix(500))")
                #expect(result.status == 0 || line == "verify" || result.errors.contains("Error: "), "\(line)")
            }
        }
    }

    @Test("and `serve` lives on", arguments: damages)
    func serve(sql: String) async throws {
        try await Self.withDamaged(sql) { folder in
            let (process, url) = try await ServeTests.listening(
                ["serve", "--listen", "127.0.0.1:0", "--database", "record.sqlite"], in: folder)
            for path in [
                "", "hospitals/QMH", "clinics", "record", "v1/latest", "v1/hospitals", "v1/hospitals/QMH/trend",
                "v1/coverage",
                "v1/status", "v1/quotas", "v1/feeds", "metrics", "v1/export/ae-waits.csv",
                "v1/readings/QMH/2026-11-14T09:15",
            ] {
                // A broken-off answer is one, too; what counts is that the next one is answered.
                _ = try? await ServeTests.get("\(url)\(path)")
                #expect(process.isRunning, "/\(path)")
            }
            process.terminate()
            let ends = await Command.ends(process)
            #expect(ends && process.terminationReason == .exit && process.terminationStatus == 0)
        }
    }
}
