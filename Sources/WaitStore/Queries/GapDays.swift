import GRDB
package import WaitCore

/// A day with quarter hours about which nothing is known.
package struct GapDay: Hashable, Sendable {
    /// Its Hong Kong midnight.
    package let day: HongKongMinute
    package let unknown: Int
    /// When its listing and the next day's were last read whole under both keys, the earliest of them; nil: never.
    package let askedAt: HongKongMinute?
    /// Whether the archive lists versions that were not read, and were not tried today.
    package let hasUnreadNotTriedToday: Bool

    package init(day: HongKongMinute, unknown: Int, askedAt: HongKongMinute?, hasUnreadNotTriedToday: Bool) {
        (self.day, self.unknown) = (day, unknown)
        (self.askedAt, self.hasUnreadNotTriedToday) = (askedAt, hasUnreadNotTriedToday)
    }
}

extension WaitDatabase {
    /// The days of `range` on which a hospital of the feed has unknown slots.
    ///
    /// - Parameter document: the document the archive is asked for.
    package func gapDays(
        of feed: String, document: Document, in range: TimeRange, now: HongKongMinute
    ) throws -> [GapDay] {
        let coverage = try coverage(of: feed, by: .day, in: range, now: now)
        let state = try archiveState(
            of: document, in: TimeRange(from: range.from, to: range.to.adding(minutes: 2 * 1_440)))
        let tried = try triedDays(of: document, today: now.dayNumber)
        return coverage.buckets.filter { $0.counts.unknown > 0 }.map { bucket in
            let day = bucket.start.dayStart
            let next = day.adding(minutes: 1_440)
            // Today cannot be listed yet.
            let asked = [day, next].filter { $0 < now.dayStart }.flatMap { day in
                ArchiveKey.allCases.map { state.askedAt[.init(day: day.dayNumber, key: $0)] }
            }
            let window = TimeRange(from: day, to: next.adding(minutes: ArchiveKnowledge.captureWindowMinutes))
            return GapDay(
                day: day, unknown: bucket.counts.unknown,
                askedAt: asked.contains(nil) ? nil : asked.compactMap { $0 }.min(),
                hasUnreadNotTriedToday: state.unread.contains {
                    window.from <= $0.stamp && $0.stamp < window.to && !tried.contains($0.stamp)
                })
        }
    }

    /// Stamps of versions that could not be fetched today.
    private func triedDays(of document: Document, today: Int) throws -> Set<HongKongMinute> {
        try access.read { db in
            let minutes = try Int.fetchAll(
                db,
                sql: """
                    SELECT stamp_minute FROM archive_version JOIN document ON document.id = document_id
                    WHERE url = ? AND last_failed_day = ? AND attempt_id IS NULL
                    """, arguments: [document.url, today])
            return try Set(minutes.map { try HongKongMinute(stored: $0, column: "stamp_minute") })
        }
    }
}
