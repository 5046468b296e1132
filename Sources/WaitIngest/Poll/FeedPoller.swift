import Foundation
package import Logging
import ServiceLifecycle
package import WaitCore
package import WaitStore

/// Polls one feed for ever: asks the plan when, waits, carries out, remembers. Each feed has its own.
package struct FeedPoller: Service {
    private let feed: Feed
    private let life: Feed.Life
    private let documents: [Document]
    private let schedule: PollSchedule
    private let jitter: Double
    private let database: WaitDatabase
    private let ingestor: DocumentIngestor
    private let clock: WallClock
    private let logger: Logger

    package init(
        feed: Feed, life: Feed.Life, documents: [Document], schedule: PollSchedule, jitter: Double,
        database: WaitDatabase,
        ingestor: DocumentIngestor, clock: WallClock, logger: Logger
    ) {
        (self.feed, self.life, self.documents) = (feed, life, documents)
        (self.schedule, self.jitter) = (schedule, jitter)
        (self.database, self.ingestor, self.clock, self.logger) = (database, ingestor, clock, logger)
    }

    /// Runs until the service group shuts down or the task is cancelled, and ends at once then, in mid-fetch too.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                try await poll()
            } catch is CancellationError {
                logger.debug("polling ended", metadata: ["feed": "\(feed.id)"])
            } catch {
                logger.error("polling ended", metadata: ["feed": "\(feed.id)", "cause": "\(error)"])
            }
        }
        // A task of its own: in one that was cancelled nothing is stored any more.
        await Task { for document in documents { await giveBack(document) } }.value
    }

    /// A last try for what could not be stored.
    private func giveBack(_ document: Document) async {
        await ingestor.storeWaiting(of: document)
        guard ingestor.hasWaiting(of: document) else { return }
        logger.error("captures lost: the record cannot be written", metadata: ["document": "\(document.url)"])
    }

    /// How long captures that the record would not take wait before it is asked again.
    private static let secondsBetweenStores = 60.0

    private func poll() async throws {
        var state = resumed()
        var waits = RetryWaits()
        var failures = FailureTeller(isRetired: life.to.map { clock.now() > $0.date } ?? false)
        while true {
            try await waitUntilDue(after: state)
            let asking: DocumentIngestor.Asking =
                plan.asksForWhole(after: state, now: clock.now()) ? .whole : .conditionally
            let pass = try await FeedPass.run(
                feed, documents: waits.open(documents, now: clock.now()), ingestor: ingestor, asking: asking)
            waits.note(pass.results, at: clock.now())
            report(pass, failures.messages(after: pass))
            state = plan.advance(state, by: outcome(of: pass))
            await rememberDue(after: state)
        }
    }

    /// Asks the plan again after every wait: the clock may have been set meanwhile.
    private func waitUntilDue(after state: PollState) async throws {
        try Task.checkCancellation()
        while case let now = clock.now(), case let due = plan.next(after: state, now: now), due > now {
            let isWaiting = documents.contains(where: ingestor.hasWaiting(of:))
            try await clock.sleep(isWaiting ? min(due, now.addingTimeInterval(Self.secondsBetweenStores)) : due)
            if isWaiting { for document in documents { await ingestor.storeWaiting(of: document) } }
        }
    }

    /// Where the record says we were; without it, at the beginning.
    private func resumed() -> PollState {
        do {
            return plan.resume(from: try database.pollHistory(of: documents))
        } catch {
            logger.warning(
                "history not read",
                metadata: ["feed": "\(feed.id)", "cause": "\(StoreError.sentence(error, of: database))"])
            return PollState()
        }
    }

    private var plan: PollPlan {
        PollPlan(
            schedule: schedule, rhythm: PollPlan.rhythm(of: feed, life: life, now: clock.now()),
            month: feed.dataset?.month, jitter: jitter)
    }

    /// What a pass came to; what the store would not take counts as it was answered, since it waits to be stored.
    private func outcome(of pass: FeedPass) -> PassOutcome {
        PassOutcome(
            finishedAt: clock.now(), isFailure: pass.isFailure, observedAt: pass.observedAt,
            retryNotBefore: pass.retryNotBefore)
    }

    private func report(_ pass: FeedPass, _ messages: [FailureTeller.Message]) {
        for failure in pass.failures {
            logger.error(
                "capture not stored, kept in memory",
                metadata: [
                    "document": "\(failure.document.url)", "waiting": "\(failure.waiting)",
                    "lost": "\(failure.lost)",
                    "cause": "\(StoreError.sentence(failure.cause, of: database))",
                ])
        }
        for message in messages {
            var facts: Logger.Metadata = ["feed": "\(feed.id)", "document": "\(message.document.url)"]
            if !message.cause.isEmpty { facts["cause"] = "\(message.cause)" }
            logger.log(level: message.level, "\(message.text)", metadata: facts)
        }
    }

    /// Tells other processes when the feed is asked next, where they would take so long a wait for a collector that stands still.
    private func rememberDue(after state: PollState) async {
        guard let last = state.lastAttemptAt else { return }
        let due = plan.next(after: state, now: last)
        guard due.timeIntervalSince(last) > FeedHealth.patience(feed.rhythm) else { return }
        do {
            try await database.setDue(due, ofFeed: feed.id)
        } catch {
            // Only what others say of the feed depends on it; a record that cannot be written is reported elsewhere.
            logger.debug("due time not stored", metadata: ["feed": "\(feed.id)", "cause": "\(error)"])
        }
    }
}

extension FeedPoller: CustomStringConvertible {
    /// As logs name it.
    package var description: String { "poller of \(feed.id)" }
}
