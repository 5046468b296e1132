import GRDB
import WaitCore

/// Writes the readings of an A&E document; the first read of a (hospital, time) stands.
struct ReadingWriter {
    private let writer: CaptureWriter
    private let table: ReadingTable
    private let language: Language?
    private let insertSQL: String

    init(_ writer: CaptureWriter, feed: Feed, language: Language?) throws {
        guard let table = ReadingTable.of(feed: feed.id) else {
            throw StoreError(code: .other, message: "The feed \(feed.id) has no table for readings.")
        }
        self.writer = writer
        self.table = table
        self.language = language
        let marks = Array(repeating: "?", count: table.columns.count + 3).joined(separator: ", ")
        insertSQL = """
            INSERT INTO \(table.name) (hospital_id, observed_minute, \(table.columns.joined(separator: ", ")), attempt_id)
            VALUES (\(marks)) ON CONFLICT DO NOTHING
            """
    }

    func write(_ waits: WaitDocument, attempt: Int64, origin: Capture.Origin) throws -> Added {
        try enterNames(of: waits.readings, attempt: attempt)
        let insert = try writer.db.cachedStatement(sql: insertSQL)
        let packed = try writer.packedDays(of: table)
        var added = Added()
        for reading in waits.readings {
            let hospital = try writer.places.resolve(
                reading.hospitalName, kind: .hospital, language: language, attempt: attempt
            ).placeID
            let key = ReadingKey(hospital: hospital, observedAt: reading.observedAt)
            let phrases = try phraseIDs(reading)
            insert.setUncheckedArguments(
                StatementArguments(
                    plain: [hospital, Int64(reading.observedAt.sinceEpoch)] + phrases + [attempt]))
            try insert.execute()
            if writer.db.changesCount > 0 {
                added.rows += 1
                added.missingFigures += phrases.count(where: writer.phrases.isMissing)
                try writer.places.markEmergency(hospital, in: table)
                try packed.add(
                    hospital: hospital, at: reading.observedAt, phrases: phrases, origin: origin)
            } else {
                added.revisions += try compare(reading, phrases: phrases, with: key, attempt: attempt)
            }
        }
        return added
    }

    /// Enters the names never met before; a hospital that has a reading already is not meant by another name of that moment.
    private func enterNames(of readings: [WaitDocument.PublishedReading], attempt: Int64) throws {
        var moments: [String: Set<HongKongMinute>] = [:]
        var claimed: [HongKongMinute: Set<Int64>] = [:]
        for reading in readings {
            if let known = try writer.places.find(reading.hospitalName, kind: .hospital) {
                claimed[reading.observedAt, default: []].insert(known.placeID)
            } else {
                moments[reading.hospitalName, default: []].insert(reading.observedAt)
            }
        }
        guard !moments.isEmpty else { return }
        for name in readings.map(\.hospitalName) {
            guard let moments = moments.removeValue(forKey: name) else { continue }
            let taken = moments.reduce(into: Set<Int64>()) { $0.formUnion(claimed[$1] ?? []) }
            let place = try writer.places.resolve(
                name, kind: .hospital, language: language, attempt: attempt, besides: taken
            ).placeID
            for moment in moments { claimed[moment, default: []].insert(place) }
        }
    }

    private func phraseIDs(_ reading: WaitDocument.PublishedReading) throws -> [Int64] {
        try zip(table.kinds, reading.texts).map { try writer.phrases.id(of: Phrase(kind: $0, text: $1)) }
    }

    /// Keeps what differs from the reading that stands; the same meaning in another text is no difference, nor is no text at all.
    private func compare(
        _ reading: WaitDocument.PublishedReading, phrases: [Int64], with key: ReadingKey, attempt: Int64
    ) throws -> Int {
        let kept = try keptTexts(key)
        var revisions = 0
        for (index, column) in table.columns.enumerated() where kept[index] != reading.texts[index] {
            let kind = table.kinds[index]
            let (ours, theirs) = (kept[index], reading.texts[index])
            guard Phrase(kind: kind, text: theirs).contradicts(Phrase(kind: kind, text: ours)) else { continue }
            revisions += try Revisions.keep(
                Revision(
                    feed: table.feed, place: key.hospital, observedMinute: key.observedAt.sinceEpoch, metric: column,
                    kept: ours, other: theirs),
                attempt: attempt, writer.db)
        }
        return revisions
    }

    private func keptTexts(_ key: ReadingKey) throws -> [String] {
        let texts = table.columns.map { "(SELECT text FROM phrase WHERE id = r.\($0))" }.joined(separator: ", ")
        let row = try Row.fetchOne(
            writer.db.cachedStatement(
                sql: "SELECT \(texts) FROM \(table.name) r WHERE hospital_id = ? AND observed_minute = ?"),
            arguments: [key.hospital, key.observedAt.sinceEpoch])
        return try row.map { row in try table.columns.indices.map { try row[$0] } } ?? []
    }

    private struct ReadingKey {
        let hospital: Int64
        let observedAt: HongKongMinute
    }
}
