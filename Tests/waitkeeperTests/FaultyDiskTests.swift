import Foundation
import TestSupport
import Testing
import WaitCore
import WaitReplay
import WaitStore

/// What a command says where the disk does not keep what it wrote (Tests/CFaultDisk).
@Suite("A disk that fails to sync")
struct FaultyDiskTests {
    /// What writes files beside the record, and how many syncs each makes at least: of files, and of folders with their names.
    static let writers = [
        ("backup copy.sqlite", 2), ("export ae-waits -o waits.csv", 2), ("export ae-waits --output package", 7),
        ("export hospitals --format geojson --output places", 7),
    ]

    @Test("is an error of each file and folder that is written, in one sentence", arguments: writers)
    func sync(writer: String, count: Int) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures/ae-wait").path)
        let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let library = path.appending(path: "libFaultDisk.so").path
        try await Command.withFolder { start in
            try await withReplayServer(answer: fixtures.answer(to:)) { server in
                // Only the waits are served: they are enough to write something.
                _ = try Command.run(["poll", "--ha-url", server.baseURL, "--database", "record.sqlite"], in: start)
            }
            for number in 1...count {
                let folder = try TemporaryFolder()
                for file in try FileManager.default.contentsOfDirectory(atPath: start.path) {
                    try FileManager.default.copyItem(
                        atPath: start.appending(path: file).path, toPath: folder.path(of: file))
                }
                let result = try Command.shell(
                    "\(writer) --database '\(folder.path(of: "record.sqlite"))'",
                    after: """
                        cd '\(folder.path)'; export FAULT_FOLDER='\(folder.path)' FAULT_FAIL=sync:\(number) \
                        LD_PRELOAD="\(library)${LD_PRELOAD:+:$LD_PRELOAD}"
                        """)
                try FileManager.default.removeItem(atPath: folder.path + ".limbo")
                #expect(result.status == 1, "sync \(number): \(result.errors)")
                let words = result.errors.split { $0.isNewline }.last ?? ""
                #expect(words.hasPrefix("Error: ") && words.contains("could not be saved on the disk"), "\(words)")
            }
        }
    }

    /// SQLite reports a write-ahead log even where its write into the file failed; a last commit without a log is not synced.
    @Test("never leaves documents in a record without a write-ahead log", arguments: ["write", "sync", "open"])
    func log(kind: String) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures/ae-wait").path)
        let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let library = path.appending(path: "libFaultDisk.so").path
        try await withReplayServer(answer: fixtures.answer(to:)) { server in
            for number in 1...6 {
                let folder = try TemporaryFolder()
                let record = folder.path(of: "record.sqlite")
                let result = try Command.shell(
                    "poll --ha-url \(server.baseURL) --database '\(record)'",
                    after: """
                        export FAULT_FOLDER='\(folder.path)' FAULT_FAIL=\(kind):\(number) \
                        LD_PRELOAD="\(library)${LD_PRELOAD:+:$LD_PRELOAD}"
                        """)
                // Without a fault there is none to take away.
                try? FileManager.default.removeItem(atPath: folder.path + ".limbo")
                // It was not opened, or not brought to our schema.
                guard let database = try? WaitDatabase.openReadOnly(path: record) else { continue }
                try database.access.close()
                let header = try Data(contentsOf: URL(fileURLWithPath: record))
                #expect(header.count > 19 && header[18] == 2, "\(kind) \(number): \(result.errors)")
            }
        }
    }
}
