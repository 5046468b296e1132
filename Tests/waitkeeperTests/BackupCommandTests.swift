import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing
import WaitCore
import WaitReplay
import WaitStore

/// `backup` as a user runs it.
@Suite("The backup command")
struct BackupCommandTests {
    /// A record of all fixtures, in a folder of its own.
    private static func withRecord(_ body: (URL) async throws -> Void) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        try await withReplayServer(answer: fixtures.answer(to:)) { server in
            try await Command.withFolder { folder in
                _ = try Command.run(["poll", "--ha-url", server.baseURL, "--database", "record.sqlite"], in: folder)
                try await body(folder)
            }
        }
    }

    private static func backup(_ file: String, in folder: URL) throws -> Command.Result {
        try Command.run(["backup", file, "--database", "record.sqlite"], in: folder)
    }

    /// The names in the folder but for the record's own.
    private static func files(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("record.sqlite") }
            .sorted()
    }

    /// The n-th document after the fixture's, as a live poll would bring it.
    private static func capture(_ number: Int) throws -> Capture {
        let minute = try #require(HongKongMinute(text: "2026-11-15T00:00")).adding(minutes: 15 * number)
        let feed = Feed.aeWait
        let document = try #require(feed.documents.first { $0.language == .en })
        let bytes = String(decoding: try Documents.fixture("ae-wait/aedwtdata2-en.json"), as: UTF8.self)
            .replacingOccurrences(of: "14/11/2026 9:15AM", with: updateTime(minute))
        let capturedAt = Date(timeIntervalSince1970: Double(minute.secondsSince1970 + 60))
        return Capture(
            feed: feed, document: document, origin: .live, capturedAt: capturedAt, milliseconds: 1,
            answer: .body(Body(Data(bytes.utf8), of: document, in: feed, httpStatus: 200)))
    }

    /// `15/11/2026 0:15AM`, as the feed writes it.
    private static func updateTime(_ minute: HongKongMinute) -> String {
        let text = minute.rfc3339
        let parts = text.prefix(16).split { !$0.isNumber }.map(String.init)
        let hour = Int(parts[3]) ?? 0
        let clock = "\(hour % 12 == 0 ? 12 : hour % 12):\(parts[4])\(hour < 12 ? "AM" : "PM")"
        return "\(parts[2])/\(parts[1])/\(parts[0]) \(clock)"
    }

    @Test("makes a copy that is proved, while another task writes the record")
    func whileWriting() async throws {
        try await Self.withRecord { folder in
            let database = try WaitDatabase.open(path: folder.appending(path: "record.sqlite").path)
            let isDone = Mutex(false)
            async let written = Self.write(into: database) { isDone.withLock { $0 } }
            let result = try Self.backup("copy.sqlite", in: folder)
            isDone.withLock { $0 = true }
            #expect(try await written > 0)
            #expect(result.status == 0)
            #expect(try Self.files(folder) == ["copy.sqlite"])
            #expect(try Command.run(["verify", "--database", "copy.sqlite"], in: folder).status == 0)
            let copied = try Self.captures(of: "copy.sqlite", in: folder)
            #expect(result.output.contains(" \(copied.count) captures, "))
            #expect(try Self.captures(of: "record.sqlite", in: folder).starts(with: copied))
        }
    }

    @Test("made while the record is written takes its place once it is lost, and goes on collecting")
    func restored() async throws {
        try await Self.withRecord { folder in
            let path = folder.appending(path: "record.sqlite").path
            let isDone = Mutex(false)
            async let written = Self.write(into: try WaitDatabase.open(path: path)) { isDone.withLock { $0 } }
            #expect(try Self.backup("copy.sqlite", in: folder).status == 0)
            isDone.withLock { $0 = true }
            let count = try await written
            let all = try Self.readings(folder)
            for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + end) {
                try FileManager.default.removeItem(atPath: path + end)
            }
            try FileManager.default.moveItem(atPath: folder.appending(path: "copy.sqlite").path, toPath: path)
            #expect(try Command.run(["verify", "--database", "record.sqlite"], in: folder).status == 0)
            // What the copy lacks comes again, as from the archive, and something new behind it.
            let restored = try WaitDatabase.open(path: path)
            for number in 0...count { _ = try restored.record([Self.capture(number)]) }
            try restored.access.close()
            let now = try Self.readings(folder)
            #expect(all.isSubset(of: now) && now.count == all.count + 18)
            #expect(try Command.run(["verify", "--database", "record.sqlite"], in: folder).status == 0)
            #expect(try Self.backup("second.sqlite", in: folder).status == 0)
        }
    }

    /// What the view `ae_wait` says, a text a row, but for the numbers of captures.
    private static func readings(_ folder: URL) throws -> Set<String> {
        let database = try WaitDatabase.openReadOnly(path: folder.appending(path: "record.sqlite").path)
        defer { try? database.access.close() }  // Only read: there is nothing to lose.
        return try database.access.read { db in
            let columns = try db.columns(in: "ae_wait").map(\.name).filter { $0 != "capture_id" }
            let sql = "SELECT \(columns.joined(separator: ", ")) FROM ae_wait"
            return try Set(Row.fetchAll(db, sql: sql).map { "\($0)" })
        }
    }

    /// Records captures until it is enough; returns how many.
    private static func write(into database: WaitDatabase, until isEnough: () -> Bool) async throws -> Int {
        var written = 0
        while !isEnough() || written == 0 {
            _ = try database.record([capture(written)])
            written += 1
            try await Task.sleep(for: .milliseconds(5))
        }
        return written
    }

    /// The view `capture`, a text a row, in order.
    private static func captures(of file: String, in folder: URL) throws -> [String] {
        let database = try WaitDatabase.openReadOnly(path: folder.appending(path: file).path)
        return try database.access.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM capture ORDER BY id").map { "\($0)" }
        }
    }

    @Test("says in one line what the copy holds")
    func words() async throws {
        try await Self.withRecord { folder in
            let result = try Self.backup("copy.sqlite", in: folder)
            let words =
                /^copy\.sqlite: \d+ bytes, generation \d+, \d+ captures, newest reading (\S+); complete\.\n$/
            #expect(try words.wholeMatch(in: result.output)?.1 == "2026-11-14T09:15:00+08:00")
        }
    }

    @Test(
        "writes over nothing: neither a file, nor a folder, nor the record itself",
        arguments: ["a.txt", ".", "record.sqlite"])
    func taken(name: String) async throws {
        try await Self.withRecord { folder in
            try Data("mine".utf8).write(to: folder.appending(path: "a.txt"))
            let result = try Self.backup(name, in: folder)
            #expect(result.status == 1)
            #expect(result.errors.contains("\(name) already exists; name another file"))
            #expect(try String(contentsOf: folder.appending(path: "a.txt"), encoding: .utf8) == "mine")
            #expect(try Self.files(folder) == ["a.txt"])
        }
    }

    @Test("refuses what is no record", arguments: ["/nowhere/record.sqlite", "/etc/passwd"])
    func noRecord(path: String) async throws {
        try await Command.withFolder { folder in
            let result = try Command.run(["backup", "copy.sqlite", "--database", path], in: folder)
            #expect(result.status == 1 && result.errors.contains(path))
            #expect(try Self.files(folder) == [])
        }
    }

    @Test("leaves nothing behind where the copy cannot be written whole, and says what to do")
    func diskFull() async throws {
        try await Self.withRecord { folder in
            // At most 64 KB a file, told by an error of writing: as a full disk does.
            let result = try Command.shell(
                "backup '\(folder.path)/copy.sqlite' --database '\(folder.path)/record.sqlite'",
                after: "trap '' XFSZ; ulimit -f 128")
            #expect(result.status == 1)
            #expect(result.errors.contains("The copy could not be written (disk I/O error): free space on its disk"))
            #expect(try Self.files(folder) == [])
        }
    }

    @Test("leaves nothing behind where a signal ends it", arguments: [SIGTERM, SIGINT])
    func signal(number: Int32) async throws {
        try await Self.withRecord { folder in
            // Its words cannot be written until somebody reads, so that the signal comes in the middle.
            let words = Pipe()
            try Self.fill(words)
            let process = try Command.start(
                ["backup", "copy.sqlite", "--database", "record.sqlite"], in: folder,
                errors: words.fileHandleForWriting, environment: ["WAITKEEPER_CLOCK": ""])
            let part = /^copy\.sqlite\.[0-9a-z]+\.part$/
            try await Command.until {
                let files = (try? Self.files(folder)) ?? []
                return files.count == 1 && files[0].wholeMatch(of: part) != nil
            }
            kill(process.processIdentifier, number)
            try words.fileHandleForWriting.close()
            _ = try words.fileHandleForReading.readToEnd()
            let ends = await Command.ends(process)
            #expect(ends)
            #expect(process.terminationReason == .exit && process.terminationStatus == 128 + number)
            #expect(try Self.files(folder) == [])
        }
    }

    /// Writes into the pipe until nothing more goes in.
    private static func fill(_ pipe: Pipe) throws {
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        let block = [UInt8](repeating: 0x20, count: 4_096)
        while Glibc.write(descriptor, block, block.count) > 0 {}
        _ = fcntl(descriptor, F_SETFL, flags)
    }

    @Test("reads from a folder that cannot be written, and changes nothing there")
    func readOnly() async throws {
        try await Self.withRecord { folder in
            let source = folder.appending(path: "archive")
            try FileManager.default.createDirectory(at: source, withIntermediateDirectories: false)
            try FileManager.default.copyItem(
                at: folder.appending(path: "record.sqlite"), to: source.appending(path: "old.sqlite"))
            chmod(source.appending(path: "old.sqlite").path, 0o444)
            chmod(source.path, 0o555)
            defer { chmod(source.path, 0o755) }
            let result = try Command.run(["backup", "copy.sqlite", "--database", "archive/old.sqlite"], in: folder)
            #expect(result.status == 0)
            #expect(try Command.run(["verify", "--database", "copy.sqlite"], in: folder).status == 0)
        }
    }
}
