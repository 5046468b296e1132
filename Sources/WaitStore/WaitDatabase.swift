package import GRDB

/// The record: one SQLite file, written by one process at a time in short transactions, read by as many as like.
///
/// WAL, `synchronous=FULL`, foreign keys on (DESIGN, "Storage rules"). Writes are the named methods under `Writes`, questions
/// one file each under `Queries`.
package struct WaitDatabase: Sendable {
    package let access: any DatabaseWriter

    /// Opens or creates the record at `path` and brings its schema up to date.
    /// - Throws: `StoreError` where the file cannot be opened, is no record, or comes from a later version.
    package static func open(path: String) throws(StoreError) -> WaitDatabase {
        try StoreError.translating(path) {
            var configuration = sharedConfiguration
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            return try WaitDatabase(migrating: pool, path: path)
        }
    }

    /// Opens an existing record for reading only; never creates, never migrates.
    /// - Throws: `StoreError` where there is no record, or it needs a migration first.
    package static func openReadOnly(path: String) throws(StoreError) -> WaitDatabase {
        try StoreError.translating(path) {
            var configuration = sharedConfiguration
            configuration.readonly = true
            let database = WaitDatabase(access: try DatabasePool(path: path, configuration: configuration))
            let isCurrent = try database.access.read { try Schema.migrator.hasCompletedMigrations($0) }
            guard isCurrent else { throw StoreError.needsMigration(path) }
            return database
        }
    }

    /// A record in memory, for tests.
    package static func inMemory() throws -> WaitDatabase {
        try WaitDatabase(migrating: try DatabaseQueue(configuration: sharedConfiguration), path: ":memory:")
    }

    private init(access: any DatabaseWriter) {
        self.access = access
    }

    private init(migrating access: any DatabaseWriter, path: String) throws {
        self.access = access
        if try access.read(Schema.migrator.hasBeenSuperseded) { throw StoreError.fromLaterVersion(path) }
        try Schema.migrator.migrate(access)
        try access.write { db in
            try Schema.refreshViews(db)
            try Schema.registerFeeds(db)
        }
    }

    private static var sharedConfiguration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        return configuration
    }
}
