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
        for month in months { state.total += try await known(of: month).unread.count }
        for month in months {
            try await take(month, &summary) { count in
                state.done += count
                progress(state)
            }
        }
        return summary
    }

    /// A month's versions: from bundles first, then one by one. Where a bundle could not be fetched, one version is asked for before
    /// the others: an archive that does not answer at all is left alone, and one that only lacks the bundle has the versions.
    private func take(_ month: TimeRange, _ summary: inout Summary, _ advance: (Int) -> Void) async throws {
        let isAnswering = try await takeBundles(in: month, &summary, advance)
        try await takeSingles(in: month, firstWindow: isAnswering ? Self.window : 1, &summary, advance)
    }

    /// Versions that are asked for before the answers are looked at.
    private static let window = 20

    /// What is held and what is missing of a month.
    private func known(of month: TimeRange) async throws -> ArchiveState {
        try await BlockingWork.run { [database, document] _ in try database.archiveState(of: document, in: month) }
    }

    /// What there is to ask for, a month a row: reads the listings that are not settled, and asks for nothing else.
    /// - Throws: `CancellationError`; the store's errors.
    package func plan(_ range: TimeRange) async throws -> [MonthPlan] {
        var months: [MonthPlan] = []
        for month in BackfillPlan.months(of: range, now: now) {
            let failed = try await list(month)
            let state = try await known(of: month)
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

    /// Reads the listings of a month that are not settled yet; returns how many could not be fetched.
    package func list(_ month: TimeRange) async throws -> Int {
        var failed = 0
        for key in ArchiveKey.allCases {
            let state = try await known(of: month)
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
            try await BlockingWork.run { [database, document] _ in
                try database.record(listing, of: document, key: key, days: days, askedAt: askedAt)
            }
            return listing.isWhole ? 0 : 1
        }
        let middle = range.days[range.days.count / 2]
        return try await list(key, from: from, to: middle.adding(minutes: -1_440))
            + list(key, from: middle, to: to)
    }

    /// Returns whether every bundle was answered: one that is not there, or is refused, is an answer.
    private func takeBundles(
        in month: TimeRange, _ summary: inout Summary, _ advance: (Int) -> Void
    ) async throws -> Bool {
        let state = try await known(of: month)
        for request in BackfillPlan.bundles(for: state.untried, now: now) {
            try Task.checkCancellation()
            switch try await client.bundle(request) {
            case .absent, .refused: continue
            case .unanswered: return false
            case .had(let file):
                let wanted = Set(state.unread.filter { $0.key == request.key }.map(\.stamp))
                let part = try await take(file, request, wanted, advance)
                summary.read += part.read
                summary.readings += part.readings
            }
        }
        return true
    }

    /// Unpacks a bundle and stores it on a thread of its own, which tells how far it is.
    private func take(
        _ file: SpooledFile, _ request: BundleRequest, _ wanted: Set<HongKongMinute>, _ advance: (Int) -> Void
    ) async throws -> BundleTake.Part {
        let bundle = BundleTake(
            feed: feed, document: document, request: request, wanted: wanted, database: database, day: now.dayNumber,
            logger: logger)
        let (stored, telling) = AsyncStream.makeStream(of: Int.self)
        async let part = BlockingWork.run { stop in
            defer { telling.finish() }
            return try bundle.run(file, stop: stop) { telling.yield($0) }
        }
        for await count in stored { advance(count) }
        return try await part
    }

    /// Asks for each version that is still missing, four at once, and stores them in order.
    private func takeSingles(
        in month: TimeRange, firstWindow: Int, _ summary: inout Summary, _ advance: (Int) -> Void
    ) async throws {
        var rest = try await known(of: month).unread[...]
        var window = firstWindow
        while !rest.isEmpty {
            let versions = Array(rest.prefix(window))
            let came = try await answers(to: versions)
            let part = try await store(came)
            let failed = versions.count - part.read
            summary.failed += failed
            summary.read += part.read
            summary.readings += part.readings
            advance(versions.count)
            rest = rest.dropFirst(versions.count)
            guard came.contains(where: \.isAnswer) else {
                // Asking for the rest would only be a burden.
                summary.failed += rest.count
                return
            }
            window = Self.window
        }
    }

    /// What came of asking for a version, its bytes not read yet.
    private struct Came: Sendable {
        let version: ArchivedVersion
        let answer: ArchiveClient.Answer<Data>

        var isAnswer: Bool {
            switch answer {
            case .had, .absent: true
            case .refused, .unanswered: false
            }
        }
    }

    /// The answers in the order of the versions, however they came in; the pacer keeps to four at once.
    private func answers(to versions: [ArchivedVersion]) async throws -> [Came] {
        try await withThrowingTaskGroup(of: (Int, Came).self) { group in
            for (index, version) in versions.enumerated() {
                group.addTask { (index, Came(version: version, answer: try await answer(to: version))) }
            }
            var answers: [Int: Came] = [:]
            for try await (index, answer) in group { answers[index] = answer }
            return versions.indices.compactMap { answers[$0] }
        }
    }

    private func answer(to version: ArchivedVersion) async throws -> ArchiveClient.Answer<Data> {
        try await client.version(version) { [feed, document] bytes in
            if case .success = Body.read(bytes, of: document, in: feed) { true } else { false }
        }
    }

    /// Reads and stores what came, on a thread of its own.
    private func store(_ came: [Came]) async throws -> BundleTake.Part {
        let day = now.dayNumber
        return try await BlockingWork.run { [feed, document, database] _ in
            let answers = came.map { one -> (version: ArchivedVersion, answer: VersionAnswer) in
                switch one.answer {
                case .had(let bytes):
                    (one.version, VersionGroup.answer(bytes, of: document, in: feed, stamp: one.version.stamp))
                case .absent: (one.version, .absent)
                case .refused, .unanswered: (one.version, .unanswered)
                }
            }
            let recorded = try database.record(answers, day: day)
            let read = answers.count { if case .read = $0.answer { true } else { false } }
            return BundleTake.Part(read: read, readings: recorded.reduce(0) { $0 + $1.added })
        }
    }
}
