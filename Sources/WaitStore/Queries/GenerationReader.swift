import GRDB

/// Reads the record's generation and nonce on its own connection: it never waits for another query, and takes microseconds.
package struct GenerationReader: Sendable {
    /// Nil where the record is in memory and has one connection only.
    private let queue: DatabaseQueue?
    private let database: WaitDatabase

    /// - Throws: GRDB's `DatabaseError` where the file cannot be opened once more.
    package init(of database: WaitDatabase) throws {
        self.database = database
        guard let pool = database.access.pool else {
            queue = nil
            return
        }
        var configuration = Configuration()
        configuration.readonly = true
        // The caller has another way to find out, and cannot wait.
        configuration.busyMode = .immediateError
        queue = try DatabaseQueue(path: pool.path, configuration: configuration)
    }

    /// The record's state as of now, whichever process wrote last.
    /// - Throws: GRDB's `DatabaseError`; `StoreError` where the generation is gone.
    package func current() throws -> RecordVersion {
        guard let queue else { return try database.version() }
        // One statement is a transaction by itself.
        return try queue.unsafeRead(RecordVersion.init(_:))
    }
}
