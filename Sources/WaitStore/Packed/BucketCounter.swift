import WaitCore

/// Counts one hospital's readings into buckets, through a window of buckets that a day's readings fall in.
struct BucketCounter<Buckets: BucketPlan>: DayVisitor {
    private let buckets: Buckets
    private let plan: SlotPlan
    private let atLeast: Int?
    private let counts: CountTable
    /// The buckets being counted; the first may begin before the range, which cuts its day.
    private var window: Range<Int>
    private var aggregates: [Aggregate]

    init(_ buckets: Buckets, plan: SlotPlan, values: MetricValues, atLeast: Int?) {
        (self.buckets, self.plan, self.atLeast) = (buckets, plan, atLeast)
        window = 0..<(buckets.bucketsADay ?? buckets.count)
        counts = CountTable(values, bucketCount: window.count)
        aggregates = Array(repeating: Aggregate(), count: buckets.count)
    }

    mutating func visit(day: Int, _ cells: PackedCellReader) {
        guard plan.isOpen(day: day) else { return }
        let (bucket, slotsABucket) = buckets.place(of: day)
        if let bucketsADay = buckets.bucketsADay, bucket != window.lowerBound {
            flush()
            window = bucket..<(bucket + bucketsADay)
        }
        if plan.wholeDays.contains(day) {
            counts.add(cells, from: bucket - window.lowerBound, slotsABucket: slotsABucket)
            for part in 0..<(PackedCells.slotsADay / slotsABucket) {
                aggregates[bucket + part].covered += slotsABucket
            }
            for (slot, id) in cells.later { counts.add(id, to: bucket + slot / slotsABucket - window.lowerBound) }
            return
        }
        let counted = SlotPlan.slots(of: day, touching: plan.counted)
        let expected = SlotPlan.slots(of: day, in: plan.expected)
        for slot in counted where plan.slots[slot] {
            let (id, place) = (cells.id(at: slot), bucket + slot / slotsABucket)
            guard id != 0 else { continue }
            counts.add(id, to: place - window.lowerBound)
            if expected.contains(slot) { aggregates[place].covered += 1 }
        }
        for (slot, id) in cells.later where counted.contains(slot) && plan.slots[slot] {
            counts.add(id, to: bucket + slot / slotsABucket - window.lowerBound)
        }
    }

    /// The rows of all buckets, once every day was visited.
    mutating func rows(expected: [Int]) -> [AggregateSeries.Row] {
        flush()
        return aggregates.indices.map { bucket in
            aggregates[bucket].expected = expected[bucket]
            let label = buckets.label(of: bucket)
            return .init(start: label.start, bucket: label.bucket, aggregate: aggregates[bucket])
        }
    }

    /// Takes over what the window counted. Of days that were counted whole, slots without a reading are not covered.
    private mutating func flush() {
        for bucket in window.clamped(to: aggregates.indices) {
            let covered = aggregates[bucket].covered
            let (aggregate, without) = counts.take(bucket - window.lowerBound, atLeast: atLeast)
            aggregates[bucket] = aggregate
            aggregates[bucket].covered = covered - without
        }
    }
}
