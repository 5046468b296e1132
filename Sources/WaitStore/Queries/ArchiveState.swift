import GRDB
package import WaitCore

/// What is held and what is missing of a document's archived versions.
package struct ArchiveState: Sendable {
    /// Day number and key → when its listing was last read whole.
    package let askedAt: [DayKey: HongKongMinute]
    /// Listed versions that were not read yet, by stamp, rising.
    package let unread: [ArchivedVersion]
    /// Those of them that never failed: a bundle that was read already lacks the others.
    package let untried: [ArchivedVersion]
    /// How many listed versions were read.
    package let readCount: Int

    package struct DayKey: Hashable, Sendable {
        package let day: Int
        package let key: ArchiveKey

        package init(day: Int, key: ArchiveKey) {
            (self.day, self.key) = (day, key)
        }
    }
}

extension WaitDatabase {
    /// What the archive has answered about a document over the days of `range`.
    package func archiveState(of document: Document, in range: TimeRange) throws -> ArchiveState {
        try access.read { db in
            let id = try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE url = ?", arguments: [document.url])
            let days = try Row.fetchAll(
                db, sql: "SELECT day, key, asked_unix FROM archive_day WHERE document_id = ? AND day BETWEEN ? AND ?",
                arguments: [id, range.from.dayNumber, range.to.adding(minutes: -1).dayNumber])
            let versions = try Row.fetchAll(
                db,
                sql: """
                    SELECT stamp_minute, key, attempt_id, failed_days FROM archive_version
                    WHERE document_id = ? AND stamp_minute >= ? AND stamp_minute < ? ORDER BY stamp_minute, key DESC
                    """, arguments: [id, range.from.sinceEpoch, range.to.sinceEpoch])
            let unread = versions.filter { $0["attempt_id"] == nil }
            return ArchiveState(
                askedAt: try Dictionary(
                    days.compactMap { row in
                        try ArchiveKey(rawValue: row["key"]).map {
                            (try .init(day: row["day"], key: $0), try row.instant("asked_unix"))
                        }
                    }, uniquingKeysWith: max),
                unread: try unread.compactMap { try Self.version($0, of: document) },
                untried: try unread.filter { try $0["failed_days"] == 0 }.compactMap {
                    try Self.version($0, of: document)
                },
                readCount: versions.count { $0["attempt_id"] != nil })
        }
    }

    private static func version(_ row: Row, of document: Document) throws -> ArchivedVersion? {
        try ArchiveKey(rawValue: row["key"]).map {
            ArchivedVersion(document: document, key: $0, stamp: try row.minute("stamp_minute"))
        }
    }
}

extension WaitDatabase {
    /// Bytes that the document's last payload has; nil where there is none yet.
    package func usualBytes(of document: Document) throws -> Int? {
        try access.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT bytes FROM payload WHERE id = (SELECT payload_id FROM attempt
                        JOIN document ON document.id = document_id WHERE url = ? AND payload_id IS NOT NULL
                        ORDER BY attempt.id DESC LIMIT 1)
                    """, arguments: [document.url]
            ).map { min(max($0, 0), Deflate.mostBytes) }
        }
    }
}
