import GRDB
import Synchronization
package import WaitCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The record: one SQLite file, written by one process at a time in short transactions, read by as many as like.
///
/// WAL, `synchronous=FULL`, foreign keys on (docs/design.md, "Storage rules"). Writes are the named methods under `Writes`, questions
/// one file each under `Queries`.
package struct WaitDatabase: Sendable {
    package let access: RecordAccess
    /// The datasets that have tables in the record.
    package let catalogue: Catalogue
    private let busyTimeout: BusyTimeout
    /// Nil for a record in memory.
    private let file: RecordFile?

    /// Opens or creates the record at `path` and brings its schema up to date.
    /// - Throws: `StoreError` where the file cannot be opened, is not a record, or comes from a later version.
    package static func open(path: String, catalogue: Catalogue = .standard) throws(StoreError) -> WaitDatabase {
        try StoreError.translating(path) {
            // First, read only: a pool for writing turns WAL on, even in another program's file.
            let busyTimeout = BusyTimeout()
            try refuseSecondName(of: path)
            try ReadOnlyFile(path: path, configuration: configuration(busyTimeout)).lookBeforeWriting(refuseOthers)
            let pool = try DatabasePool(path: path, configuration: configuration(busyTimeout))
            // SQLite reports WAL even where its write into the file failed; another connection reads the mode from the file.
            guard try pool.read({ try String.fetchOne($0, sql: "PRAGMA journal_mode") }) == "wal" else {
                throw StoreError.withoutLog(path)
            }
            // Not in `prepareDatabase`: a pool that turns WAL on sets NORMAL after it.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return try WaitDatabase(migrating: pool, path: path, catalogue: catalogue, busyTimeout: busyTimeout)
        }
    }

    /// Opens an existing record for reading only; never creates, never migrates. In a folder that cannot be written it is read
    /// as unchanging.
    /// - Throws: `StoreError` where there is no record, it needs a migration first, or comes from a later version.
    package static func openReadOnly(
        path: String, catalogue: Catalogue = .standard
    ) throws(StoreError) -> WaitDatabase {
        try StoreError.translating(path) {
            let busyTimeout = BusyTimeout()
            let file = ReadOnlyFile(path: path, configuration: configuration(busyTimeout))
            let access = try file.open { reader in
                try refuseOthers(reader, path: path)
                let isCurrent = try reader.read { try Schema.migrator.hasCompletedMigrations($0) }
                guard isCurrent else { throw StoreError.needsMigration(path) }
            }
            return WaitDatabase(
                access: access, catalogue: catalogue, busyTimeout: busyTimeout, file: RecordFile(path: path))
        }
    }

    /// A record in memory, for tests: a copy, page by page, of one that was migrated once, with a nonce of its own.
    package static func inMemory() throws -> WaitDatabase {
        let busyTimeout = BusyTimeout()
        let queue = try DatabaseQueue(configuration: configuration(busyTimeout))
        let database = WaitDatabase(access: queue, catalogue: .standard, busyTimeout: busyTimeout, file: nil)
        try empty.get().access.backup(to: database.access)
        try database.access.write { try $0.execute(sql: "UPDATE generation SET nonce = random() | 1") }
        return database
    }

    /// The same for other datasets than this version's, for tests.
    package static func inMemory(_ catalogue: Catalogue) throws -> WaitDatabase {
        let busyTimeout = BusyTimeout()
        let queue = try DatabaseQueue(configuration: configuration(busyTimeout))
        return try WaitDatabase(migrating: queue, path: ":memory:", catalogue: catalogue, busyTimeout: busyTimeout)
    }

    private static let empty: Result<WaitDatabase, any Error> = Result {
        let busyTimeout = BusyTimeout()
        let queue = try DatabaseQueue(configuration: configuration(busyTimeout))
        return try WaitDatabase(migrating: queue, path: ":memory:", catalogue: .standard, busyTimeout: busyTimeout)
    }

    private init(access: any DatabaseWriter, catalogue: Catalogue, busyTimeout: BusyTimeout, file: RecordFile?) {
        self.init(RecordAccess(access), catalogue, busyTimeout, file)
    }

    private init(_ access: RecordAccess, _ catalogue: Catalogue, _ busyTimeout: BusyTimeout, _ file: RecordFile?) {
        self.access = access
        self.catalogue = catalogue
        self.busyTimeout = busyTimeout
        self.file = file
    }

    private init(
        migrating access: any DatabaseWriter, path: String, catalogue: Catalogue, busyTimeout: BusyTimeout
    ) throws {
        self.init(RecordAccess(access), catalogue, busyTimeout, RecordFile(path: path))
        try Self.refuseOthers(access, path: path)
        try Schema.migrator.migrate(access)
        try write { db in
            // A view may be made before its tables.
            try Schema.refreshViews(catalogue, db)
            try Schema.registerFeeds(catalogue, db)
            try Upkeep.run(db)
        }
        // One transaction each, so that no other writer waits for all of them.
        for dataset in catalogue.datasets {
            try write { db in try Upkeep.makeTables(of: dataset, db) }
        }
        try file?.keepLog()
    }

    /// One writing transaction; one that changed anything raises the generation.
    /// - Throws: what `body` throws, GRDB's `DatabaseError`; then nothing is written.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try access.write { db in
            try file?.check()
            return try Self.counted(db, body)
        }
    }

    /// The same without holding a thread while another task or process writes: with as many threads as cores, a signal has to get through.
    /// - Throws: also `CancellationError`; then nothing is written.
    func suspendingWrite<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        try await access.write { db in
            try file?.check()
            return try Self.counted(db, body)
        }
    }

    private static func counted<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
        let before = db.totalChangesCount
        let result = try body(db)
        if db.totalChangesCount != before {
            // Past 2^53, which only damage writes, it starts again: beyond the largest number SQLite refuses every write.
            try db.cachedStatement(
                sql: """
                    INSERT INTO generation (id, number, nonce) VALUES (1, 1, random() | 1)
                    ON CONFLICT (id) DO UPDATE SET number = number % 9007199254740992 + 1, nonce = excluded.nonce
                    """
            ).execute()
        }
        return result
    }

    /// Lets the file grow to so many pages and no more: a full disk for tests.
    package func limit(toPages pages: Int) throws {
        try access.writeWithoutTransaction { _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)") }
    }

    /// A number that every transaction that writes anything has raised, in whatever process; one look-up.
    /// - Throws: `StoreError` if it was deleted: an answer could not be distinguished from one that has changed.
    package func generation() throws -> Int {
        try access.read(Self.generation)
    }

    static func generation(_ db: Database) throws -> Int {
        let number = try Int.fetchOne(db.cachedStatement(sql: "SELECT number FROM generation WHERE id = 1"))
        guard let number else { throw StoreError.noGeneration }
        return number
    }

    /// Whether the record's path still names the file that is open, and its log is whole: a few look-ups in the file system.
    /// - Throws: `StoreError`, `gone` or, where part of the log is lost, `damaged`; then nothing may be written any more, and with
    ///   a damaged log the process has to end without closing the file.
    package func checkFile() throws(StoreError) {
        guard let file else { return }
        try file.check()
        if file.isLogCut() { throw StoreError.logCut(file.path) }
    }

    /// Leaves a record whose name is gone as whole as can be: a file that was renamed gets what only the log has, and a file that
    /// has taken its name is not read with the old one's log.
    package func leaveFile() {
        // What can be done for a file that may be gone is done, and its failure changes nothing.
        try? access.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
        if let file, FileSystem.exists(file.path) { file.removeLog() }
    }

    /// SQLite keeps the log beside the name a file is opened by: under two names, each commits what the other does not see.
    private static func refuseSecondName(of path: String) throws(StoreError) {
        guard let file = FileIdentity(path: path), file.links > 1 else { return }
        throw StoreError(
            code: .cannotOpen,
            message: """
                \(path) has \(file.links) names (hard links), and what is written under one is lost under the other: keep one \
                name, and give the other a copy made by "waitkeeper backup".
                """)
    }

    /// The record's state as of now; one look-up.
    /// - Throws: `StoreError` if it was deleted: an answer could not be distinguished from one that has changed.
    package func version() throws -> RecordVersion {
        try access.read(RecordVersion.init(_:))
    }

    /// Runs `body` with the record as it is at this moment: all that `body` asks of the database it is given is read in one
    /// transaction, whatever other connections write meanwhile.
    ///
    /// That database is for this thread and this call; it is not kept, and it writes nothing.
    /// - Throws: what `body` throws, GRDB's `DatabaseError`.
    package func snapshot<T>(_ body: (WaitDatabase) throws -> T) throws -> T {
        try access.read { db in
            try body(WaitDatabase(RecordAccess(access.connections, reading: db), catalogue, busyTimeout, file))
        }
    }

    /// The same record, also usable after the call of `snapshot` that this may belong to.
    var outlasting: WaitDatabase { WaitDatabase(RecordAccess(access.connections), catalogue, busyTimeout, file) }

    /// Another program's database and a later version's record are left alone.
    private static func refuseOthers(_ access: any DatabaseReader, path: String) throws {
        try access.read { db in
            if try Schema.isForeign(db) { throw StoreError.notARecord(path) }
            if try Schema.migrator.hasBeenSuperseded(db) { throw StoreError.fromLaterVersion(path) }
        }
    }

    /// From now on no wait for another process lasts longer than a moment: for a process that is about to end.
    package func endWaiting() { busyTimeout.end() }

    private static func configuration(_ busyTimeout: BusyTimeout) -> Configuration {
        var configuration = Configuration()
        // Short, so that a process that waits can still be ended; who has something to lose tries again.
        configuration.busyMode = .callback(busyTimeout.waits)
        // A reader for each thread of the web service that holds one, and some for the collector beside it: opened when needed.
        configuration.maximumReaderCount = 12
        return configuration
    }
}

/// How long a process waits for another one that writes: a second at a time, and a tenth once it is to end.
private final class BusyTimeout: Sendable {
    private let isOver = Atomic(false)
    private static let (milliseconds, lastMilliseconds, pause): (Int, Int, UInt32) = (1_000, 100, 10)

    func end() { isOver.store(true, ordering: .relaxed) }

    /// - Parameter tries: how often SQLite has asked for this lock before.
    /// - Returns: whether to try again, after a pause.
    func waits(tries: Int) -> Bool {
        let limit = isOver.load(ordering: .relaxed) ? Self.lastMilliseconds : Self.milliseconds
        guard tries < limit / Int(Self.pause) else { return false }
        usleep(Self.pause * 1_000)
        return true
    }
}
