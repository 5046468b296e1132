import Foundation
package import Logging
package import WaitCore
import WaitFetch
package import WaitStore

/// Takes in what the archive has of one document: listings, then bundles, then single versions.
///
/// What was answered for good is never asked again, whatever failed is. Everything it learns is in the record, so that it can
/// be killed at any moment and taken up again, and comes to the same end.
package struct Backfill: Sendable {
    /// An A&E document of 18 hospitals; what is taken for any document before one was seen.
    private static let usualBytes = 3_700

    private let feed: Feed
    private let document: Document
    private let client: ArchiveClient
    private let database: WaitDatabase
    private let clock: WallClock
    private let logger: Logger

    /// How far it is, in versions.
    package struct Progress: Sendable, Hashable {
        package var done = 0
        package var total = 0
    }

    /// What a backfill came to.
    package struct Summary: Sendable, Hashable {
        package var read = 0
        package var readings = 0
        package var failed = 0
        package var listingsFailed = 0
    }

    package init(
        feed: Feed, document: Document, client: ArchiveClient, database: WaitDatabase, clock: WallClock,
        logger: Logger
    ) {
        (self.feed, self.document, self.client) = (feed, document, client)
        (self.database, self.clock, self.logger) = (database, clock, logger)
    }

    /// Takes in the versions captured on the days of `range`, month by month, oldest first.
    /// - Throws: `CancellationError`; the store's errors.
    package func run(_ range: TimeRange, progress: (Progress) -> Void = { _ in }) async throws -> Summary {
        var summary = Summary()
        let months = BackfillPlan.months(of: range, now: now)
        for month in months { summary.listingsFailed += try await list(month) }
        var state = Progress()
        for month in months { state.total += try database.archiveState(of: document, in: month).unread.count }
        for month in months {
            try await take(month, &summary) { count in
                state.done += count
                progress(state)
            }
        }
        return summary
    }

    /// A month's versions: from bundles first, then one by one; where the archive does not answer, the rest is left for later.
    private func take(_ month: TimeRange, _ summary: inout Summary, _ advance: (Int) -> Void) async throws {
        let isAnswering = try await takeBundles(in: month, &summary, advance)
        guard isAnswering else {
            summary.failed += try database.archiveState(of: document, in: month).unread.count
            return
        }
        try await takeSingles(in: month, &summary, advance)
    }

    /// What there is to ask for, a month a row: reads the listings that are not settled, and asks for nothing else.
    /// - Throws: `CancellationError`; the store's errors.
    package func plan(_ range: TimeRange) async throws -> [MonthPlan] {
        var months: [MonthPlan] = []
        for month in BackfillPlan.months(of: range, now: now) {
            let failed = try await list(month)
            let state = try database.archiveState(of: document, in: month)
            months.append(
                MonthPlan(
                    range: month, state: state, listingsFailed: failed,
                    bytesAVersion: try database.usualBytes(of: document) ?? Self.usualBytes, now: now))
        }
        return months
    }

    private var now: HongKongMinute {
        HongKongMinute(secondsSince1970: clock.now().timeIntervalSince1970)
    }

    /// Reads the listings of a month that are not settled yet; returns how many could not be had.
    package func list(_ month: TimeRange) async throws -> Int {
        var failed = 0
        for key in ArchiveKey.allCases {
            let state = try database.archiveState(of: document, in: month)
            let days = BackfillPlan.daysToList(of: month, key: key, state: state)
            guard let first = days.first, let last = days.last else { continue }
            failed += try await list(key, from: first, to: last)
        }
        return failed
    }

    /// Asks for a stretch of days, in halves where not all of it is listed.
    private func list(_ key: ArchiveKey, from: HongKongMinute, to: HongKongMinute) async throws -> Int {
        let askedAt = now
        guard case .had(let listing) = try await client.listing(of: document, key: key, from: from, to: to) else {
            return 1
        }
        let range = TimeRange(from: from, to: to.adding(minutes: 1_440))
        if listing.isWhole || from == to {
            // A single day past the cap is kept as listed, but never counts as read whole.
            let days = listing.isWhole ? range.days : []
            try database.record(listing, of: document, key: key, days: days, askedAt: askedAt)
            return listing.isWhole ? 0 : 1
        }
        let middle = range.days[range.days.count / 2]
        return try await list(key, from: from, to: middle.adding(minutes: -1_440))
            + list(key, from: middle, to: to)
    }

    /// Returns whether the archive answered: a bundle that is not there is an answer.
    private func takeBundles(
        in month: TimeRange, _ summary: inout Summary, _ advance: (Int) -> Void
    ) async throws -> Bool {
        let state = try database.archiveState(of: document, in: month)
        for request in BackfillPlan.bundles(for: state.untried, now: now) {
            try Task.checkCancellation()
            switch try await client.bundle(request) {
            case .absent: continue
            case .unanswered: return false
            case .had(let file):
                let wanted = Set(state.unread.filter { $0.key == request.key }.map(\.stamp))
                try take(file, request, wanted, &summary, advance)
            }
        }
        return true
    }

    private func take(
        _ file: SpooledFile, _ request: BundleRequest, _ wanted: Set<HongKongMinute>, _ summary: inout Summary,
        _ advance: (Int) -> Void
    ) throws {
        var group = VersionGroup(feed: feed, document: document, key: request.key)
        do {
            _ = try ArchiveReader.forEachMember(of: .spooled(file)) { member in
                guard member.isComplete, let stamp = ArchiveStamp.minute(ofMember: member.path, of: document),
                    wanted.contains(stamp)
                else { return }
                group.add(member.bytes, stamp: stamp)
                if group.isFull { try store(&group, &summary, advance) }
            }
        } catch let error as ArchiveError {
            logger.warning(
                "bundle not read whole", metadata: ["day": "\(request.day.dayText)", "cause": "\(error)"])
        }
        try store(&group, &summary, advance)
    }

    private func store(_ group: inout VersionGroup, _ summary: inout Summary, _ advance: (Int) -> Void) throws {
        let answers = group.take()
        guard !answers.isEmpty else { return }
        let recorded = try database.record(answers, day: now.dayNumber)
        summary.read += answers.count
        summary.readings += recorded.reduce(0) { $0 + $1.added }
        advance(answers.count)
    }

    /// Asks for each version that is still missing, four at once, and stores them in order.
    private func takeSingles(in month: TimeRange, _ summary: inout Summary, _ advance: (Int) -> Void) async throws {
        let unread = try database.archiveState(of: document, in: month).unread
        for start in stride(from: 0, to: unread.count, by: 20) {
            let window = Array(unread[start..<min(start + 20, unread.count)])
            let answers = try await answers(to: window)
            let recorded = try database.record(answers, day: now.dayNumber)
            let failed = answers.count { if case .read = $0.answer { false } else { true } }
            summary.failed += failed
            summary.read += answers.count - failed
            summary.readings += recorded.reduce(0) { $0 + $1.added }
            advance(answers.count)
            guard answers.contains(where: { if case .unanswered = $0.answer { false } else { true } }) else {
                // Nobody answers: asking for the rest would only be a burden.
                summary.failed += unread.count - start - window.count
                return
            }
        }
    }

    /// The answers in the order of the versions, however they came in; the pacer keeps to four at once.
    private func answers(
        to versions: [ArchivedVersion]
    ) async throws -> [(version: ArchivedVersion, answer: VersionAnswer)] {
        try await withThrowingTaskGroup(of: (Int, VersionAnswer).self) { group in
            for (index, version) in versions.enumerated() {
                group.addTask { (index, try await answer(to: version)) }
            }
            var answers: [Int: VersionAnswer] = [:]
            for try await (index, answer) in group { answers[index] = answer }
            return versions.indices.compactMap { index in answers[index].map { (versions[index], $0) } }
        }
    }

    private func answer(to version: ArchivedVersion) async throws -> VersionAnswer {
        let isGood: @Sendable (Data) -> Bool = { [feed, document] bytes in
            if case .success = Body.read(bytes, of: document, in: feed) { true } else { false }
        }
        switch try await client.version(version, isGood: isGood) {
        case .had(let bytes): return VersionGroup.answer(bytes, of: document, in: feed, stamp: version.stamp)
        case .absent: return .absent
        case .unanswered: return .unanswered
        }
    }
}
