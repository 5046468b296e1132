import Foundation
package import Logging
import ServiceLifecycle
package import WaitCore
package import WaitStore

/// Fills the record's own gaps from the archive: at start, and every hour, without a person.
package struct Healer: Service {
    package let feed: Feed
    private let document: Document
    private let client: ArchiveClient
    private let database: WaitDatabase
    private let clock: WallClock
    private let logger: Logger

    /// The last days are looked at every hour, the whole life at start and then every so many hours.
    private static let hoursBetweenFullPasses = 24
    private static let recentDays = 7

    package init(
        feed: Feed, document: Document, client: ArchiveClient, database: WaitDatabase, clock: WallClock,
        logger: Logger
    ) {
        (self.feed, self.document, self.client) = (feed, document, client)
        (self.database, self.clock, self.logger) = (database, clock, logger)
    }

    /// Runs until the service group shuts down or the task is cancelled.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                try await healForEver()
            } catch is CancellationError {
                logger.debug("healing ended", metadata: ["feed": "\(feed.id)"])
            } catch {
                logger.error("healing ended", metadata: ["feed": "\(feed.id)", "cause": "\(error)"])
            }
        }
    }

    private func healForEver() async throws {
        var hour = 0
        while true {
            let isFull = hour.isMultiple(of: Self.hoursBetweenFullPasses)
            do {
                _ = try await heal(since: isFull ? nil : now.dayStart.adding(minutes: -Self.recentDays * 1_440))
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                logger.error(
                    "gaps not healed",
                    metadata: ["feed": "\(feed.id)", "cause": "\(StoreError.sentence(error, of: database))"])
            }
            hour += 1
            try await clock.sleep(clock.now().addingTimeInterval(3_600))
        }
    }

    /// One pass over the unknown slots, newest first.
    /// - Parameter since: nil: the feed's whole life.
    /// - Throws: `CancellationError`; the store's errors.
    package func heal(
        since: HongKongMinute? = nil, progress: (Backfill.Progress) -> Void = { _ in }
    ) async throws -> Backfill.Summary {
        let life = TimeRange(from: since ?? HongKongMinute(sinceEpoch: 0), to: now)
        let asked = now
        let gaps = try await BlockingWork.run { [database, feed, document] _ in
            try database.gapDays(of: feed.id, document: document, in: life, now: asked)
        }
        let backfill = Backfill(
            feed: feed, document: document, client: client, database: database, clock: clock, logger: logger)
        var summary = Backfill.Summary()
        for range in HealPlan.ranges(gaps, now: now) {
            let part = try await backfill.run(range, progress: progress)
            summary.read += part.read
            summary.readings += part.readings
            summary.failed += part.failed
            summary.listingsFailed += part.listingsFailed
            logger.info(
                "archive asked",
                metadata: [
                    "feed": "\(feed.id)", "from": "\(range.from.dayText)", "versions": "\(part.read)",
                    "readings": "\(part.readings)", "failed": "\(part.failed)",
                ])
        }
        return summary
    }

    private var now: HongKongMinute {
        HongKongMinute(secondsSince1970: clock.now().timeIntervalSince1970)
    }
}

extension Healer: CustomStringConvertible {
    /// As logs name it.
    package var description: String { "healer of \(feed.id)" }
}
