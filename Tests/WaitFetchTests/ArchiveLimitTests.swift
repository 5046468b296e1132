import Foundation
import Testing

@testable import WaitFetch

@Suite("The limits of an archive", .timeLimit(.minutes(30)))
struct ArchiveLimitTests {
    @Test("stop a member of 100 MB at 5 MB, and the reading goes on", arguments: [PackedArchive.Kind.zip, .tarXZ])
    func bomb(_ kind: PackedArchive.Kind) throws {
        let files = [PackedFile("a", zeros: 100_000_000), PackedFile("b", "next")]
        let read = try ReadArchive(PackedArchive.bytes(files, as: kind))
        #expect(read.members.map(\.bytes.count) == [5_000_000, 4])
        #expect(read.members.map(\.fault) == ["larger than 5000000 bytes", nil])
    }

    @Test("let a member of exactly the limit be", arguments: [PackedArchive.Kind.zip, .tarGZ])
    func exactMember(_ kind: PackedArchive.Kind) throws {
        let bytes = try PackedArchive.bytes([PackedFile("a", zeros: 1_000)], as: kind)
        #expect(try ReadArchive(bytes, limits: ArchiveLimits(memberBytes: 1_000)).members.map(\.isComplete) == [true])
        #expect(try ReadArchive(bytes, limits: ArchiveLimits(memberBytes: 999)).members.map(\.isComplete) == [false])
    }

    @Test("count the bytes of all members together", arguments: [PackedArchive.Kind.zip, .tarXZ])
    func total(_ kind: PackedArchive.Kind) throws {
        let files = (0..<20).map { PackedFile("\($0)", zeros: 1_000) }
        let bytes = try PackedArchive.bytes(files, as: kind)
        #expect(try ReadArchive(bytes, limits: ArchiveLimits(totalBytes: 20_000)).members.count == 20)
        let read = try ReadArchive(bytes, limits: ArchiveLimits(totalBytes: 10_500))
        #expect(read.error?.code == .tooManyBytes)
        #expect(read.members.count == 10)
        #expect(read.error?.message.contains("more than 10500 bytes by entry 11, at or after 10;") == true)
    }

    @Test("count in a tar also what is unpacked only to be passed over")
    func unwanted() throws {
        let files = [PackedFile("../a", zeros: 50_000_000), PackedFile("b", "x")]
        let bytes = try PackedArchive.bytes(files, as: .tarXZ)
        #expect(try ReadArchive(bytes).paths == ["b"])
        let read = try ReadArchive(bytes, limits: ArchiveLimits(totalBytes: 10_000_000))
        #expect(read.error?.code == .tooManyBytes)
    }

    @Test("count the entries")
    func entries() throws {
        let bytes = try PackedArchive.bytes((0..<70_000).map { PackedFile("\($0)") }, as: .storedZIP)
        #expect(try ReadArchive(bytes).tally == tally { $0.members = 70_000 })
        #expect(try ReadArchive(bytes, limits: ArchiveLimits(members: 70_000)).tally?.members == 70_000)
        let read = try ReadArchive(bytes, limits: ArchiveLimits(members: 69_999))
        #expect(read.error?.code == .tooManyMembers)
        #expect(read.members.count == 69_999)
    }

    @Test("count entries that are passed over, too")
    func otherEntries() throws {
        let bytes = try PackedArchive.bytes((0..<10).map { .folder("\($0)/") }, as: .tar)
        #expect(try ReadArchive(bytes, limits: ArchiveLimits(members: 9)).error?.code == .tooManyMembers)
    }

    @Test("hold for holes that a sparse file only claims")
    func holes() {
        var buffer = MemberBuffer(capBytes: 10)
        let block: [UInt8] = [1, 2]
        block.withUnsafeBytes { buffer.append($0, at: 3) }
        #expect(buffer.data == Data([0, 0, 0, 1, 2]))
        #expect(!buffer.isOverCap)
        block.withUnsafeBytes { buffer.append($0, at: 1_000_000_000_000) }
        #expect(buffer.data.count == 10)
        #expect(buffer.isOverCap)
    }
}
