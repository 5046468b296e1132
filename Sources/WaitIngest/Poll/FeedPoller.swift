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
    private let intake: Intake
    private let clock: WallClock
    private let logger: Logger

    package init(
        feed: Feed, life: Feed.Life, documents: [Document], schedule: PollSchedule, jitter: Double,
        database: WaitDatabase,
        intake: Intake, clock: WallClock, logger: Logger
    ) {
        (self.feed, self.life, self.documents) = (feed, life, documents)
        (self.schedule, self.jitter) = (schedule, jitter)
        (self.database, self.intake, self.clock, self.logger) = (database, intake, clock, logger)
    }

    /// Runs until the service group shuts down or the task is cancelled, and ends at once then, in mid-fetch too.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                try await poll()
            } catch {
                logger.info("polling ended", metadata: ["feed": "\(feed.id)", "cause": "\(error)"])
            }
        }
        // A task of its own: in one that was cancelled nothing is stored any more.
        await Task { for document in documents { await giveBack(document) } }.value
    }

    /// A last try for what could not be stored.
    private func giveBack(_ document: Document) async {
        await intake.storeWaiting(of: document)
        guard intake.hasWaiting(of: document) else { return }
        logger.error("captures lost: the record takes nothing", metadata: ["document": "\(document.url)"])
    }

    /// How long captures that the record would not take wait before it is asked again.
    private static let secondsBetweenStores = 60.0

    private func poll() async throws {
        var state = resumed()
        var waits = RetryWaits()
        while true {
            try await waitUntilDue(after: state)
            let pass = try await passOutcome(waits.open(documents, now: clock.now()), noting: &waits)
            if state.failures > 0, !pass.isFailure {
                logger.info("feed answers again", metadata: ["feed": "\(feed.id)", "failures": "\(state.failures)"])
            }
            state = plan.advance(state, by: pass)
        }
    }

    /// Asks the plan again after every wait: the clock may have been set meanwhile.
    private func waitUntilDue(after state: PollState) async throws {
        try Task.checkCancellation()
        while case let now = clock.now(), case let due = plan.next(after: state, now: now), due > now {
            let isWaiting = documents.contains(where: intake.hasWaiting(of:))
            try await clock.sleep(isWaiting ? min(due, now.addingTimeInterval(Self.secondsBetweenStores)) : due)
            if isWaiting { for document in documents { await intake.storeWaiting(of: document) } }
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
            schedule: schedule, rhythm: PollPlan.rhythm(of: feed, life: life, now: clock.now()), jitter: jitter)
    }

    /// One pass; what the store would not take counts as it was answered, since it waits to be stored.
    private func passOutcome(_ open: [Document], noting waits: inout RetryWaits) async throws -> PassOutcome {
        let pass = try await FeedPass.run(feed, documents: open, intake: intake)
        waits.note(pass.taken, at: clock.now())
        for unstored in pass.unstored {
            logger.error(
                "capture not stored, kept in memory",
                metadata: [
                    "document": "\(unstored.document.url)", "waiting": "\(unstored.waiting)",
                    "lost": "\(unstored.lost)",
                    "cause": "\(StoreError.sentence(unstored.cause, of: database))",
                ])
        }
        return PassOutcome(
            finishedAt: clock.now(), isFailure: pass.isFailure, observedAt: pass.observedAt,
            retryNotBefore: pass.retryNotBefore)
    }
}

extension FeedPoller: CustomStringConvertible {
    /// As logs name it.
    package var description: String { "poller of \(feed.id)" }
}
