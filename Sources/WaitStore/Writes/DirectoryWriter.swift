import Foundation
import GRDB
import WaitCore

/// Refreshes places from a directory document: identity survives renaming, new places come in, none goes.
struct DirectoryWriter {
    private let writer: CaptureWriter
    private let feed: Feed
    private let document: Document

    init(_ writer: CaptureWriter, feed: Feed, document: Document) {
        (self.writer, self.feed, self.document) = (writer, feed, document)
    }

    func write(_ directory: DirectoryDocument, attempt: AttemptRow) throws -> Added {
        guard let kind = directory.places.first?.kind else { return Added() }
        let matches = PlaceMatching.match(directory.places, with: try knownPlaces(of: kind))
        var added = Added()
        for (place, match) in zip(directory.places, matches) {
            let isNews: Bool
            let id: Int64
            if let match {
                (id, isNews) = (match, try refresh(match, with: place, attempt: attempt))
            } else {
                (id, isNews) = (try PlaceRow.insert(writer.db, row(of: place, attempt: attempt)), true)
            }
            added.rows += isNews ? 1 : 0
            for name in [place.name.en, place.name.tc, place.name.sc] {
                try writer.places.enter(name, of: id, kind: kind, matchedBy: .directory, attempt: attempt.id)
            }
        }
        return added
    }

    private func knownPlaces(of kind: PlaceKind) throws -> [KnownPlace] {
        let keys = try Row.fetchAll(
            writer.db, sql: "SELECT place_id, key FROM place_name WHERE kind = ? AND key <> ''",
            arguments: [kind.rawValue])
        let keysByPlace = try Dictionary(grouping: keys) { try $0["place_id"] as Int64 }
        return try Row.fetchAll(
            writer.db, sql: "SELECT id, latitude, longitude FROM place WHERE kind = ?", arguments: [kind.rawValue]
        ).map { row in
            let id: Int64 = try row["id"]
            return try KnownPlace(
                id: id, coordinates: Self.coordinates(row), nameKeys: Set((keysByPlace[id] ?? []).map { try $0["key"] })
            )
        }
    }

    private static func coordinates(_ row: Row) throws -> Coordinates? {
        guard let latitude: Double = try row["latitude"], let longitude: Double = try row["longitude"] else {
            return nil
        }
        return Coordinates(latitude: latitude, longitude: longitude)
    }

    /// Takes the directory's facts unless a document that comes before it said otherwise; returns whether anything is new.
    private func refresh(_ id: Int64, with place: PublishedPlace, attempt: AttemptRow) throws -> Bool {
        let standing = try standing(of: id, attempt: attempt)
        guard standing != .elder else { return false }
        let row = row(of: place, attempt: attempt)
        try writer.db.execute(
            sql: """
                UPDATE place SET name_en = ?2, name_tc = ?3, name_sc = ?4, cluster_en = ?5, cluster_tc = ?6, cluster_sc = ?7,
                    address_en = ?8, address_tc = ?9, address_sc = ?10, latitude = ?11, longitude = ?12,
                    coordinates_source = ?13, attempt_id = ?14, is_emergency = max(is_emergency, ?15)
                WHERE id = ?1 AND (attempt_id IS NULL OR ?16 OR
                    (name_en, name_tc, name_sc, cluster_en, cluster_tc, cluster_sc, address_en, address_tc, address_sc,
                     latitude, longitude, max(is_emergency, ?15))
                    IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, is_emergency))
                """,
            arguments: [
                id, row.name.en, row.name.tc, row.name.sc, row.cluster.en, row.cluster.tc, row.cluster.sc,
                row.address.en,
                row.address.tc, row.address.sc, row.coordinates?.latitude, row.coordinates?.longitude,
                row.coordinatesSource, row.attemptID, row.isEmergency, standing == .successor,
            ])
        return writer.db.changesCount > 0
    }

    /// What a document is to the one that a place's facts are from.
    private enum Standing {
        /// It came before and changes nothing.
        case elder
        case equal
        /// It stands later in the feed's list: the facts are its own from now on, even where they are the same.
        case successor
    }

    /// Later in the feed's list of documents wins (fmc over gop), and of one document the later capture.
    private func standing(of id: Int64, attempt: AttemptRow) throws -> Standing {
        let source = try Row.fetchOne(
            writer.db,
            sql: """
                SELECT document.url AS url, attempt.captured_unix AS captured FROM place
                JOIN attempt ON attempt.id = place.attempt_id JOIN document ON document.id = attempt.document_id
                WHERE place.id = ?
                """,
            arguments: [id])
        guard let source else { return .equal }
        let sourceRank = try feed.documents.firstIndex { try $0.url == source["url"] } ?? 0
        let rank = feed.documents.firstIndex(of: document) ?? 0
        guard rank == sourceRank else { return rank > sourceRank ? .successor : .elder }
        return try attempt.capturedUnix >= source["captured"] ? .equal : .elder
    }

    private func row(of place: PublishedPlace, attempt: AttemptRow) -> PlaceRow {
        PlaceRow(
            kind: place.kind, code: PlaceName.slug(of: place.name.en), isEmergency: place.hasEmergency ?? false,
            name: place.name, cluster: place.cluster, address: place.address, coordinates: place.coordinates,
            coordinatesSource: Self.source(document, capturedUnix: attempt.capturedUnix), attemptID: attempt.id)
    }

    /// The document that coordinates are from, with the day of the capture: `https://… (2026-11-14)`.
    static func source(_ document: Document, capturedUnix: Int) -> String {
        "\(document.url) (\(HongKongMinute(secondsSince1970: Double(capturedUnix)).dayText))"
    }
}
