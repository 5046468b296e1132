import Foundation
import Testing
import WaitCore
import WaitReplay

@Suite("The stamps of an archive")
struct ArchiveStampsTests {
    /// Which versions the real archive had; beside the project, where this file really lies.
    private static let real = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "../../../../shared/history")
        .appending(path: "aedwtdata2-en.archive-versions.2025-09..2026-03.json").standardizedFileURL.path

    /// Reads a file of that text.
    private func read(_ text: String) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".json")
        defer { try? FileManager.default.removeItem(at: file) }  // left behind at worst
        try Data(text.utf8).write(to: file)
        return try ArchiveStamps.read(path: file.path).map { ArchiveStamp.text($0) }
    }

    @Test(
        "come every quarter hour of a half-open range",
        arguments: [
            ("2026-01-20T00:00", "2026-01-20T00:45", ["20260120-0000", "20260120-0015", "20260120-0030"]),
            ("2026-01-20T00:01", "2026-01-20T00:46", ["20260120-0015", "20260120-0030", "20260120-0045"]),
            ("2026-01-20T00:00", "2026-01-20T00:00", []),
            ("2026-01-20T01:00", "2026-01-20T00:00", []),
            ("2025-12-31T23:59", "2026-01-01T00:01", ["20260101-0000"]),
        ])
    func regular(from: String, to: String, expected: [String]) {
        let stamps = ArchiveStamps.regular(from: hongKongMinute(from), to: hongKongMinute(to))
        #expect(stamps.map { ArchiveStamp.text($0) } == expected)
    }

    @Test("are read from a file, in order of time whatever that of the file")
    func reads() throws {
        let text = #"{"2026-01-21": ["20260121-0000"], "2026-01-20": ["20260120-2346", "20260120-0430"]}"#
        #expect(try read(text) == ["20260120-0430", "20260120-2346", "20260121-0000"])
    }

    @Test(
        "are refused where they are no minutes of the day they stand under",
        arguments: ["20260121-0000", "20260120", "20260120-2400", "20260120-04:30"])
    func refuses(stamp: String) {
        #expect(throws: ArchiveStampsError.notOfItsDay(stamp: stamp, day: "2026-01-20")) {
            try read(#"{"2026-01-20": ["\#(stamp)"]}"#)
        }
    }

    @Test("name the file that cannot be read")
    func unreadable() {
        let error = #expect(throws: ArchiveStampsError.self) { try ArchiveStamps.read(path: "/nowhere/at-all") }
        #expect(error?.description.hasPrefix("cannot read /nowhere/at-all: ") == true)
        #expect(throws: ArchiveStampsError.self) { try read("[]") }
    }

    @Test(
        "of the real archive make an archive that lists as many versions",
        .enabled(if: FileManager.default.fileExists(atPath: real), "needs shared/history"))
    func realArchive() throws {
        let stamps = try ArchiveStamps.read(path: Self.real)
        #expect(stamps.count == 17_080)
        #expect(stamps.first == hongKongMinute("2025-09-01T00:00"))
        #expect(stamps.contains(hongKongMinute("2026-02-28T23:46")))
        let archive = ReplayArchive([SmallArchive.document(stamps: stamps)])
        let now = hongKongMinute("2026-04-05T12:00")
        #expect(try ReadListing(archive.list("start=20250901&end=20260404", now: now)).count == 17_080)
        #expect(try ReadListing(archive.list("start=20250911&end=20251012", now: now)).count == 0)
    }
}
