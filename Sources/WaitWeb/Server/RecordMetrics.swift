import Synchronization
import WaitCore
import WaitStore

/// What `/metrics` tells of the record, kept from one scrape to the next so that a scrape is cheap.
final class RecordMetrics: Sendable {
    private struct Kept {
        var captures = CaptureCounts()
        var unknown: [String: Int] = [:]
        var unknownStamp: Stamp?
        /// Until then the count stands, whatever was written: counting takes one part in a hundred of the time at most.
        var unknownUntil = ContinuousClock.now
    }

    private let kept = Mutex(Kept())

    /// Captures by feed and outcome since the beginning; one that was read later counts as what it was at first.
    func captures(in database: WaitDatabase) throws -> CaptureCounts {
        let before = kept.withLock { $0.captures }
        let now = try database.captures(since: before)
        return kept.withLock { kept in
            if now.lastID >= kept.captures.lastID { kept.captures = now }
            return kept.captures
        }
    }

    /// Unknown slots of each A&E feed, over its life; counted anew where somebody wrote or a slot has ended,
    /// but not all the time.
    func unknownSlots(in database: WaitDatabase, now: HongKongMinute) throws -> [String: Int] {
        let stamp = Stamp(record: try database.version(), slot: now.slotStart.sinceEpoch)
        let began = ContinuousClock.now
        let standing = kept.withLock { $0.unknownStamp == stamp || began < $0.unknownUntil ? $0.unknown : nil }
        if let standing { return standing }
        let range = TimeRange(from: HongKongMinute(sinceEpoch: 0), to: now)
        var unknown: [String: Int] = [:]
        for table in ReadingTable.all {
            unknown[table.feed] = try database.coverage(of: table.feed, by: .year, in: range, now: now).total.unknown
        }
        return kept.withLock { kept in
            (kept.unknown, kept.unknownStamp) = (unknown, stamp)
            kept.unknownUntil = .now + (ContinuousClock.now - began) * 100
            return unknown
        }
    }
}
