import Foundation
import GRDB
import Testing

@testable import WaitStore

@Suite("A compressed payload")
struct DeflateTests {
    private static let bytes = Data("waits".utf8)

    @Test("gives back its bytes", arguments: [Data(), bytes, Data(repeating: 0x41, count: 100_000)])
    func roundTrip(bytes: Data) {
        #expect(Deflate.decompress(Deflate.compress(bytes), byteCount: bytes.count) == bytes)
    }

    @Test("gives nothing back by a size that is not its own", arguments: [Int.min, -1, 0, 4, 6, 100_000_001, Int.max])
    func wrongSize(byteCount: Int) {
        #expect(Deflate.decompress(Deflate.compress(Self.bytes), byteCount: byteCount) == nil)
    }

    @Test("has no negative size in the table")
    func check() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        #expect(throws: DatabaseError.self) { try database.execute("UPDATE payload SET bytes = -1") }
    }
}
