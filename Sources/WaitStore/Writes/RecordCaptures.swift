import Foundation
import GRDB
package import WaitCore

extension WaitDatabase {
    /// Stores captures in one transaction: bytes first, then what they say. A capture is never split over two.
    ///
    /// The same document again adds a capture row and nothing else.
    /// - Throws: GRDB's `DatabaseError`; then none of `captures` is stored.
    package func record(_ captures: [Capture]) throws -> [CaptureResult] {
        try write { db in try CaptureWriter.record(captures, db) }
    }

    /// The same, without holding a thread while another task or process writes.
    /// - Throws: also `CancellationError`; then none of `captures` is stored.
    package func recordSuspending(_ captures: [Capture]) async throws -> [CaptureResult] {
        try await suspendingWrite { db in try CaptureWriter.record(captures, db) }
    }

    /// Sets the life of feeds as the settings say; nothing is written where it is so already.
    package func setLives(_ lives: [String: Feed.Life]) throws {
        try write { db in
            for (feed, life) in lives { try Schema.setLife(life, of: feed, db) }
        }
    }
}

/// Writes captures within one transaction; phrases and names met before are remembered for its length.
final class CaptureWriter {
    let db: Database
    let phrases: PhraseIDs
    let places: PlaceNames
    private var packed: [String: PackedDays] = [:]
    private var lives: [String: Feed.Life] = [:]
    /// Datasets with a capture that may be an edition, or confirm one.
    private var touched: [String: Dataset] = [:]
    /// The newest document of a dataset, read already; the others of a group are read again, so that memory holds one.
    private var newest: (payload: Int64, dataset: String, rows: RowSet)?

    /// Writes what `body` tells it, and then what is derived from that.
    static func writing<Result>(_ db: Database, _ body: (CaptureWriter) throws -> Result) throws -> Result {
        let writer = CaptureWriter(db)
        let result = try body(writer)
        try writer.finishDerived()
        return result
    }

    static func record(_ captures: [Capture], _ db: Database) throws -> [CaptureResult] {
        try writing(db) { writer in try captures.map(writer.record) }
    }

    private init(_ db: Database) {
        self.db = db
        phrases = PhraseIDs(db)
        places = PlaceNames(db)
    }

    func packedDays(of table: ReadingTable) throws -> PackedDays {
        if let days = packed[table.name] { return days }
        let days = try PackedDays(db, table: table)
        packed[table.name] = days
        return days
    }

    /// Writes the packed days of what was written so far.
    func finishPacked() throws {
        for days in packed.values { try days.finish() }
        packed = [:]
    }

    /// Writes what is derived from what was written so far: packed days, and rows of datasets.
    private func finishDerived() throws {
        try finishPacked()
        for (id, dataset) in touched.sorted(by: { $0.key < $1.key }) {
            let read = newest.flatMap { $0.dataset == id ? ($0.payload, $0.rows) : nil }
            try TableWriter(dataset, read: read, db).update()
        }
        (touched, newest) = ([:], nil)
    }

    /// Has the dataset's tables brought up to date at the end.
    func touch(_ dataset: Dataset) { touched[dataset.id] = dataset }

    /// Stores one capture from coarse to fine: bytes, the attempt, what could not be read, what could.
    func record(_ capture: Capture) throws -> CaptureResult {
        var row = AttemptRow(capture)
        let content = try admittedContent(of: capture)
        if case .body(let body) = capture.answer {
            row.payloadID = try PayloadRows.id(of: body, db)
        }
        if let content { row.read(content) }
        try row.insert(db)
        let faults = content.map(Faults.of) ?? Self.refusal(of: capture)
        try Faults.keep(
            faults, of: Faults.Source(document: row.documentID, payload: row.payloadID), attempt: row.id, db)
        var added = Added()
        if case .success(let content)? = content {
            added = try write(content, feed: capture.feed, document: capture.document, attempt: row)
        }
        row.outcome = content.map { Self.outcome(of: $0, added: added) } ?? Self.outcome(of: capture)
        try row.seal(db)
        if let dataset = capture.feed.dataset, row.payloadID != nil || row.outcome == .notModified { touch(dataset) }
        return CaptureResult(
            captureID: row.id, outcome: row.outcome, observedAt: row.observedAt, added: added.rows, faults: faults,
            error: row.error, unrecognised: phrases.takeUnrecognised(), unreadQuotas: added.unreadQuotas.sorted(),
            missingFigures: added.missingFigures, drift: added.drift, newPlaces: places.takeUnplaced(),
            revisions: added.revisions)
    }

    /// What a capture's document says, or why its time cannot be; nil where no document came.
    private func admittedContent(of capture: Capture) throws -> Result<DocumentContent, ReadFault>? {
        guard case .body(let body) = capture.answer else { return nil }
        guard case .success(let content) = body.content else { return body.content }
        return try admitted(
            content, of: capture.feed, origin: capture.origin, capturedAt: capture.capturedAt,
            answeredAt: body.answeredAt)
    }

    /// What a document says, or why its time cannot be, as `UpdateTimeRule` has it.
    func admitted(
        _ content: DocumentContent, of feed: Feed, origin: Capture.Origin, capturedAt: Date, answeredAt: Date?
    ) throws -> Result<DocumentContent, ReadFault> {
        guard let table = ReadingTable.of(feed: feed.id) else { return .success(content.captured(at: capturedAt)) }
        let rule = UpdateTimeRule(
            origin: origin, capturedAt: HongKongMinute(secondsSince1970: capturedAt.timeIntervalSince1970),
            answeredAt: answeredAt.map { HongKongMinute(secondsSince1970: $0.timeIntervalSince1970) },
            life: try life(of: feed))
        return try rule.admitted(content) { try table.newestMinute(upTo: $0, db) }
    }

    /// The feed's life as the record has it, by the settings.
    private func life(of feed: Feed) throws -> Feed.Life {
        if let life = lives[feed.id] { return life }
        let row = try Row.fetchOne(
            db, sql: "SELECT life_from_minute, life_to_minute FROM feed WHERE name = ?", arguments: [feed.id])
        let life = Feed.Life(
            from: try row?.minute("life_from_minute"),
            to: try row?.minute("life_to_minute"))
        lives[feed.id] = life
        return life
    }

    /// Writes what a document says; rows that are there already stay as they are.
    func write(_ content: DocumentContent, feed: Feed, document: Document, attempt: AttemptRow) throws -> Added {
        var added = try writeRows(of: content, feed: feed, document: document, attempt: attempt)
        added.names = places.takeEntered()
        added.drift = try DriftRows.keep(content.drift, document: attempt.documentID, attempt: attempt.id, db)
        return added
    }

    private func writeRows(
        of content: DocumentContent, feed: Feed, document: Document, attempt: AttemptRow
    ) throws -> Added {
        switch content {
        case .waits(let waits):
            try ReadingWriter(self, feed: feed, language: document.language).write(
                waits, attempt: attempt.id, origin: attempt.origin)
        case .quotas(let quotas):
            try QuotaWriter(self, language: document.language ?? .en).write(quotas, attempt: attempt.id)
        case .places(let directory):
            try DirectoryWriter(self, feed: feed, document: document).write(directory, attempt: attempt)
        case .rows(let rows): try addedRows(rows, of: feed, attempt: attempt)
        }
    }

    /// Bytes that the document never had are news; which rows they change is known once the captures are in their order.
    private func addedRows(_ rows: RowSet, of feed: Feed, attempt: AttemptRow) throws -> Added {
        if let payload = attempt.payloadID { newest = (payload, feed.id, rows) }
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM attempt WHERE document_id = ? AND payload_id = ? AND id < ?)"),
            arguments: [attempt.documentID, attempt.payloadID, attempt.id])
        return Added(rows: isKnown == true ? 0 : rows.count)
    }

    /// What was wrong with an answer that was not taken in.
    private static func refusal(of capture: Capture) -> [ReadFault] {
        if case .refused(let fault) = capture.answer { [fault] } else { [] }
    }

    /// The outcome of an answer that is not a document.
    private static func outcome(of capture: Capture) -> Outcome {
        switch capture.answer {
        case .notModified: .notModified
        case .httpError: .httpError
        case .unreachable: .unreachable
        case .refused, .body: .quarantined
        }
    }

    static func outcome(of content: Result<DocumentContent, ReadFault>, added: Added) -> Outcome {
        guard case .success(let content) = content, content.recordCount > 0 else { return .quarantined }
        guard content.faults.isEmpty else { return .partial }
        return added.isNews ? .new : .duplicate
    }
}

/// What a document brought that was not there.
struct Added {
    var rows = 0
    var revisions = 0
    /// Names of places met for the first time.
    var names = 0
    /// Figures without a text, in readings that were not there.
    var missingFigures = 0
    /// Texts that are neither a quota nor the lack of one, in records that were not there.
    var unreadQuotas: Set<String> = []
    /// What is reported about the document's keys for the first time.
    var drift: [Drift] = []

    var isNews: Bool { rows + revisions + names > 0 }
}
