import GRDB
import WaitCore

/// A row of `archive_day`: a listing that was read whole.
struct ArchiveDayRow {
    static let columns = "document_id, key, day, asked_unix"

    let document: Int64
    let key: ArchiveKey
    let day: Int
    let askedUnix: Int

    /// Enters the row, or the later time of asking.
    func save(_ db: Database) throws {
        let values = [
            document.databaseValue, key.rawValue.databaseValue, day.databaseValue, askedUnix.databaseValue,
        ]
        try db.cachedStatement(
            sql: """
                INSERT INTO archive_day (\(Self.columns), seal) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET asked_unix = excluded.asked_unix, seal = excluded.seal
                WHERE excluded.asked_unix > asked_unix
                """
        ).execute(arguments: StatementArguments(plain: values + [RowChecksum.digest(of: values).databaseValue]))
    }
}

/// A row of `archive_version`: a version the archive lists, and how far it was dealt with.
struct ArchiveVersionRow {
    static let columns = "document_id, stamp_minute, key, attempt_id, failed_days, last_failed_day"

    let document: Int64
    let stamp: Int
    let key: ArchiveKey
    var attempt: Int64?
    var failedDays = 0
    var lastFailedDay: Int?

    init(document: Int64, stamp: Int, key: ArchiveKey) {
        (self.document, self.stamp, self.key) = (document, stamp, key)
    }

    /// - Throws: `StoreError` where the archive never listed the version.
    static func fetch(_ version: ArchivedVersion, _ db: Database) throws -> ArchiveVersionRow {
        let document = try Documents.id(of: version.document.url, db)
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT \(columns) FROM archive_version WHERE document_id = ? AND stamp_minute = ? AND key = ?"),
            arguments: [document, version.stamp.sinceEpoch, version.key.rawValue])
        guard let row else {
            throw StoreError(
                code: .other, message: "\(version.document.url) has no listed version of \(version.stamp.rfc3339).")
        }
        var found = ArchiveVersionRow(document: document, stamp: version.stamp.sinceEpoch, key: version.key)
        (found.attempt, found.failedDays, found.lastFailedDay) = try (row[3], row[4], row[5])
        return found
    }

    func insertIfNew(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO archive_version (\(Self.columns), seal) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: StatementArguments(plain: values + [RowChecksum.digest(of: values).databaseValue]))
    }

    func update(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE archive_version SET attempt_id = ?, failed_days = ?, last_failed_day = ?, seal = ?
                WHERE document_id = ? AND stamp_minute = ? AND key = ?
                """
        ).execute(arguments: [
            attempt, failedDays, lastFailedDay, RowChecksum.digest(of: values), document, stamp, key.rawValue,
        ])
    }

    /// Notes that it could not be fetched; several times on one day are one.
    mutating func fail(on day: Int) {
        guard lastFailedDay != day else { return }
        failedDays += 1
        lastFailedDay = day
    }

    private var values: [DatabaseValue] {
        [
            document.databaseValue, stamp.databaseValue, key.rawValue.databaseValue, attempt?.databaseValue ?? .null,
            failedDays.databaseValue, lastFailedDay?.databaseValue ?? .null,
        ]
    }
}

/// Whether a day's listing is to be believed: one that is empty for a day that was captured live may be an answer to another
/// question.
struct ArchiveDoubt {
    let document: Int64
    let key: ArchiveKey
    let day: HongKongMinute

    /// Whether it is too early to believe that the archive has nothing of the day: a first doubt is remembered, and holds for
    /// the day in Hong Kong on which it arose.
    ///
    /// - Parameter today: as a number.
    func holds(on today: Int, _ db: Database) throws -> Bool {
        guard try isDoubtful(db) else { return false }
        try db.cachedStatement(
            sql:
                "INSERT INTO archive_doubt (document_id, key, day, doubted_on) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        ).execute(arguments: [document, key.rawValue, day.dayNumber, today])
        let since = try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT doubted_on FROM archive_doubt WHERE document_id = ? AND key = ? AND day = ?"),
            arguments: [document, key.rawValue, day.dayNumber])
        return since == today
    }

    /// Nothing of the day is listed under either spelling, and live captures have readings of it.
    private func isDoubtful(_ db: Database) throws -> Bool {
        let next = day.adding(minutes: 1_440)
        return try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT NOT EXISTS (SELECT 1 FROM archive_version
                        WHERE document_id = ?1 AND stamp_minute >= ?2 AND stamp_minute < ?3)
                    AND EXISTS (SELECT 1 FROM attempt INDEXED BY attempt_of_minute
                        WHERE observed_minute >= ?2 AND observed_minute < ?3
                        AND document_id = ?1 AND origin = 'live' AND outcome IN ('new', 'duplicate', 'partial'))
                    """), arguments: [document, day.sinceEpoch, next.sinceEpoch]) ?? false
    }
}
