import FoundationEssentials
import Glibc
import Testing

@testable import WaitFetch

@Suite("A spooled file")
struct SpooledFileTests {
    @Test("is read from any place, again and again")
    func positions() throws {
        let file = try SpooledFile(copying: Data("0123456789".utf8))
        #expect(try file.bytes(at: 0, upTo: 4) == Data("0123".utf8))
        #expect(try file.bytes(at: 8, upTo: 4) == Data("89".utf8))
        #expect(try file.bytes(at: 0, upTo: 10) == Data("0123456789".utf8))
    }

    @Test("has nothing beyond its ends", arguments: [(10, 1), (11, 1), (-1, 1), (0, 0), (0, -1)])
    func nothing(_ offset: Int, _ count: Int) throws {
        #expect(try SpooledFile(copying: Data("0123456789".utf8)).bytes(at: offset, upTo: count).isEmpty)
    }

    @Test("has no name in any folder")
    func unlinked() throws {
        let file = try SpooledFile(copying: Data("x".utf8))
        var facts = stat()
        #expect(fstat(file.descriptor, &facts) == 0)
        #expect(facts.st_nlink == 0)
        #expect(facts.st_mode & 0o777 == 0o600)
        #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test("closes its descriptor when it is let go")
    func closed() throws {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        defer { close(ends[0]) }
        _ = SpooledFile(descriptor: ends[1], folder: "/tmp")
        var byte: UInt8 = 0
        // The end is met only when nobody can write any more.
        #expect(read(ends[0], &byte, 1) == 0)
    }

    @Test("says that the disk is full")
    func full() throws {
        let full = SpooledFile(descriptor: open("/dev/full", O_RDWR | O_CLOEXEC), folder: "/tmp")
        let bytes: [UInt8] = [1, 2, 3]
        let error = #expect(throws: FetchError.self) { try bytes.withUnsafeBytes { try full.append($0) } }
        #expect(error?.code == .cannotSpool)
        #expect(error?.cause == "No space left on device")
        #expect(full.byteCount == 0)
    }
}
