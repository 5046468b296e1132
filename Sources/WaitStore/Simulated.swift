import GRDB

/// A record made by the demo says so in its file, so that nobody takes its figures for published ones.
extension WaitDatabase {
    /// SQLite's `application_id` of a simulated record: "WSIM".
    private static let simulatedID = 0x5753_494D

    package func markSimulated() throws {
        try access.write { try $0.execute(sql: "PRAGMA application_id = \(Self.simulatedID)") }
    }

    package func isSimulated() throws -> Bool {
        try access.read { try Int.fetchOne($0, sql: "PRAGMA application_id") == Self.simulatedID }
    }
}
