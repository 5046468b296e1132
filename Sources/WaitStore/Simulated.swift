import Foundation
import GRDB

/// A record made by the demo says so in its file, so that its figures are not taken for published ones.
extension WaitDatabase {
    /// SQLite's `application_id` of a simulated record: "WSIM".
    private static let simulatedID: UInt32 = 0x5753_494D

    /// Makes the file of a record that will be simulated, before anything else is in it.
    /// - Throws: `StoreError` where it cannot be made.
    package static func makeSimulated(path: String) throws(StoreError) {
        try StoreError.translating(path) {
            try DatabaseQueue(path: path).writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA application_id = \(simulatedID)")
            }
        }
    }

    package func isSimulated() throws -> Bool {
        try access.read(Self.isSimulated)
    }

    static func isSimulated(_ db: Database) throws -> Bool {
        try UInt32.fetchOne(db, sql: "PRAGMA application_id") == simulatedID
    }

    /// Whether the file at `path` is a simulated record, by its header alone: nothing is opened or changed.
    package static func isSimulated(path: String) -> Bool {
        // A file that cannot be read is not one of ours to replace.
        guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)),
            let header = try? file.read(upToCount: 72), header.count == 72
        else { return false }
        // SQLite file format, 1.3: the application id stands at offset 68, big-endian.
        return header.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } == simulatedID
    }
}
