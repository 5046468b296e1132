import Foundation
import TestSupport
import Testing

@testable import WaitFetch

@Suite("A ZIP", .timeLimit(.minutes(30)))
struct ArchiveZIPTests {
    private static let folder = "https%3A%2F%2Fwww.ha.org.hk%2Fopendata%2Faed"

    @Test("hands over its files in order, deflated or stored", arguments: [PackedArchive.Kind.zip, .storedZIP])
    func whole(_ kind: PackedArchive.Kind) throws {
        let long = String(repeating: "醫院 ", count: 50_000)
        let files = [PackedFile("\(Self.folder)/20260101-0000-a.json", "one"), PackedFile("b", long), PackedFile("c")]
        let read = try ReadArchive(PackedArchive.bytes(files, as: kind))
        #expect(read.paths == files.map(\.path))
        #expect(read.texts == ["one", long, ""])
        #expect(read.members.allSatisfy { $0.isComplete })
        #expect(read.tally == tally { $0.members = 3 })
    }

    @Test("is read from a file as well")
    func file() throws {
        let folder = try TemporaryFolder()
        try PackedArchive.write([PackedFile("a", "one")], as: .zip, to: folder.path(of: "a.zip"))
        #expect(try ReadArchive(.file(path: folder.path(of: "a.zip"))).texts == ["one"])
    }

    @Test("hands a doubled path over twice")
    func doubled() throws {
        let read = try ReadArchive(OddZIP(entries: [.init("a", "1"), .init("b", "2"), .init("a", "3")]).bytes)
        #expect(read.paths == ["a", "b", "a"])
        #expect(read.texts == ["1", "2", "3"])
    }

    @Test("without an entry counts as no archive")
    func empty() throws {
        #expect(try ReadArchive(OddZIP(entries: []).bytes).error?.code == .notAnArchive)
    }

    @Test(
        "hands a name over as it stands, marked as UTF-8 or not", arguments: [0, 0x800],
        ["%E9%86%AB%E9%99%A2/a%2Fb.json", "醫院/候診.json", "é", "./a b"])
    func names(_ flags: UInt16, _ name: String) throws {
        var entry = OddZIP.Entry(name, "x")
        entry.flags = flags
        let read = try ReadArchive(OddZIP(entries: [entry, .init("b", "y")]).bytes)
        #expect(read.paths.map { Array($0.utf8) } == [Array(name.utf8), Array("b".utf8)])
        #expect(read.members.allSatisfy { $0.isComplete })
    }

    @Test("replaces what is no UTF-8 in a name")
    func otherNames() throws {
        let read = try ReadArchive(OddZIP(entries: [.init([0x61, 0xff, 0x62], "x")]).bytes)
        #expect(read.paths == ["a\u{fffd}b"])
        #expect(read.members.allSatisfy { $0.isComplete })
    }

    @Test(
        "refuses a name that is marked as UTF-8 and is none, counts it and goes on, whatever failed before on the thread",
        arguments: [0, ENOMEM, EILSEQ])
    func falseUTF8(_ olderError: Int32) throws {
        var entry = OddZIP.Entry([0x61, 0xff, 0x62], "x")
        entry.flags = 0x800
        let bytes = OddZIP(entries: [entry, .init("b", "y")]).bytes
        errno = olderError
        let read = try ReadArchive(bytes)
        #expect(read.paths == ["b"])
        #expect(read.tally == tally { ($0.members, $0.refused) = (1, 1) })
    }

    @Test("composes accents in a name that is marked as UTF-8")
    func composed() throws {
        var entry = OddZIP.Entry("e\u{301}", "x")
        entry.flags = 0x800
        let read = try ReadArchive(OddZIP(entries: [entry]).bytes)
        #expect(read.paths.map { Array($0.utf8) } == [Array("\u{e9}".utf8)])
    }

    @Test(
        "refuses a path that leads elsewhere, counts it and goes on",
        arguments: [
            "/etc/passwd", "../a", "a/../../b", "a\\..\\b", "C:/a", "\\\\host\\a", String(repeating: "a", count: 1_001),
        ])
    func refused(_ name: String) throws {
        let read = try ReadArchive(OddZIP(entries: [.init(name, "x"), .init("b", "y")]).bytes)
        #expect(read.paths == ["b"])
        #expect(read.tally == tally { ($0.members, $0.refused) = (1, 1) })
    }

    @Test("ends a path at its first NUL")
    func zeroByte() throws {
        let read = try ReadArchive(OddZIP(entries: [.init("a\0/../b", "x"), .init("\0a", "y")]).bytes)
        #expect(read.paths == ["a"])
        #expect(read.tally?.refused == 1)
    }

    @Test("passes folders and links over")
    func special() throws {
        let files: [PackedFile] = [.folder("d/"), .link("l", to: "/etc/passwd", type: S_IFLNK), PackedFile("d/a", "x")]
        let read = try ReadArchive(PackedArchive.bytes(files, as: .zip))
        #expect(read.paths == ["d/a"])
        #expect(read.tally == tally { ($0.members, $0.passedOver) = (1, 2) })
    }

    @Test("can be read again, even while it is being read")
    func again() throws {
        let bytes = try PackedArchive.bytes((0..<50).map { PackedFile("\($0)", "text \($0)") }, as: .zip)
        let source = ArchiveSource.spooled(try SpooledFile(copying: Data(bytes)))
        let outer = try ArchiveReader.forEachMember(of: source) { _ in
            let inner = try ReadArchive(source)
            #expect(inner.members.count == 50)
        }
        #expect(outer.members == 50)
    }

    @Test("stops where the body throws, with its error")
    func bodyThrows() throws {
        let source = ArchiveSource.spooled(
            try SpooledFile(copying: Data(OddZIP(entries: [.init("a", "1"), .init("b", "2")]).bytes)))
        var paths: [String] = []
        #expect(throws: CancellationError.self) {
            try ArchiveReader.forEachMember(of: source) { member in
                paths.append(member.path)
                throw CancellationError()
            }
        }
        #expect(paths == ["a"])
    }
}

/// A tally with these counts.
func tally(_ change: (inout ReadCount) -> Void) -> ReadCount {
    var tally = ReadCount()
    change(&tally)
    return tally
}
