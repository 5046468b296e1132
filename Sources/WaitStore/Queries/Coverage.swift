import GRDB
package import WaitCore

/// The ledger of a feed over a range, counted.
package struct Coverage: Sendable {
    /// The part of the range that lies in the feed's life and in the past; what is outside is not expected.
    package let range: TimeRange
    /// Start of the bucket, cut to the range → its slots, over the hospitals asked for.
    package let buckets: [(start: HongKongMinute, counts: SlotCounts)]
    /// Why nothing is expected; nil where something is.
    package var note: String?
    /// Whether the record was made by the demo.
    package var isSimulated = false

    package init(range: TimeRange, buckets: [(start: HongKongMinute, counts: SlotCounts)]) {
        (self.range, self.buckets) = (range, buckets)
    }

    package var total: SlotCounts {
        buckets.map(\.counts).reduce(SlotCounts(), +)
    }
}

extension WaitDatabase {
    /// Counts the slots of a feed by state.
    ///
    /// - Parameters:
    ///   - hospital: a code; nil counts every hospital that stood in eight documents of the feed, and the shipped ones.
    ///   - now: slots that have not ended are not expected.
    /// Cost: one row of 96 cells a hospital and day.
    package func coverage(
        of feed: String, hospital: String? = nil, by size: BucketSize, in asked: TimeRange, now: HongKongMinute
    ) throws -> Coverage {
        guard let table = ReadingTable.of(feed: feed) else { return Coverage(range: asked, buckets: []) }
        return try access.read { db in
            let life = try FeedLife(table, now: now, db)
            let lives = HospitalLives(table, life: life, db)
            let range = life.expected(in: asked)
            var ledger = try Ledger(feed: feed, range: range, size: size, db)
            let cells = try MetricCells(db, table: table, column: table.packedOrigin, plan: SlotPlan(every: range))
            for id in try Self.hospitals(hospital, lives, db) {
                try ledger.count(hospital: id, cells, expected: try lives.periods(of: id, in: range))
            }
            return try Self.noted(Coverage(range: range, buckets: ledger.buckets), asked: asked, table, now: now, db)
        }
    }

    private static func noted(
        _ coverage: Coverage, asked: TimeRange, _ table: ReadingTable, now: HongKongMinute, _ db: Database
    ) throws -> Coverage {
        var coverage = coverage
        coverage.isSimulated = try isSimulated(db)
        guard coverage.total.expected == 0 else { return coverage }
        let isWhole = asked.from.sinceEpoch <= 0
        coverage.note = try table.note(
            from: isWhole ? nil : asked.from, to: isWhole ? nil : asked.to, includesTrial: true, isEmpty: true,
            now: now,
            db)
        return coverage
    }

    /// The part of a range in which slots of a feed are expected: what `coverage` will count, for an estimate of its rows.
    package func expectedRange(of feed: String, in range: TimeRange, now: HongKongMinute) throws -> TimeRange {
        guard let table = ReadingTable.of(feed: feed) else { return TimeRange(from: now, to: now) }
        return try access.read { try FeedLife(table, now: now, $0).expected(in: range) }
    }

    private static func hospitals(_ code: String?, _ lives: HospitalLives, _ db: Database) throws -> [Int64] {
        guard let code else { return try lives.counting().map(\.id) }
        return try Int64.fetchAll(
            db, sql: "SELECT id FROM place WHERE kind = 'hospital' AND code = ?", arguments: [code])
    }
}

/// Walks the slots of a range beside the readings of one hospital after another.
private struct Ledger {
    private let range: TimeRange
    private let size: BucketSize
    private let knowledge: ArchiveKnowledge
    private var archived: [SlotState?]
    /// The first slot of each bucket, and the end.
    private var firstSlots: [Int] = []
    private(set) var buckets: [(start: HongKongMinute, counts: SlotCounts)] = []

    init(feed: String, range: TimeRange, size: BucketSize, _ db: Database) throws {
        (self.range, self.size) = (range, size)
        knowledge = try Self.knowledge(of: feed, range: range, db)
        let slotCount = (range.to.sinceEpoch - range.from.sinceEpoch) / 15
        archived = Array(repeating: nil, count: slotCount)
        for slot in 0..<slotCount {
            let minute = range.from.adding(minutes: slot * 15)
            // Buckets of days and more begin at midnights: nothing else need be worked out.
            let mayBegin = slot == 0 || size.leastMinutes < 1_440 || (minute.sinceEpoch + 480) % 1_440 == 0
            if mayBegin {
                let start = max(size.start(of: minute), range.from)
                if buckets.last?.start != start {
                    buckets.append((start, SlotCounts()))
                    firstSlots.append(slot)
                }
            }
        }
        firstSlots.append(slotCount)
    }

    /// - Parameter periods: when the hospital is expected, whole slots of the range.
    mutating func count(hospital: Int64, _ cells: MetricCells, expected periods: [TimeRange]) throws {
        guard !periods.isEmpty else { return }
        var origins = SlotOrigins(range)
        try cells.walk(hospital: hospital, &origins)
        let lives = periods.map { slot(of: $0.from)..<slot(of: $0.to) }
        for bucket in buckets.indices {
            let slots = firstSlots[bucket]..<firstSlots[bucket + 1]
            for life in lives where life.overlaps(slots) { count(life.clamped(to: slots), of: origins, in: bucket) }
        }
    }

    private func slot(of minute: HongKongMinute) -> Int { (minute.sinceEpoch - range.from.sinceEpoch) / 15 }

    private mutating func count(_ slots: Range<Int>, of origins: SlotOrigins, in bucket: Int) {
        var counts = buckets[bucket].counts
        let (observed, healed) = origins.count(slots)
        counts.expected += observed + healed
        counts.observed += observed
        counts.healed += healed
        if observed + healed < slots.count {
            for slot in slots where origins.isMissing(slot) { counts.add(archive(slot)) }
        }
        buckets[bucket].counts = counts
    }

    /// What the archive says of a slot; the same for every hospital, and asked only where one of them lacks it.
    private mutating func archive(_ slot: Int) -> SlotState {
        if let state = archived[slot] { return state }
        let state = knowledge.state(of: range.from.adding(minutes: slot * 15))
        archived[slot] = state
        return state
    }

    /// What was answered about the documents of the feed; a slot that any of them holds is no longer missing anyway.
    private static func knowledge(of feed: String, range: TimeRange, _ db: Database) throws -> ArchiveKnowledge {
        // More than one where the document had another address before.
        let documents = """
            (SELECT document.id FROM document JOIN feed ON feed.id = feed_id WHERE feed.name = ? AND document.language = 'en')
            """
        let days = try Row.fetchAll(
            db,
            sql: """
                SELECT day, max(asked_unix) AS asked_unix FROM (
                    SELECT day, min(asked_unix) AS asked_unix FROM archive_day
                    WHERE document_id IN \(documents) GROUP BY document_id, day HAVING count(*) = 2) GROUP BY day
                """, arguments: [feed])
        let versions = try Row.fetchAll(
            db,
            sql: """
                SELECT stamp_minute, archive_version.attempt_id, failed_days, attempt.observed_minute FROM archive_version
                LEFT JOIN attempt ON attempt.id = archive_version.attempt_id
                WHERE archive_version.document_id IN \(documents) AND stamp_minute >= ? AND stamp_minute < ?
                ORDER BY stamp_minute
                """,
            arguments: [
                feed, range.from.sinceEpoch, range.to.sinceEpoch + ArchiveKnowledge.captureWindowMinutes,
            ])
        return ArchiveKnowledge(
            askedAt: try Dictionary(
                days.map { (try $0["day"], try $0.instant("asked_unix")) }, uniquingKeysWith: max),
            versions: try versions.map { row in
                try ListedVersion(
                    stamp: row.minute("stamp_minute"), isRead: row["attempt_id"] != nil,
                    observedAt: row.minute("observed_minute"),
                    failedDays: row["failed_days"])
            })
    }
}

/// What the readings of one hospital say of the slots of a range.
private struct SlotOrigins: DayVisitor {
    private let range: TimeRange
    /// By slot: a byte, so that ten years of a hospital are counted in a moment.
    private var origins: [UInt8]

    // Not stored: asking for a stored one takes longer than counting a slot.
    private static var none: UInt8 { 0 }
    private static var live: UInt8 { 1 }
    private static var other: UInt8 { 2 }

    init(_ range: TimeRange) {
        self.range = range
        origins = Array(repeating: Self.none, count: (range.to.sinceEpoch - range.from.sinceEpoch) / 15)
    }

    mutating func visit(day: Int, _ cells: PackedCellReader) {
        let first = (HongKongMinute(dayIndex: day).sinceEpoch - range.from.sinceEpoch) / 15
        let slots = SlotPlan.slots(of: day, in: range)
        let packedLive = UInt32(Capture.Origin.live.packedNumber)
        origins.withUnsafeMutableBufferPointer { origins in
            for slot in slots { origins[first + slot] = Self.origin(cells.id(at: slot), packedLive) }
        }
        // Of several readings in a slot one that was read live decides.
        for (slot, id) in cells.later where slots.contains(slot) && origins[first + slot] != Self.live {
            origins[first + slot] = Self.origin(id, packedLive)
        }
    }

    @inline(__always)
    private static func origin(_ packed: UInt32, _ packedLive: UInt32) -> UInt8 {
        packed == 0 ? none : packed == packedLive ? live : other
    }

    /// How many of the slots were read live, and how many came from elsewhere.
    func count(_ slots: Range<Int>) -> (live: Int, other: Int) {
        origins.withUnsafeBufferPointer { origins in
            var (live, other) = (0, 0)
            for slot in slots {
                live += origins[slot] == Self.live ? 1 : 0
                other += origins[slot] == Self.other ? 1 : 0
            }
            return (live, other)
        }
    }

    func isMissing(_ slot: Int) -> Bool { origins[slot] == Self.none }
}
