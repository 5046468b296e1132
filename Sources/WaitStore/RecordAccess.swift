package import GRDB

/// The connections to a record, or one read transaction on one of them.
///
/// Questions are asked through `read` and do not know which: so a web answer, which asks several, is made from one state of
/// the record.
package struct RecordAccess: Sendable {
    package let connections: any DatabaseWriter
    // Used inside the call that opened it, on the thread of that call; GRDB ends the process on any other.
    private nonisolated(unsafe) let transaction: Database?

    init(_ connections: any DatabaseWriter, reading transaction: Database? = nil) {
        self.connections = connections
        self.transaction = transaction
    }

    /// The pool of a record in a file; nil for one in memory.
    var pool: DatabasePool? { connections as? DatabasePool }

    /// Whether all reads are made in one transaction, on one thread.
    var isSnapshot: Bool { transaction != nil }

    /// One read transaction, or a part of the one that is open.
    /// - Throws: what `body` throws, GRDB's `DatabaseError`.
    package func read<T>(_ body: (Database) throws -> T) throws -> T {
        if let transaction { return try body(transaction) }
        return try connections.read(body)
    }

    /// The same without holding a thread, in a transaction of its own.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        try await connections.read(body)
    }

    package func write<T>(_ body: (Database) throws -> T) throws -> T {
        try connections.write(body)
    }

    package func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        try await connections.write(body)
    }

    package func writeWithoutTransaction<T>(_ body: (Database) throws -> T) rethrows -> T {
        try connections.writeWithoutTransaction(body)
    }

    package func backup(to other: RecordAccess) throws {
        try connections.backup(to: other.connections)
    }

    package func close() throws {
        try connections.close()
    }
}
