import Foundation
import Testing

@testable import WaitFetch

@Suite("A damaged ZIP", .timeLimit(.minutes(30)))
struct ArchiveDamageTests {
    @Test("hands over a member with a wrong checksum, marked, and goes on")
    func checksum() throws {
        var wrong = OddZIP.Entry("b", "garbled")
        wrong.checksum ^= 1
        let read = try read([.init("a", "1"), wrong, .init("c", "3")])
        #expect(read.texts == ["1", "garbled", "3"])
        #expect(read.members.map(\.isComplete) == [true, false, true])
        #expect(read.members[1].fault?.contains("CRC") == true)
        #expect(read.tally == tally { ($0.members, $0.incomplete) = (3, 1) })
    }

    @Test("hands over a stored member that is shorter than declared, marked, and goes on")
    func cutStored() throws {
        var cut = OddZIP.Entry("b", String(repeating: "2", count: 100))
        cut.content.removeLast(60)
        let read = try read([.init("a", "1"), cut, .init("c", "3")])
        #expect(read.paths == ["a", "b", "c"])
        #expect(read.members.map(\.isComplete) == [true, false, true])
        #expect(read.texts[1].hasPrefix(String(repeating: "2", count: 40)))
    }

    @Test("hands over a deflated member that is garbled, marked, and goes on", arguments: [1, 2, 99])
    func garbled(_ count: Int) throws {
        let garbled = (0..<count).map { number in
            var entry = OddZIP.Entry("b\(number)", "this is no deflated stream")
            entry.method = 8
            return entry
        }
        let read = try read([.init("a", "1")] + garbled + [.init("c", "3")])
        #expect(read.paths == ["a"] + garbled.map { String(decoding: $0.name, as: UTF8.self) } + ["c"])
        #expect(read.members.first?.isComplete == true)
        #expect(read.members.last == ArchiveMember(path: "c", bytes: Data("3".utf8)))
        #expect(read.tally?.incomplete == count)
    }

    @Test("hands over the beginning of a deflated member that is cut, and goes on")
    func cutDeflated() throws {
        let text = (0..<20_000).map { "line \($0 &* 7_919 % 10_007)\n" }.joined()
        var packed = try PackedArchive.bytes([PackedFile("a", text), PackedFile("b", "next")], as: .zip)
        for index in 30_000..<30_100 { packed[index] = 0xff }
        let read = try ReadArchive(packed)
        #expect(read.members.map(\.isComplete) == [false, true])
        #expect(!read.texts[0].isEmpty && text.hasPrefix(read.texts[0].prefix(10_000)))
        #expect(read.texts[1] == "next")
    }

    @Test("gives up after a hundred garbled members, and says where")
    func tooGarbled() throws {
        let garbled = (0..<102).map { number in
            var entry = OddZIP.Entry("b\(number)", "this is no deflated stream")
            entry.method = 8
            return entry
        }
        let read = try read(garbled)
        #expect(read.error?.code == .damaged)
        #expect(read.error?.message.contains("at or after b100;") == true)
        #expect(read.members.count == 101)
    }

    @Test("hands over an encrypted member without content, marked")
    func encrypted() throws {
        let files = [PackedFile("a", "x"), PackedFile("b", "y")]
        let read = try ReadArchive(PackedArchive.bytes(files, as: .encryptedZIP))
        #expect(read.paths == ["a", "b"])
        #expect(read.members.allSatisfy { !$0.isComplete && $0.bytes.isEmpty })
    }

    @Test("hands over a member packed in a way that nobody knows, marked, and goes on")
    func method() throws {
        var odd = OddZIP.Entry("a", "x")
        odd.method = 77
        let read = try read([odd, .init("b", "y")])
        #expect(read.members.map(\.isComplete) == [false, true])
    }

    @Test("is not believed about sizes", arguments: [0, 1, 1_000_000_000])
    func sizes(_ claimed: UInt32) throws {
        let text = String(repeating: "hello ", count: 1_000)
        var packed = try PackedArchive.bytes([PackedFile("a", text), PackedFile("b", "next")], as: .zip)
        // The size unpacked stands at byte 24 of the central directory's header.
        let place = try #require(Data(packed).firstRange(of: Data([0x50, 0x4b, 0x01, 0x02]))).lowerBound + 24
        packed.replaceSubrange(place..<place + 4, with: withUnsafeBytes(of: claimed.littleEndian) { Array($0) })
        let read = try ReadArchive(packed)
        #expect(read.texts.last == "next")
        #expect(read.members.allSatisfy { $0.bytes.count <= 6_000 })
    }

    @Test("whose end is missing is told from what is no archive")
    func cutShort() throws {
        let bytes = OddZIP(entries: [.init("a", "1"), .init("b", "2")]).bytes
        for count in [40, bytes.count - 30, bytes.count - 1] {
            #expect(try ReadArchive(Array(bytes.prefix(count))).error?.code == .cutShort)
        }
        #expect(try ReadArchive(OddZIP(entries: [.init("a", "1")], hasDirectory: false).bytes).error?.code == .cutShort)
    }

    @Test("whose directory points nowhere ends with an error")
    func wrongDirectory() throws {
        var bytes = OddZIP(entries: [.init("a", "1"), .init("b", "2")]).bytes
        // Where the second member begins, as the directory has it.
        let place = bytes.count - 22 - 1 - 4
        bytes[place + 3] = 0x7f
        let read = try ReadArchive(bytes)
        #expect(read.error?.code == .damaged)
        #expect(read.error?.message.contains("entry 2, at or after a; fetch it again") == true)
        #expect(read.paths == ["a"])
    }

    private func read(_ entries: [OddZIP.Entry]) throws -> ReadArchive {
        try ReadArchive(OddZIP(entries: entries).bytes)
    }
}
