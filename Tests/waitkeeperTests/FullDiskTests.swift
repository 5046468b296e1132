import Foundation
import Logging
import Synchronization
import TestSupport
import Testing
import WaitStore

@testable import waitkeeper

/// A disk of 4 MB that is full to the last byte. It needs the right to mount; without it the tests are skipped, and say so.
@Suite("On a full disk")
struct FullDiskTests {
    static let canMount: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk() else {
            print("FullDiskTests: SKIPPED where a disk is needed: only root can mount one.")
            return false
        }
        disk.unmount()
        return true
    }()

    private static func onFullDisk(_ body: (URL) throws -> Void) throws {
        let disk = try SmallDisk()
        defer { disk.unmount() }
        do {
            // Closed again: nothing but the file itself is left.
            _ = try WaitDatabase.open(path: disk.url.appending(path: "record.sqlite").path)
        }
        try disk.fill()
        try body(disk.url)
    }

    @Test(
        "a record that was closed is read", .enabled(if: canMount, "only root can mount a disk"),
        arguments: ["status", "latest", "verify", "coverage", "quotas", "export hospitals"])
    func readers(line: String) throws {
        try Self.onFullDisk { folder in
            let words = line.split(separator: " ").map(String.init)
            let result = try Command.run(words + ["--database", "record.sqlite"], in: folder)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test(
        "whoever writes says so", .enabled(if: canMount, "only root can mount a disk"),
        arguments: ["poll --ha-url http://127.0.0.1:9", "reparse"])
    func writers(line: String) throws {
        try Self.onFullDisk { folder in
            let words = line.split(separator: " ").map(String.init)
            let result = try Command.run(words + ["--database", "record.sqlite"], in: folder)
            #expect(result.status == 1)
            #expect(result.errors.contains("free space on its disk"), "\(result.errors)")
        }
    }

    @Test(
        "a workbook whose temporary files have no room is an error, and no file",
        .enabled(if: canMount, "only root can mount a disk"))
    func workbook() throws {
        try Self.onFullDisk { disk in
            let folder = try TemporaryFolder()
            let result = try Command.shell(
                "export discharge --format xlsx -o '\(folder.path(of: "discharge.xlsx"))' --database record.sqlite",
                after: "cd '\(disk.path)'; export TMPDIR='\(disk.path)'")
            #expect(result.status == 1)
            // libxlsxwriter has lines of its own before it.
            let words = result.errors.split { $0.isNewline }.last ?? ""
            #expect(words.hasPrefix("Error: ") && words.contains("free some space"), "\(result.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            #expect(
                try !FileManager.default.contentsOfDirectory(atPath: disk.path).contains { $0.hasPrefix("waitkeeper-") }
            )
        }
    }

    @Test("a collector waits until there is room, warns once, and tells its service manager each time")
    func wait() async throws {
        let tries = Mutex(0)
        let pauses = Mutex(0)
        let notices = Mutex(0)
        let wait = RoomWait(
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            notify: { notices.withLock { $0 += 1 } }, sleep: { _ in pauses.withLock { $0 += 1 } })
        let value = try await wait {
            let number = tries.withLock { tries in
                tries += 1
                return tries
            }
            if number < 4 { throw StoreError(code: .diskFull, message: "Full.") }
            return number
        }
        #expect(value == 4)
        #expect(pauses.withLock { $0 } == 3 && notices.withLock { $0 } == 3)
    }

    @Test("and waits for nothing else", arguments: [StoreError.Code.busy, .cannotOpen, .damaged, .gone, .notARecord])
    func others(code: StoreError.Code) async {
        let wait = RoomWait(
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), notify: {}, sleep: { _ in })
        await #expect(throws: StoreError.self) {
            try await wait { () throws -> Void in throw StoreError(code: code, message: "No.") }
        }
    }
}

/// A disk in memory, mounted on a folder of its own.
private final class SmallDisk {
    let url = FileManager.default.temporaryDirectory.appending(path: "waitkeeper-disk-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        guard Self.run(["/bin/mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", url.path]) else {
            unmount()
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    /// Leaves no byte free.
    func fill() throws {
        _ = Self.run(["/bin/dd", "if=/dev/zero", "of=\(url.path)/full", "bs=4096"])
    }

    func unmount() {
        _ = Self.run(["/bin/umount", "-l", url.path])
        // An empty folder that stays behind harms nothing.
        try? FileManager.default.removeItem(at: url)
    }

    private static func run(_ line: [String]) -> Bool {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: line[0])
        process.arguments = Array(line.dropFirst())
        process.standardError = FileHandle.nullDevice
        // A tool that is not there mounts nothing.
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
