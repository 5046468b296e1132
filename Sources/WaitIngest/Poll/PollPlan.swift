package import Foundation
package import WaitCore
package import WaitStore

/// When each kind of feed is asked: the poll rule (docs/design.md, "Poll rule") in numbers, all of them settings.
package struct PollSchedule: Sendable, Hashable {
    /// Seconds after a quarter hour, so that the publisher has had time to write.
    package var offsetSeconds = 60
    /// At most so many seconds later, the same for every poll of one process: installations spread out.
    package var jitterSeconds = 30
    /// Minutes after the first try of a quarter hour, where nothing new was there.
    package var laterTriesMinutes = [2, 4, 8]
    /// Minutes after Hong Kong midnight at which daily and weekly feeds are asked.
    package var dailyMinute = 5 * 60 + 30
    /// The first wait after a failure; it doubles with each further one.
    package var backoffSeconds = 60
    /// The longest wait after failures of a quarter-hourly feed, and of a daily or weekly one.
    package var ceilingSeconds = 15 * 60
    package var dailyCeilingSeconds = 6 * 3_600

    package init() {}
}

/// What the plan needs to remember of a feed's attempts; `PollPlan` reads and advances it.
package struct PollState: Sendable, Hashable {
    package var lastAttemptAt: Date?
    /// First attempt that was answered within the quarter hour of the last one.
    package var firstTryAt: Date?
    /// Tries answered in that quarter hour after the first.
    package var laterTries = 0
    /// Whether the feed's update time has come to that quarter hour: one that is late from the quarter hour before does not
    /// end the tries.
    package var moved = false
    /// The update time that was there last. Not the newest ever: one that was ahead of its time by mistake would pass for
    /// every later quarter hour's.
    package var observedAt: HongKongMinute?
    /// Failures in a row.
    package var failures = 0
    /// The publisher asked not to come back before this.
    package var retryNotBefore: Date?

    package init() {}
}

/// What one pass over a feed's documents came to.
package struct PassOutcome: Sendable, Hashable {
    package var finishedAt: Date
    package var isFailure: Bool
    package var observedAt: HongKongMinute?
    package var retryNotBefore: Date?

    package init(finishedAt: Date, isFailure: Bool, observedAt: HongKongMinute? = nil, retryNotBefore: Date? = nil) {
        (self.finishedAt, self.isFailure) = (finishedAt, isFailure)
        (self.observedAt, self.retryNotBefore) = (observedAt, retryNotBefore)
    }
}

/// The poll rule as pure functions of (schedule, state, now).
package struct PollPlan: Sendable {
    package let schedule: PollSchedule
    package let rhythm: Feed.Rhythm
    /// The month of the year in which a weekly feed is asked once a day; nil: none.
    package let month: Int?
    /// 0 up to 1, drawn once a process: where in the jitter window it polls.
    package let jitter: Double

    package init(schedule: PollSchedule, rhythm: Feed.Rhythm, month: Int? = nil, jitter: Double) {
        (self.schedule, self.rhythm, self.month, self.jitter) = (schedule, rhythm, month, jitter)
    }

    /// The rhythm a feed is asked in: one whose life is over is asked once a day, to notice should it come back.
    package static func rhythm(of feed: Feed, life: Feed.Life, now: Date) -> Feed.Rhythm {
        guard let to = life.to, now.timeIntervalSince1970 > Double(to.secondsSince1970) else { return feed.rhythm }
        return .daily
    }

    /// When to ask next; at or before `now` means at once.
    package func next(after state: PollState, now: Date) -> Date {
        guard let last = state.lastAttemptAt, last <= now else { return now }
        let regular = regularPoll(after: state, last: last)
        guard state.failures > 0 else { return regular }
        let retry = last.addingTimeInterval(backoff(failures: state.failures))
        let bound = last.addingTimeInterval(RetryAfter.ceilingSeconds)
        return max(min(retry, nextDue(after: last)), min(state.retryNotBefore ?? .distantPast, bound))
    }

    /// Whether a pass that begins now is to ask for whole documents: it is the last try of its quarter hour, and the version is
    /// still due. A publisher, or a cache before it, may say "not modified" for ever.
    package func asksForWhole(after state: PollState, now: Date) -> Bool {
        guard rhythm == .quarterHourly, !state.moved, let first = state.firstTryAt, slot(of: first) == slot(of: now)
        else {
            return false
        }
        return state.laterTries + 1 >= schedule.laterTriesMinutes.count
    }

    /// Seconds to wait after so many failures in a row: doubling up to the ceiling, a quarter more or less by the jitter.
    package func backoff(failures: Int) -> Double {
        let ceiling = rhythm == .quarterHourly ? schedule.ceilingSeconds : schedule.dailyCeilingSeconds
        let doubled = Double(schedule.backoffSeconds) * pow(2, Double(min(failures, 32) - 1))
        return min(doubled, Double(ceiling)) * (0.75 + jitter / 2)
    }

    /// The state after a pass.
    package func advance(_ state: PollState, by pass: PassOutcome) -> PollState {
        var next = state
        next.lastAttemptAt = pass.finishedAt
        next.retryNotBefore = pass.retryNotBefore
        guard !pass.isFailure else {
            next.failures += 1
            return next
        }
        next.failures = 0
        if let first = state.firstTryAt, slot(of: first) == slot(of: pass.finishedAt) {
            next.laterTries += 1
        } else {
            (next.firstTryAt, next.laterTries, next.moved) = (pass.finishedAt, 0, false)
        }
        next.observedAt = pass.observedAt ?? state.observedAt
        next.moved = next.moved || isCurrent(next.observedAt, at: pass.finishedAt)
        return next
    }

    /// Where a process takes up again: a quarter hour whose reading is held is not asked for once more.
    package func resume(from history: PollHistory) -> PollState {
        var state = PollState()
        guard let last = history.lastAttemptAt else { return state }
        (state.lastAttemptAt, state.observedAt) = (last, history.observedAt)
        guard history.lastOutcome?.isFailure == false else {
            state.failures = 1
            return state
        }
        state.firstTryAt = last
        state.moved = isCurrent(history.observedAt, at: last)
        return state
    }
}

extension PollPlan {
    /// Whether an update time is of the quarter hour that is asked for at `date`.
    private func isCurrent(_ observed: HongKongMinute?, at date: Date) -> Bool {
        observed.map { slot(of: Double($0.slotStart.secondsSince1970) + lag) >= slot(of: date) } ?? false
    }

    private static let quarterSeconds = 900.0

    /// Seconds from the start of a quarter hour to its first poll.
    private var lag: Double { Double(schedule.offsetSeconds) + jitter * Double(schedule.jitterSeconds) }

    /// The number of the quarter hour whose first poll is at or before `date`.
    private func slot(of date: Date) -> Int { slot(of: date.timeIntervalSince1970) }

    private func slot(of seconds: Double) -> Int { Int(((seconds - lag) / Self.quarterSeconds).rounded(.down)) }

    private func regularPoll(after state: PollState, last: Date) -> Date {
        let due = nextDue(after: last)
        guard rhythm == .quarterHourly, !state.moved, let first = state.firstTryAt, slot(of: first) == slot(of: last),
            state.laterTries < schedule.laterTriesMinutes.count
        else { return due }
        let again = first.addingTimeInterval(Double(schedule.laterTriesMinutes[state.laterTries]) * 60)
        return min(max(again, last), due)
    }

    /// The first regular poll after `last`.
    private func nextDue(after last: Date) -> Date {
        switch rhythm {
        case .quarterHourly:
            return Date(timeIntervalSince1970: Double(slot(of: last) + 1) * Self.quarterSeconds + lag)
        case .daily: return dailyDue(after: last)
        case .weekly:
            let first = dailyDue(after: last)
            let week = (0..<7).map { first.addingTimeInterval(Double($0) * 86_400) }
            return week.first { HongKongMinute(secondsSince1970: $0.timeIntervalSince1970).civil.month == month }
                ?? week[6]
        }
    }

    private func dailyDue(after last: Date) -> Date {
        let midnight = HongKongMinute(secondsSince1970: last.timeIntervalSince1970).dayStart
        let today = Double(midnight.adding(minutes: schedule.dailyMinute).secondsSince1970) + lag
        let isOver = today <= last.timeIntervalSince1970
        return Date(timeIntervalSince1970: isOver ? today + 86_400 : today)
    }
}
