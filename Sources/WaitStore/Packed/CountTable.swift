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
            var (slot, base) = (0, bucket * width)
            while slot < PackedCells.slotsADay {
                let end = slot + slotsABucket
                // Ids of 16 bits have a place each, so that none is compared with the last.
                while slot + 4 <= end, let four = cells.fourNarrow(from: slot) {
                    counts[base + Int(places[Int(four & 0xFFFF)])] &+= 1
                    counts[base + Int(places[Int(four >> 16 & 0xFFFF)])] &+= 1
                    counts[base + Int(places[Int(four >> 32 & 0xFFFF)])] &+= 1
                    counts[base + Int(places[Int(four >> 48)])] &+= 1
                    slot += 4
                }
                while slot < end {
                    counts[base + values.place(of: cells.id(at: slot))] &+= 1
                    slot += 1
                }
                base += width
            }
        }
    }

    /// What a bucket counted, which starts again.
    func take(_ bucket: Int, atLeast: Int?) -> (aggregate: Aggregate, cellsWithout: Int) {
        let all = UnsafeMutableBufferPointer(rebasing: counts[(bucket * width)..<((bucket + 1) * width)])
        let numbers = UnsafeBufferPointer(rebasing: all[MetricValues.firstValue...])
        let aggregate = values.distribution.aggregate(counts: numbers, atLeast: atLeast)
        let without = Int(all[MetricValues.noReading])
        all.update(repeating: 0)
        return (aggregate, without)
    }
}
