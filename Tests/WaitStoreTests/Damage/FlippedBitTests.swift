import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("A record with a flipped bit ends no process")
struct FlippedBitTests {
    private static let file = Result { try bytes() }

    /// A whole record of everything as the bytes of its file.
    private static func bytes() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "whole.sqlite")
        try FilledRecord.withCopy { database in _ = try database.backUp(to: path) }
        return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The flips are the same every time: what one meets can be met again.
    @Test("wherever it lies", arguments: 0..<40)
    func flip(seed: Int) throws {
        var bytes = try Self.file.get()
        var numbers = SplitMix64(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
        // Three in one copy, past the first page's header: without that it is no database.
        for _ in 0..<3 {
            let (offset, bit) = (Int(numbers.next() % UInt64(bytes.count - 100)) + 100, UInt8(numbers.next() % 8))
            bytes[offset] ^= 1 << bit
        }
        let folder = try TemporaryFolder()
        let path = folder.path(of: "flipped.sqlite")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        Questions.expectSentence("questions") { try Questions.askAll(try WaitDatabase.openReadOnly(path: path)) }
        Questions.expectSentence("verify") { _ = try WaitDatabase.openReadOnly(path: path).verify() }
        Questions.expectSentence("writers") {
            let database = try WaitDatabase.open(path: path)
            _ = try database.record([.fixture(.aeWait, .en)])
            _ = try database.reparse()
        }
    }
}
