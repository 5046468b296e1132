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
    /// The archive said that it has not got it: counted, and asked again another day.
    case absent
    /// No answer about this version: it stays open, and no failure is counted.
    case unanswered
}

extension WaitDatabase {
    /// Keeps a listing that was read whole: its days, and the versions it names.
    ///
    /// A day of which nothing is listed though it was captured live is doubted: it counts as asked about only once the archive
    /// says the same on another day.
    package func record(
        _ listing: ArchiveListing, of document: Document, key: ArchiveKey, days: [HongKongMinute],
        askedAt: HongKongMinute
    ) throws {
        try write { db in
            let id = try Documents.id(of: document.url, db)
            for stamp in listing.stamps {
                try ArchiveVersionRow(document: id, stamp: stamp.sinceEpoch, key: key).insertIfNew(db)
            }
            for day in days {
                let doubt = ArchiveDoubt(document: id, key: key, day: day)
                guard try !doubt.holds(on: askedAt.dayNumber, db) else { continue }
                try ArchiveDayRow(document: id, key: key, day: day.dayNumber, askedUnix: askedAt.secondsSince1970).save(
                    db)
            }
        }
    }

    /// Stores what came of asking for versions, in one transaction: captures, and which versions they were.
    ///
    /// - Parameter day: today in Hong Kong, as a number: failures count once a day.
    package func record(_ answers: [(version: ArchivedVersion, answer: VersionAnswer)], day: Int) throws
        -> [CaptureResult]
    {
        try write { db in
            try CaptureWriter.writing(db) { writer in
                try answers.compactMap { try Self.record($1, of: $0, day: day, writer) }
            }
        }
    }

    private static func record(
        _ answer: VersionAnswer, of version: ArchivedVersion, day: Int, _ writer: CaptureWriter
    ) throws -> CaptureResult? {
        var row = try ArchiveVersionRow.fetch(version, writer.db)
        var recorded: CaptureResult?
        switch answer {
        case .read(let capture):
            let answer = try writer.record(capture)
            recorded = answer
            // A version whose time cannot be holds no reading: the same as one that cannot be read.
            if answer.outcome == .quarantined { row.fail(on: day) } else { row.attempt = answer.captureID }
        case .unreadable(let capture):
            recorded = try writer.record(capture)
            row.fail(on: day)
        case .absent:
            row.fail(on: day)
        case .unanswered:
            return nil
        }
        try row.update(writer.db)
        return recorded
    }
}
