import GRDB
import WaitCore

/// When each hospital is expected in the documents of a feed, worked out from the readings themselves.
///
/// A life begins with the first reading, of a shipped hospital with the feed's own; it ends with the last reading once the
/// hospital was absent from readable documents for 14 days, and begins again with the reading that brings it back. Days of which
/// there are no documents say nothing. A name that stood in fewer than eight documents counts nowhere.
/// Cost: a look-up by key for each 14 days of a hospital.
struct HospitalLives {
    /// As many documents must have a hospital before it counts.
    static let leastDocuments = 8
    static let daysUntilGone = 14
    private static let minutesUntilGone = daysUntilGone * 1_440

    private let table: ReadingTable
    private let life: FeedLife
    private let db: Database

    init(_ table: ReadingTable, life: FeedLife, _ db: Database) {
        self.table = table
        self.life = life
        self.db = db
    }

    init(_ table: ReadingTable, now: HongKongMinute, _ db: Database) throws {
        self.init(table, life: try FeedLife(table, now: now, db), db)
    }

    /// For questions about hospitals, not about slots.
    init(_ table: ReadingTable, _ db: Database) throws {
        try self.init(table, now: table.newestMinute(db) ?? HongKongMinute(sinceEpoch: 0), db)
    }

    /// An SQL condition over `place`: so many documents of the feed had the hospital that it counts.
    static func counts(in table: ReadingTable) -> String {
        """
        EXISTS (SELECT 1 FROM \(table.name) WHERE hospital_id = place.id LIMIT 1 OFFSET \(leastDocuments - 1))
        """
    }

    // MARK: Which hospitals count

    /// The hospitals that count, by code: those that have been in the feed since it began, and those that stood in eight documents.
    func counting() throws -> [(id: Int64, code: String)] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT id, code, \(Self.counts(in: table)) AS counts FROM place WHERE kind = 'hospital' ORDER BY code
                    """))
        return try rows.compactMap { row in
            let code: String = try row["code"]
            return try row["counts"] == true || isSinceLaunch(code) ? (row["id"], code) : nil
        }
    }

    /// Of those the ones that have not gone.
    func present() throws -> [(id: Int64, code: String)] {
        let newest = try table.newestMinute(db)?.sinceEpoch ?? 0
        return try counting().filter { hospital in
            let last = try lastReading(of: hospital.id, upTo: newest) ?? life.range.from.sinceEpoch
            return try newest - last < Self.minutesUntilGone || !isAbsent(from: last, to: nil)
        }
    }

    /// Whether the hospital ships as one that the feed has had since it began.
    private func isSinceLaunch(_ code: String) -> Bool {
        BundledPlaces.place(of: .hospital, code: code)?.feeds.contains(table.feed) ?? false
    }

    // MARK: Lives

    /// The hospital's periods of life within `range`, whole slots, rising; counted or not.
    /// - Parameter range: whole slots within the feed's life.
    func periods(of hospital: Int64, in range: TimeRange) throws -> [TimeRange] {
        guard !range.isEmpty, let beginning = try beginning(of: hospital, before: range.from) else { return [] }
        let gaps = try longGaps(of: hospital, from: beginning.minute, to: range.to.sinceEpoch)
        var periods: [TimeRange] = []
        var start: Int? = beginning.minute
        for gap in gaps {
            guard let begun = start, try isAbsent(from: gap.last, to: gap.next) else { continue }
            // The launch is not a reading: a hospital that came later began with its own.
            if beginning.isReading || gap.last > beginning.minute {
                periods.append(Self.slots(from: begun, through: gap.last))
            }
            start = gap.next
        }
        if let start {
            periods.append(TimeRange(from: HongKongMinute(sinceEpoch: start).slotStart, to: max(range.to, range.from)))
        }
        return periods.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
    }

    private static func slots(from first: Int, through last: Int) -> TimeRange {
        TimeRange(
            from: HongKongMinute(sinceEpoch: first).slotStart,
            to: HongKongMinute(sinceEpoch: last).slotStart.adding(minutes: 15))
    }

    /// Where the walk over the readings begins: the last reading up to `minute`, else the launch, else the first reading.
    private func beginning(of hospital: Int64, before minute: HongKongMinute) throws -> (minute: Int, isReading: Bool)?
    {
        if let last = try lastReading(of: hospital, upTo: minute.sinceEpoch) { return (last, true) }
        let launch = life.range.from.sinceEpoch
        let code = try String.fetchOne(
            db.cachedStatement(sql: "SELECT code FROM place WHERE id = ?"), arguments: [hospital])
        if let code, isSinceLaunch(code) { return (launch, false) }
        let first = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT min(observed_minute) FROM \(table.name) WHERE hospital_id = ?"),
            arguments: [hospital]
        ).map { try HongKongMinute(stored: $0).sinceEpoch }
        guard let first else { return nil }
        // Where the feed's beginning is not known, hospitals in its first document count as being there from the start.
        let wasThere = life.beginning == nil && first / 15 == (life.firstReading?.sinceEpoch ?? first) / 15
        return wasThere ? (min(launch, first), false) : (first, true)
    }

    private func lastReading(of hospital: Int64, upTo minute: Int) throws -> Int? {
        try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT max(observed_minute) FROM \(table.name) WHERE hospital_id = ? AND observed_minute <= ?"),
            arguments: [hospital, minute]
        ).map { try HongKongMinute(stored: $0).sinceEpoch }
    }

    /// Two readings that follow one another more than 14 days apart, or the last one of all, up to `end`.
    private func longGaps(of hospital: Int64, from start: Int, to end: Int) throws -> [(last: Int, next: Int?)] {
        let readings = "FROM \(table.name) WHERE hospital_id = ?1 AND observed_minute"
        let step = Self.minutesUntilGone
        return try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    WITH RECURSIVE step(last, next) AS (
                        SELECT NULL, ?2
                        UNION ALL
                        SELECT next, ifnull(
                            (SELECT max(observed_minute) \(readings) > next AND observed_minute <= next + \(step)),
                            (SELECT min(observed_minute) \(readings) > next + \(step)))
                        FROM step WHERE next IS NOT NULL AND next < ?3)
                    SELECT last, next FROM step WHERE last IS NOT NULL AND (next IS NULL OR next - last > \(step))
                    """), arguments: [hospital, start, end]
        ).map { row in
            let next: HongKongMinute? = try row.minute("next")
            return (last: try row.minute("last").sinceEpoch, next: next?.sinceEpoch)
        }
    }

    /// Whether documents with other hospitals left this one out for 14 days between two of its readings, or after the last.
    ///
    /// Absence is counted from the first document that leaves it out, or from its last reading where that was within a day.
    private func isAbsent(from last: Int, to next: Int?) throws -> Bool {
        guard let first = try document("min", "observed_minute > \(last)"),
            let end = try document("max", "observed_minute < \(next ?? Int(Int32.max))"), first <= end
        else { return false }
        return end - max(last, first - 1_440) >= Self.minutesUntilGone
    }

    /// The first or last moment of a document of the feed; a look-up by key for each hospital.
    private func document(_ extreme: String, _ condition: String) throws -> Int? {
        try Int.fetchOne(
            db,
            sql: """
                SELECT \(extreme)((SELECT \(extreme)(observed_minute) FROM \(table.name)
                    WHERE hospital_id = place.id AND \(condition))) FROM place WHERE kind = 'hospital'
                """)
    }
}
