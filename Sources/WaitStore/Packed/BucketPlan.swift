import WaitCore

/// How slots fall into buckets.
protocol BucketPlan {
    /// How many buckets a day's slots fall in at most, where later days fall in later ones; nil where they come again.
    var bucketsADay: Int? { get }
    var plan: SlotPlan { get }
    var count: Int { get }
    /// The bucket of a day's first slot, and how many slots further the next begins; 96: the day is in one.
    func place(of day: Int) -> (bucket: Int, slotsABucket: Int)
    /// When the bucket begins, or its number.
    func label(of bucket: Int) -> (start: HongKongMinute?, bucket: Int?)
}

extension BucketPlan {
    /// Slots that a reading is due in, by bucket.
    /// - Parameter periods: a hospital's life within the slots that the plan expects.
    func expected(in periods: [TimeRange]) -> [Int] {
        var expected = Array(repeating: 0, count: count)
        for period in periods { add(period, to: &expected) }
        return expected
    }

    private func add(_ period: TimeRange, to expected: inout [Int]) {
        let wholeDays = plan.wholeDays.clamped(to: SlotPlan.wholeDays(of: period))
        for day in SlotPlan.days(of: period) where plan.isOpen(day: day) {
            let (bucket, slotsABucket) = place(of: day)
            if wholeDays.contains(day) {
                for part in 0..<(PackedCells.slotsADay / slotsABucket) { expected[bucket + part] += slotsABucket }
                continue
            }
            for slot in SlotPlan.slots(of: day, in: period) where plan.slots[slot] {
                expected[bucket + slot / slotsABucket] += 1
            }
        }
    }
}

/// Buckets of a range, one after another.
struct TrendBuckets: BucketPlan {
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
    var bucketsADay: Int? { PackedCells.slotsADay / slotsABucket }

    func place(of day: Int) -> (bucket: Int, slotsABucket: Int) {
        (buckets[day - plan.days.lowerBound], slotsABucket)
    }

    func label(of bucket: Int) -> (start: HongKongMinute?, bucket: Int?) { (starts[bucket], nil) }
}

/// Buckets that come again.
struct ProfileBuckets: BucketPlan {
    let bucketsADay: Int? = nil
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
