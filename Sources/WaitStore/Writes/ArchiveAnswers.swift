import Foundation
import GRDB
package import WaitCore

/// One version of a document in the archive.
package struct ArchivedVersion: Hashable, Sendable {
    package let document: Document
    package let key: ArchiveKey
    package let stamp: HongKongMinute

    package init(document: Document, key: ArchiveKey, stamp: HongKongMinute) {
        (self.document, self.key, self.stamp) = (document, key, stamp)
    }
}

/// What came of asking for a version.
package enum VersionAnswer: Sendable {
    /// Its bytes could be read, as this capture says.
    case read(Capture)
    /// Bytes came that cannot be read: kept, and asked for again.
    case unreadable(Capture)
    /// Nothing came.
    case failed
}

extension WaitDatabase {
    /// Keeps a listing that was read whole: its days, and the versions it names.
    package func record(
        _ listing: ArchiveListing, of document: Document, key: ArchiveKey, days: [HongKongMinute],
        askedAt: HongKongMinute
    ) throws {
        try access.write { db in
            let id = try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE url = ?", arguments: [document.url])
            for day in days {
                try db.cachedStatement(
                    sql: """
                        INSERT INTO archive_day (document_id, key, day, asked_unix) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO UPDATE SET asked_unix = max(asked_unix, excluded.asked_unix)
                        """
                ).execute(arguments: [id, key.rawValue, day.dayNumber, askedAt.secondsSince1970])
            }
            for stamp in listing.stamps {
                try db.cachedStatement(
                    sql: """
                        INSERT INTO archive_version (document_id, stamp_minute, key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                        """
                ).execute(arguments: [id, stamp.sinceEpoch, key.rawValue])
            }
        }
    }

    /// Stores what came of asking for versions, in one transaction: captures, and which versions they were.
    ///
    /// - Parameter day: today in Hong Kong, as a number: failures count once a day.
    package func record(_ answers: [(version: ArchivedVersion, answer: VersionAnswer)], day: Int) throws -> [Recorded] {
        try access.write { db in
            let writer = CaptureWriter(db)
            return try answers.compactMap { version, answer in
                switch answer {
                case .read(let capture):
                    let recorded = try writer.record(capture)
                    try Self.markRead(version, by: recorded.captureID, db)
                    return recorded
                case .unreadable(let capture):
                    try Self.markFailed(version, day: day, db)
                    return try writer.record(capture)
                case .failed:
                    try Self.markFailed(version, day: day, db)
                    return nil
                }
            }
        }
    }

    private static func markRead(_ version: ArchivedVersion, by attempt: Int64, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE archive_version SET attempt_id = ? WHERE stamp_minute = ? AND key = ?
                AND document_id = (SELECT id FROM document WHERE url = ?)
                """
        ).execute(arguments: [attempt, version.stamp.sinceEpoch, version.key.rawValue, version.document.url])
    }

    private static func markFailed(_ version: ArchivedVersion, day: Int, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE archive_version SET failed_days = failed_days + 1, last_failed_day = ?1
                WHERE stamp_minute = ?2 AND key = ?3 AND last_failed_day IS NOT ?1
                AND document_id = (SELECT id FROM document WHERE url = ?4)
                """
        ).execute(arguments: [day, version.stamp.sinceEpoch, version.key.rawValue, version.document.url])
    }
}
