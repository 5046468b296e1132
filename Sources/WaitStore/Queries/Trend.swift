import GRDB
package import WaitCore

extension WaitDatabase {
    /// A metric's aggregates over time, one series a hospital.
    ///
    /// Every bucket of the range is a row, also without readings. Weeks are ISO weeks; edge buckets are cut to the range.
    /// - Parameters:
    ///   - codes: hospitals in the order of the answer.
    ///   - mostRows: how many rows, over all hospitals, are given at most.
    /// - Throws: `StoreError` with the code `tooLarge` where there would be more, `damaged` where packed days are.
    /// Cost: one row of 96 cells a hospital and day.
    package func trend(
        of codes: [String], _ question: AggregateQuestion, by size: BucketSize, now: HongKongMinute,
        mostRows: Int = AggregateQuestion.mostRows
    ) throws -> AggregateAnswer {
        try aggregate(of: codes, question, now: now) { plan in
            let minutes = plan.range.to.sinceEpoch - plan.range.from.sinceEpoch
            let rows = (minutes / size.leastMinutes + 2) * codes.count
            guard rows <= mostRows else {
                throw StoreError(
                    code: .tooLarge,
                    message:
                        "That would be about \(rows) rows, and \(mostRows) are the most: shorten the range, or take larger buckets."
                )
            }
            return TrendBuckets(plan, size: size)
        }
    }

    /// What is usual: a metric's aggregates by hour, weekday or month, one series a hospital.
    /// - Throws: `StoreError` where packed days are damaged.
    /// Cost: one row of 96 cells a hospital and day.
    package func profile(
        of codes: [String], _ question: AggregateQuestion, by size: ProfileSize, now: HongKongMinute
    ) throws -> AggregateAnswer {
        try aggregate(of: codes, question, now: now) { plan in ProfileBuckets(plan, size: size) }
    }

    private func aggregate<Buckets: BucketPlan>(
        of codes: [String], _ question: AggregateQuestion, now: HongKongMinute, _ buckets: (SlotPlan) throws -> Buckets
    ) throws -> AggregateAnswer {
        try access.read { db in
            guard let table = ReadingTable.of(feed: question.metric.feed) else {
                return AggregateAnswer(question: question, range: TimeRange(from: now, to: now), series: [])
            }
            let plan = try SlotPlan(question, table: table, now: now, db)
            let values = try MetricValues(question.metric, kind: table.kind(of: question.metric.column), db)
            let cells = try MetricCells(db, table: table, column: question.metric.column, plan: plan)
            let buckets = try buckets(plan)
            let expected = buckets.expected()
            let series = try HospitalName.all(codes, db).map { id, hospital in
                var counter = BucketCounter(buckets, plan: plan, values: values, atLeast: question.atLeast)
                try cells.walk(hospital: id, &counter)
                return AggregateSeries(hospital: hospital, rows: counter.rows(expected: expected))
            }
            return AggregateAnswer(question: question, range: plan.range, series: series)
        }
    }
}

/// How slots fall into buckets.
protocol BucketPlan {
    /// Whether the days' buckets only ever rise.
    static var isSequential: Bool { get }
    var plan: SlotPlan { get }
    var count: Int { get }
    /// The bucket of a day's first slot, and how many slots further the next begins; 96 or more: the day is in one.
    func place(of day: Int) -> (bucket: Int, slotsABucket: Int)
    /// When the bucket begins, or its number.
    func label(of bucket: Int) -> (start: HongKongMinute?, bucket: Int?)
}

extension BucketPlan {
    /// Slots that a reading is due in, by bucket.
    func expected() -> [Int] {
        var expected = Array(repeating: 0, count: count)
        for day in SlotPlan.days(of: plan.expected) where plan.isOpen(day: day) {
            let (bucket, slotsABucket) = place(of: day)
            for slot in SlotPlan.slots(of: day, in: plan.expected) where plan.slots[slot] {
                expected[bucket + slot / slotsABucket] += 1
            }
        }
        return expected
    }
}

/// Buckets of a range, one after another.
struct TrendBuckets: BucketPlan {
    static let isSequential = true
    let plan: SlotPlan
    private let starts: [HongKongMinute]
    /// For each day of the range the bucket of its midnight; of the first day less where the range begins later.
    private let buckets: [Int]
    private let slotsABucket: Int

    init(_ plan: SlotPlan, size: BucketSize) {
        self.plan = plan
        slotsABucket = size == .quarterHour ? 1 : size == .hour ? 4 : 96
        var starts: [HongKongMinute] = []
        var buckets: [Int] = []
        for day in plan.days {
            let midnight = HongKongMinute(dayIndex: day)
            let part = plan.range.clamped(to: TimeRange(from: midnight, to: midnight.adding(minutes: 1_440)))
            guard size == .hour || size == .quarterHour else {
                let start = max(size.start(of: midnight), plan.range.from)
                if starts.last != start { starts.append(start) }
                buckets.append(starts.count - 1)
                continue
            }
            let minutes = slotsABucket * 15
            let first = size.start(of: part.from)
            buckets.append(starts.count - (first.sinceEpoch - midnight.sinceEpoch) / minutes)
            starts += stride(from: first.sinceEpoch, to: part.to.sinceEpoch, by: minutes).map {
                max(HongKongMinute(sinceEpoch: $0), part.from)
            }
        }
        (self.starts, self.buckets) = (starts, buckets)
    }

    var count: Int { starts.count }

    func place(of day: Int) -> (bucket: Int, slotsABucket: Int) {
        (buckets[day - plan.days.lowerBound], slotsABucket)
    }

    func label(of bucket: Int) -> (start: HongKongMinute?, bucket: Int?) { (starts[bucket], nil) }
}

/// Buckets that come again.
struct ProfileBuckets: BucketPlan {
    static let isSequential = false
    let plan: SlotPlan
    private let size: ProfileSize

    init(_ plan: SlotPlan, size: ProfileSize) {
        (self.plan, self.size) = (plan, size)
    }

    var count: Int { size.buckets.count }

    func place(of day: Int) -> (bucket: Int, slotsABucket: Int) {
        (size.bucket(of: HongKongMinute(dayIndex: day)) - size.buckets.lowerBound, size.isHourly ? 4 : 96)
    }

    func label(of bucket: Int) -> (start: HongKongMinute?, bucket: Int?) { (nil, bucket + size.buckets.lowerBound) }
}

/// Counts one hospital's readings into buckets.
struct BucketCounter<Buckets: BucketPlan>: DayVisitor {
    private let buckets: Buckets
    private let plan: SlotPlan
    private let values: MetricValues
    private let atLeast: Int?
    /// One for each bucket where they come again, else one for the bucket at hand.
    private var distributions: [Distribution]
    private var bucketAtHand = 0
    private var aggregates: [Aggregate]

    init(_ buckets: Buckets, plan: SlotPlan, values: MetricValues, atLeast: Int?) {
        (self.buckets, self.plan, self.values, self.atLeast) = (buckets, plan, values, atLeast)
        distributions = Array(
            repeating: Distribution(values: values.values), count: Buckets.isSequential ? 1 : buckets.count)
        aggregates = Array(repeating: Aggregate(), count: buckets.count)
    }

    mutating func visit(day: Int, _ cells: PackedCellReader) {
        guard plan.isOpen(day: day) else { return }
        let (bucket, slotsABucket) = buckets.place(of: day)
        let counted = SlotPlan.slots(of: day, touching: plan.counted)
        let expected = SlotPlan.slots(of: day, in: plan.expected)
        var later = cells.hasLater ? cells.later[...] : []
        for slot in counted where plan.slots[slot] {
            let id = cells.id(at: slot)
            guard id != 0 else { continue }
            let place = slotsABucket == 96 ? bucket : bucket + slot / slotsABucket
            if expected.contains(slot) { aggregates[place].covered += 1 }
            count(id, in: place)
            guard !later.isEmpty else { continue }
            later = later.drop { $0.slot < slot }
            while let next = later.first, next.slot == slot {
                count(next.id, in: place)
                later.removeFirst()
            }
        }
    }

    @inline(__always)
    private mutating func count(_ id: UInt32, in place: Int) {
        let rank = values.rank(of: id)
        guard rank >= 0 else { return }
        if Buckets.isSequential, place != bucketAtHand {
            take(bucketAtHand, from: 0)
            bucketAtHand = place
        }
        distributions[Buckets.isSequential ? 0 : place].add(rank: Int(rank))
    }

    private mutating func take(_ bucket: Int, from index: Int) {
        let covered = aggregates[bucket].covered
        aggregates[bucket] = distributions[index].take(atLeast: atLeast)
        aggregates[bucket].covered = covered
    }

    /// The rows of all buckets, once every day was visited.
    mutating func rows(expected: [Int]) -> [AggregateSeries.Row] {
        if Buckets.isSequential {
            if !aggregates.isEmpty { take(bucketAtHand, from: 0) }
        } else {
            for bucket in aggregates.indices { take(bucket, from: bucket) }
        }
        return aggregates.indices.map { bucket in
            aggregates[bucket].expected = expected[bucket]
            let label = buckets.label(of: bucket)
            return .init(start: label.start, bucket: label.bucket, aggregate: aggregates[bucket])
        }
    }
}

extension ReadingTable {
    /// What the phrases of a column are about.
    func kind(of column: String) -> PhraseKind {
        columns.firstIndex(of: column).map { kinds[$0] } ?? .flag
    }
}

extension HospitalName {
    /// Hospitals by code with their row ids, in the order of `codes`; unknown codes are left out.
    static func all(_ codes: [String], _ db: Database) throws -> [(id: Int64, name: HospitalName)] {
        try codes.compactMap { code in
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM place WHERE kind = 'hospital' AND code = ?"), arguments: [code])
            return row.map { row in
                (
                    row["id"],
                    HospitalName(
                        code: code, name: Trilingual(en: row["name_en"], tc: row["name_tc"], sc: row["name_sc"]),
                        latitude: row["latitude"], longitude: row["longitude"])
                )
            }
        }
    }
}
