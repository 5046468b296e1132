import Foundation
import GRDB
import WaitCore

/// Payloads against their digests, and captures, faults and rows against what the payloads say.
extension Verifier {
    func checkPayloads(progress: (Int, Int) -> Void) throws {
        let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM payload") ?? 0
        let payloads = try Row.fetchCursor(db, sql: "SELECT id, sha256, bytes, deflated FROM payload ORDER BY id")
        while let payload = try payloads.next() {
            report.payloads += 1
            progress(report.payloads, total)
            let id: Int64 = try payload["id"]
            try checking("payload", row: "payload \(id)") {
                if let bytes = try checkedBytes(payload) { try check(bytes, payload: id) }
            }
        }
    }

    private func checkedBytes(_ payload: Row) throws -> Data? {
        let sha256: Data = try payload["sha256"]
        let name = "SHA-256 \(sha256.hexText)"
        guard let bytes = try Deflate.decompress(payload["deflated"], byteCount: payload["bytes"]) else {
            found("payload", name, "Its bytes cannot be decompressed to their stated size.")
            return nil
        }
        guard SHA256.hash(data: bytes) == sha256 else {
            found("payload", name, "Its bytes do not have this digest.")
            return nil
        }
        return bytes
    }

    private func check(_ bytes: Data, payload: Int64) throws {
        let attempts = try VerifiedAttempt.all(of: payload, catalogue, db)
        if attempts.isEmpty, try !isUnderUnknownFeed(payload) {
            found("payload", "payload \(payload)", "No capture refers to it.")
        }
        var met: [(attempt: VerifiedAttempt, faults: [ReadFault])] = []
        for attempt in attempts {
            let content = attempt.content(of: bytes)
            check(attempt, against: content)
            met.append((attempt, Faults.of(content).map(\.storable)))
            if case .success(let content) = content { try check(content, of: attempt) }
        }
        for (document, met) in Dictionary(grouping: met, by: \.attempt.documentID) {
            try checkFaults(
                Dictionary(met.map { ($0.attempt.id, $0.faults) }) { first, _ in first }, payload: payload,
                document: document, last: met.last?.attempt.id ?? 0)
        }
    }

    /// Whether captures refer to the payload, of a feed that this version does not know: that is reported once, for the feed.
    private func isUnderUnknownFeed(_ payload: Int64) throws -> Bool {
        let feeds = try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT feed.name FROM attempt JOIN document ON document.id = attempt.document_id
                JOIN feed ON feed.id = document.feed_id WHERE attempt.payload_id = ?
                """, arguments: [payload])
        return feeds.contains { catalogue.feed($0) == nil }
    }

    private func check(_ attempt: VerifiedAttempt, against content: Result<DocumentContent, ReadFault>) {
        let observed: HongKongMinute? = if case .success(.waits(let waits)) = content { waits.observedAt } else { nil }
        if attempt.observedAt != observed {
            found("attempt", "capture \(attempt.id)", "Its observed time is not the one in its document.")
        }
        let expected = CaptureWriter.outcome(of: content, added: Added())
        let isRead = attempt.outcome == .new || attempt.outcome == .duplicate
        guard attempt.outcome != expected, !(expected == .duplicate && isRead) else { return }
        found(
            "attempt", "capture \(attempt.id)",
            "Its outcome is \(attempt.outcome.rawValue), its document reads as \(expected.rawValue).")
    }

    /// A payload's faults at a document are those that its last capture met, and name one of the captures that met the same.
    private func checkFaults(
        _ faultsByAttempt: [Int64: [ReadFault]], payload: Int64, document: Int64, last: Int64
    ) throws {
        let faults = faultsByAttempt[last] ?? []
        let stored = try Faults.stored(payload: payload, document: document, db)
        let (known, kept) = (Set(faults), Set(stored))
        for fault in stored where !known.contains(fault) {
            found("fault", "record \(fault.record ?? 0) of capture \(last)", "The document does not hold what it says.")
        }
        for fault in faults where !kept.contains(fault) {
            found(
                "fault", "record \(fault.record ?? 0) of capture \(last)",
                "The document holds a fault that is not kept: \(fault.reason)")
        }
        if stored.count > faults.count { found("fault", "payload \(payload)", "A fault is listed twice.") }
        let named = try Int64.fetchSet(
            db, sql: "SELECT attempt_id FROM fault WHERE payload_id = ? AND document_id = ?",
            arguments: [payload, document])
        if named.count > 1 || named.contains(where: { faultsByAttempt[$0] != faults }) {
            found("fault", "payload \(payload)", "It names a capture that did not meet it.")
        }
    }

    private func check(_ content: DocumentContent, of attempt: VerifiedAttempt) throws {
        if drifters.contains(attempt.id) { drift[attempt.id] = Set(content.drift) }
        switch content {
        case .waits(let waits):
            let names = waits.readings.map(\.hospitalName)
            waitNames.formUnion(names)
            note(names, places: [], of: attempt)
            try check(waits, of: attempt)
        case .quotas(let quotas):
            note(quotas.records.map(\.clinicName), places: [], of: attempt)
            try check(quotas, of: attempt)
        case .places(let directory):
            for place in directory.places {
                directoryNames[place.kind, default: []].formUnion(place.names)
                guard place.hasEmergency == true else { continue }
                emergencyNames[place.kind, default: []].formUnion(place.names)
            }
            note(directory.places.flatMap(\.names), places: directory.places, of: attempt)
        case .rows: break  // By editions: `TableVerifier`.
        }
    }

    private func note(_ names: [String], places: [PublishedPlace], of attempt: VerifiedAttempt) {
        guard sources.contains(attempt.id) else { return }
        sourceDocuments[attempt.id] = SourceDocument(attempt: attempt, names: Set(names), places: places)
    }

    /// Every row must be accounted for by the capture it names.
    func checkClaims() throws {
        for table in ReadingTable.all.map(\.name) + ["quota_record"] {
            let counts = try Row.fetchAll(db, sql: "SELECT attempt_id, count(*) FROM \(table) GROUP BY attempt_id")
            for row in counts where try claims[table]?[row[0]] ?? 0 != row[1] as Int {
                found(
                    table, "rows of capture \(try row[0] as Int64)",
                    "The document of that capture does not hold all of them.")
            }
        }
        for row in try Row.fetchAll(db, sql: "SELECT id, metric, attempt_id FROM disagreement") {
            guard try !explainedDisagreements.contains(row["id"]) else { continue }
            found(
                "disagreement", try "\(row["metric"] as String) of capture \(row["attempt_id"] as Int64)",
                "The document does not hold it, or what stands is not what it says.")
        }
        try checkFaultSources()
        try checkDrift()
    }

    /// Every row of `drift` must be what the document of the capture it names says.
    private func checkDrift() throws {
        let rows = try Row.fetchAll(
            db, sql: "SELECT d.*, a.document_id AS source FROM drift d LEFT JOIN attempt a ON a.id = d.attempt_id")
        for row in rows {
            let key: String = try row["key"]
            let change = Drift.Change(rawValue: try row["change"]).map { Drift(key: key, change: $0) }
            let attempt: Int64 = try row["attempt_id"]
            let isKnown = change.flatMap { drift[attempt]?.contains($0) } ?? false
            guard try !isKnown || row["document_id"] as Int64? != row["source"] else { continue }
            found("drift", key, "The document of the capture it names does not say so.")
        }
    }

    /// Every fault must name a capture of its document and bytes, and every answer that was not taken in have one.
    private func checkFaultSources() throws {
        let strangers = try Int64.fetchAll(
            db,
            sql: """
                SELECT attempt_id FROM fault f LEFT JOIN attempt a ON a.id = f.attempt_id
                WHERE (a.document_id, a.payload_id) IS NOT (f.document_id, f.payload_id)
                OR f.payload_id IS NULL AND a.outcome <> 'quarantined'
                """)
        for attempt in strangers {
            found("fault", "capture \(attempt)", "It names a capture of another document or of other bytes.")
        }
        let unexplained = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM attempt WHERE outcome = 'quarantined' AND payload_id IS NULL
                AND id NOT IN (SELECT attempt_id FROM fault WHERE payload_id IS NULL)
                """)
        for attempt in unexplained {
            found("fault", "capture \(attempt)", "Its answer was not taken in, and what was wrong is gone.")
        }
    }
}

/// A capture with bytes, as the table has it.
struct VerifiedAttempt {
    let id: Int64
    let documentID: Int64
    let feed: Feed
    let document: Document
    let capturedUnix: Int
    let observedAt: HongKongMinute?
    let outcome: Outcome
    let origin: Capture.Origin
    let error: String?

    var capturedAt: Date { Date(timeIntervalSince1970: Double(capturedUnix)) }

    /// What its bytes say, or why their time cannot be, as it was decided when it was stored.
    func content(of bytes: Data) -> Result<DocumentContent, ReadFault> {
        let content = Body.read(bytes, of: document, in: feed)
        guard case .success(let read) = content else { return content }
        return UpdateTimeRule.decided(read.captured(at: capturedAt), outcome: outcome, error: error)
    }

    /// Captures of a payload in the order they were made, by the feed that their document's row names: an address that this
    /// version does not know, or knows as a former one, says nothing of how a document is read.
    static func all(of payload: Int64, _ catalogue: Catalogue, _ db: Database) throws -> [VerifiedAttempt] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT attempt.*, document.url AS url, document.language AS language, feed.name AS feed FROM attempt
                    JOIN document ON document.id = attempt.document_id JOIN feed ON feed.id = document.feed_id
                    WHERE payload_id = ? ORDER BY attempt.id
                    """),
            arguments: [payload]
        ).compactMap { try VerifiedAttempt($0, catalogue) }
    }

    init?(_ row: Row, _ catalogue: Catalogue) throws {
        guard let feed = catalogue.feed(try row["feed"]), let outcome = Outcome(rawValue: try row["outcome"]),
            let origin = Capture.Origin(rawValue: try row["origin"])
        else { return nil }
        let url: String = try row["url"]
        let language = (try row["language"] as String?).flatMap(Language.init)
        id = try row["id"]
        self.feed = feed
        let isOfDataset = feed.dataset != nil
        document =
            feed.documents.first { isOfDataset ? $0.isAt(url) : $0.url == url }
            ?? Document(url: url, language: language)
        self.outcome = outcome
        documentID = try row["document_id"]
        capturedUnix = try row.unix("captured_unix")
        self.origin = origin
        error = try row["error"]
        observedAt = try row.minute("observed_minute")
    }
}

extension Data {
    /// Lower-case hexadecimal digits.
    package var hexText: String {
        map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }
}
