import Foundation
import GRDB
import WaitCore

/// Refreshes places from a directory document: identity survives renaming, new places come in, and two that turn out to be
/// one become one; none goes.
struct DirectoryWriter {
    private let writer: CaptureWriter
    private let feed: Feed
    private let document: Document

    init(_ writer: CaptureWriter, feed: Feed, document: Document) {
        (self.writer, self.feed, self.document) = (writer, feed, document)
    }

    func write(_ directory: DirectoryDocument, attempt: AttemptRow) throws -> Added {
        guard let kind = directory.places.first?.kind else { return Added() }
        var added = Added()
        added.rows += try mergeNameless(kind)
        let known = try knownPlaces(of: kind)
        let firsts = PlaceMatching.firsts(directory.places, with: known)
        let listed = directory.places.indices.filter { firsts[$0] == $0 }.map { directory.places[$0] }
        let matches = PlaceMatching.match(listed, with: known)
        var ids: [Int: Int64] = [:]
        for (place, match) in zip(listed, matches) {
            let (id, isNews) = try enter(place, match: match, attempt: attempt)
            ids[place.record] = id
            added.rows += isNews ? 1 : 0
        }
        for (place, first) in zip(directory.places, firsts) {
            guard let id = ids[directory.places[first].record] else { continue }
            for name in place.names where !name.isEmpty {
                try writer.places.enter(name, of: id, kind: kind, matchedBy: .directory, attempt: attempt.id)
            }
            added.rows += try takeIn(place, id: id, besides: Set(ids.values), attempt: attempt.id)
        }
        return added
    }

    /// The place of an entry, with the entry's facts, and whether anything of it is new.
    private func enter(_ place: PublishedPlace, match: Int64?, attempt: AttemptRow) throws -> (id: Int64, isNews: Bool)
    {
        if let match { return (match, try refresh(match, with: place, attempt: attempt)) }
        if let known = try known(place) { return (known, false) }
        return (try PlaceRow.insert(writer.db, row(of: place, attempt: attempt)), true)
    }

    /// The place of an entry that matches none: what the settings say its English name means, or, where it has no coordinates to
    /// know it by next time, the place that has one of its names.
    private func known(_ place: PublishedPlace) throws -> Int64? {
        if try Upkeep.state(of: .sameName, subject: place.name.en, writer.db) != nil {
            return try writer.places.find(place.name.en, kind: place.kind)?.placeID
        }
        let point: Coordinates? = place.coordinates
        guard point == nil else { return nil }
        for name in place.names {
            if let known = try writer.places.find(name, kind: place.kind) { return known.placeID }
        }
        return nil
    }

    /// Takes in places heard of by name only, before a directory said which place that is; returns how many.
    private func takeIn(
        _ place: PublishedPlace, id: Int64, besides others: Set<Int64>, attempt: Int64
    ) throws -> Int {
        let keys = Set(place.names.map(PlaceName.key)).subtracting([""])
        let marks = Array(repeating: "?", count: keys.count).joined(separator: ", ")
        let unplaced = try Int64.fetchAll(
            writer.db,
            sql: """
                SELECT DISTINCT place_id FROM place_name JOIN place ON place.id = place_id
                WHERE place.kind = ? AND place.attempt_id IS NULL AND coordinates_source IS NULL AND place_id <> ?
                AND key IN (\(marks)) ORDER BY 1
                """,
            arguments: StatementArguments(
                [place.kind.rawValue.databaseValue, id.databaseValue] + keys.sorted().map(\.databaseValue)))
        return try unplaced.filter { !others.contains($0) }.count {
            try PlaceMerge(writer).merge($0, into: id, because: .listed(names: Set(place.names), attempt: attempt))
        }
    }

    /// Takes in places that earlier versions made of one that a directory listed twice: they have no name of their own.
    private func mergeNameless(_ kind: PlaceKind) throws -> Int {
        let rows = try Row.fetchAll(
            writer.db,
            sql: """
                SELECT d.id AS double, min(p.id) AS place FROM place d JOIN place p
                    ON p.kind = d.kind AND p.latitude = d.latitude AND p.longitude = d.longitude AND p.id <> d.id
                WHERE d.kind = ? AND NOT EXISTS (SELECT 1 FROM place_name WHERE place_id = d.id)
                AND EXISTS (SELECT 1 FROM place_name WHERE place_id = p.id) GROUP BY d.id
                """, arguments: [kind.rawValue])
        return try rows.count { try PlaceMerge(writer).merge($0["double"], into: $0["place"], because: .declared) }
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

    /// The columns of texts with what they become: what the directory leaves out stays as it was known.
    private static let texts: [(column: String, value: String)] = ["name", "cluster", "address"]
        .flatMap { stem in ["en", "tc", "sc"].map { "\(stem)_\($0)" } }.enumerated()
        .map { index, column in (column, "CASE WHEN ?\(index + 2) = '' THEN \(column) ELSE ?\(index + 2) END") }

    /// Takes the directory's facts unless a document that comes before it said otherwise; returns whether anything is new.
    private func refresh(_ id: Int64, with place: PublishedPlace, attempt: AttemptRow) throws -> Bool {
        let standing = try standing(of: id, attempt: attempt)
        guard standing != .elder else { return false }
        let row = row(of: place, attempt: attempt)
        try writer.db.execute(
            sql: """
                UPDATE place SET \(Self.texts.map { "\($0) = \($1)" }.joined(separator: ", ")),
                    latitude = ifnull(?11, latitude), longitude = ifnull(?12, longitude),
                    coordinates_source = ifnull(?13, coordinates_source), attempt_id = ?14,
                    is_emergency = max(is_emergency, ?15)
                WHERE id = ?1 AND (attempt_id IS NULL OR ?16 OR
                    (\(Self.texts.map(\.column).joined(separator: ", ")), latitude, longitude, max(is_emergency, ?15))
                    IS NOT (\(Self.texts.map(\.value).joined(separator: ", ")), ifnull(?11, latitude),
                        ifnull(?12, longitude), is_emergency))
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
        let sourceRank = rank(of: try source["url"])
        let rank = rank(of: document.url)
        guard rank == sourceRank else { return rank > sourceRank ? .successor : .elder }
        return try attempt.capturedUnix >= source["captured"] ? .equal : .elder
    }

    private func rank(of url: String) -> Int {
        feed.documents.firstIndex { $0.isAt(url) } ?? 0
    }

    private func row(of place: PublishedPlace, attempt: AttemptRow) -> PlaceRow {
        PlaceRow(
            kind: place.kind, code: PlaceName.slug(of: place.name.known), isEmergency: place.hasEmergency ?? false,
            name: place.name, cluster: place.cluster, address: place.address, coordinates: place.coordinates,
            coordinatesSource: place.coordinates.map { _ in
                Self.source(document, capturedUnix: attempt.capturedUnix)
            }, attemptID: attempt.id)
    }

    /// The document that coordinates are from, with the day of the capture: `https://… (2026-11-14)`.
    static func source(_ document: Document, capturedUnix: Int) -> String {
        "\(document.url) (\(HongKongMinute(secondsSince1970: Double(capturedUnix)).dayText))"
    }
}
