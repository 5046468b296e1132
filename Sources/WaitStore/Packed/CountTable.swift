import WaitCore

/// Counts of a metric's readings by bucket and value: the innermost loop of every aggregate over years.
///
/// In memory of its own, without checks of bounds and of shared use at each of a million cells; every index is made from a bucket
/// and a place that are checked once a day.
final class CountTable {
    private let values: MetricValues
    private let bucketCount: Int
    private let width: Int
    private let counts: UnsafeMutableBufferPointer<UInt32>

    init(_ values: MetricValues, bucketCount: Int) {
        (self.values, self.bucketCount) = (values, bucketCount)
        width = values.placeCount
        counts = .allocate(capacity: bucketCount * width)
        counts.initialize(repeating: 0)
    }

    deinit {
        counts.deallocate()
    }

    /// Counts one cell; one without a reading counts as that.
    func add(_ id: UInt32, to bucket: Int) {
        precondition(bucket < bucketCount)
        counts[bucket * width + values.place(of: id)] += 1
    }

    /// Counts a whole day, `slotsABucket` slots a bucket.
    func add(_ cells: PackedCellReader, from bucket: Int, slotsABucket: Int) {
        precondition(bucket + (PackedCells.slotsADay - 1) / slotsABucket < bucketCount)
        values.places.withUnsafeBufferPointer { places in
            let last = UInt32(places.count - 1)
            var (slot, base) = (0, bucket * width)
            while slot < PackedCells.slotsADay {
                let end = min(slot + slotsABucket, PackedCells.slotsADay)
                while slot < end {
                    counts[base + Int(places[Int(min(cells.id(at: slot), last))])] &+= 1
                    slot += 1
                }
                base += width
            }
        }
    }

    /// What a bucket counted, which begins anew.
    func take(_ bucket: Int, atLeast: Int?) -> (aggregate: Aggregate, cellsWithout: Int) {
        let all = UnsafeMutableBufferPointer(rebasing: counts[(bucket * width)..<((bucket + 1) * width)])
        let numbers = UnsafeBufferPointer(rebasing: all[MetricValues.firstValue...])
        let aggregate = values.distribution.aggregate(counts: numbers, atLeast: atLeast)
        let without = Int(all[MetricValues.noReading])
        all.update(repeating: 0)
        return (aggregate, without)
    }
}
