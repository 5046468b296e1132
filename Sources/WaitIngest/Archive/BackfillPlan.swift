package import WaitCore
package import WaitStore

/// What a backfill has to ask for, as pure functions of what is known and what time it is.
package enum BackfillPlan {
    /// A bundle is asked for where it saves requests: from so many unread versions on.
    package static let fewestForBundle = 4

    /// The range in pieces of a month, as the archive wants to be asked, oldest first; nothing past yesterday.
    package static func months(of range: TimeRange, now: HongKongMinute) -> [TimeRange] {
        let past = range.clamped(to: TimeRange(from: range.from, to: now.dayStart))
        var pieces: [TimeRange] = []
        var start = past.from.dayStart
        while start < past.to {
            let next = BucketSize.month.start(of: BucketSize.month.start(of: start).adding(minutes: 40 * 1_440))
            pieces.append(TimeRange(from: start, to: min(next, Self.dayEnd(past.to))))
            start = next
        }
        return pieces
    }

    /// The days whose listing has still to be read under `key`: those never read whole, and those read before the day and the
    /// one after were over.
    package static func daysToList(of range: TimeRange, key: ArchiveKey, state: ArchiveState) -> [HongKongMinute] {
        range.days.filter { day in
            guard let asked = state.askedAt[.init(day: day.dayNumber, key: key)] else { return true }
            return asked < ArchiveKnowledge.settledAt(day)
        }
    }

    /// The first days of the bundles that save requests: a month's, for the current month a day's each.
    package static func bundles(for unread: [ArchivedVersion], now: HongKongMinute) -> [BundleRequest] {
        let groups = Dictionary(grouping: unread) { BundleRequest(for: $0, now: now) }
        return groups.filter { $0.value.count >= fewestForBundle }.map(\.key).sorted { $0.day < $1.day }
    }

    private static func dayEnd(_ minute: HongKongMinute) -> HongKongMinute {
        minute.dayStart == minute ? minute : minute.dayStart.adding(minutes: 1_440)
    }
}

/// What a backfill would ask for in one month.
package struct MonthPlan: Sendable {
    package let range: TimeRange
    package let held: Int
    package let missing: Int
    /// Bundles where they save requests, else one a version.
    package let requests: Int
    /// About what will come, in bytes: a bundle comes whole, whatever of it is missing.
    package let bytes: Int
    package let listingsFailed: Int

    init(range: TimeRange, state: ArchiveState, listingsFailed: Int, bytesAVersion: Int, now: HongKongMinute) {
        (self.range, self.listingsFailed) = (range, listingsFailed)
        (held, missing) = (state.readCount, state.unread.count)
        let bundles = BackfillPlan.bundles(for: state.untried, now: now)
        let bundled = state.unread.count { version in bundles.contains { $0.holds(version, now: now) } }
        requests = bundles.count + missing - bundled
        bytes = (bundles.isEmpty ? missing : held + missing) * bytesAVersion
    }
}

/// A ZIP of a month's or a day's versions, known by its first day.
package struct BundleRequest: Hashable, Sendable {
    package let document: Document
    package let key: ArchiveKey
    package let day: HongKongMinute

    package init(document: Document, key: ArchiveKey, day: HongKongMinute) {
        (self.document, self.key, self.day) = (document, key, day)
    }

    /// The bundle that would hold a version: its month's, for the current month its day's.
    init(for version: ArchivedVersion, now: HongKongMinute) {
        let isPast = version.stamp < BucketSize.month.start(of: now)
        let day = isPast ? BucketSize.month.start(of: version.stamp) : version.stamp.dayStart
        self.init(document: version.document, key: version.key, day: day)
    }

    func holds(_ version: ArchivedVersion, now: HongKongMinute) -> Bool {
        BundleRequest(for: version, now: now) == self
    }
}
