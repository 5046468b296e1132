import Foundation
import TestSupport
import Testing

@testable import WaitFetch

@Suite("A tar", .timeLimit(.minutes(30)))
struct ArchiveTarTests {
    /// Beside the project.
    private static let history = URL(filePath: #filePath).appending(path: "../../../../shared/history")
        .appending(path: "ane-hk-2024.tar.xz").standardizedFileURL.path

    @Test("of 5,000 small files hands them over, packed or not", arguments: PackedArchive.Kind.tars)
    func whole(_ kind: PackedArchive.Kind) throws {
        let folder = try TemporaryFolder()
        let files = (0..<5_000).map { PackedFile("2024/\($0).tsv", "UpdateTime\tTopWait\n\($0)") }
        try PackedArchive.write(files, as: kind, to: folder.path(of: "a"))
        let read = try ReadArchive(.file(path: folder.path(of: "a")))
        #expect(read.paths == files.map(\.path))
        #expect(read.members.map { Array($0.bytes) } == files.map(\.bytes))
        #expect(read.tally == tally { $0.members = 5_000 })
    }

    @Test("hands names over as they stand", arguments: ["醫院/候診.tsv", "a%2Fb.tsv", "./a b.tsv"])
    func names(_ name: String) throws {
        let files = [PackedFile(name, "x"), PackedFile(String(repeating: "長/", count: 100) + name, "y")]
        #expect(try ReadArchive(PackedArchive.bytes(files, as: .tar)).paths == files.map(\.path))
    }

    @Test("passes folders and links over, hard links too, and refuses what leads elsewhere")
    func special() throws {
        let files: [PackedFile] = [
            .folder("d/"), PackedFile("d/a", "x"), .link("s", to: "/etc/passwd", type: S_IFLNK),
            .link("h", to: "d/a", type: S_IFREG), PackedFile("../up", "z"), PackedFile("/etc/b", "z"),
        ]
        let read = try ReadArchive(PackedArchive.bytes(files, as: .tarGZ))
        #expect(read.paths == ["d/a"])
        #expect(read.tally == tally { ($0.members, $0.passedOver, $0.refused) = (1, 3, 2) })
    }

    @Test("that is cut ends with an error that says where", arguments: PackedArchive.Kind.tars)
    func cut(_ kind: PackedArchive.Kind) throws {
        // Knuth's generator: text that cannot be packed much.
        var noise: UInt64 = 1
        let files = (0..<10).map { number in
            var text = ""
            for _ in 0..<5_000 {
                noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += String(noise, radix: 36)
            }
            return PackedFile("\(number)", text)
        }
        let bytes = try PackedArchive.bytes(files, as: kind)
        let read = try ReadArchive(Array(bytes.prefix(bytes.count * 6 / 10)))
        #expect(read.error?.code == .damaged)
        #expect(read.error?.message.contains("is damaged at entry") == true)
        #expect(read.members.count >= 1 && read.members.allSatisfy { $0.isComplete })
    }

    @Test("cut in its first bytes is told from what is no archive", arguments: [PackedArchive.Kind.tarGZ, .tarXZ])
    func cutEarly(_ kind: PackedArchive.Kind) throws {
        let bytes = try PackedArchive.bytes([PackedFile("a", "1")], as: kind)
        #expect(try ReadArchive(Array(bytes.dropLast(bytes.count / 2))).error?.code == .damaged)
    }

    @Test("with a garbled header goes on with the next one, and counts what it passed over")
    func garbled() throws {
        let files = [PackedFile("a", "1"), PackedFile("b", "2"), PackedFile("c", "3")]
        var bytes = try PackedArchive.bytes(files, as: .tar)
        for index in 1_024..<1_500 { bytes[index] = 0xee }
        let read = try ReadArchive(bytes)
        #expect(read.paths == ["a", "c"])
        #expect(read.tally == tally { ($0.members, $0.unreadable) = (2, 2) })
    }

    @Test(
        "of 2024's history is read whole",
        .enabled(if: FileManager.default.fileExists(atPath: history), "needs the history beside the project"))
    func realHistory() throws {
        var total = 0
        let tally = try ArchiveReader.forEachMember(of: .file(path: Self.history)) { member in
            total += member.path.hasSuffix(".tsv") && member.isComplete ? 1 : 0
        }
        #expect(total == 5_274)
        #expect(tally.members == 5_274)
        #expect(tally.refused == 0)
    }

    @Test(
        "is not what an error page, nothing, or noise is",
        arguments: ["", "<!DOCTYPE html><html>", "PK", "\u{1f}\u{8b}"])
    func noArchive(_ text: String) throws {
        #expect(try ReadArchive(Array(text.utf8)).error?.code == .notAnArchive)
    }

    @Test("that is not there, or is no file, cannot be opened", arguments: ["absent", ".", "pipe"])
    func noFile(_ name: String) throws {
        let folder = try TemporaryFolder()
        mkfifo(folder.path(of: "pipe"), 0o600)
        #expect(try ReadArchive(.file(path: folder.path(of: name))).error?.code == .cannotOpen)
    }
}
