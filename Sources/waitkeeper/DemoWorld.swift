import Foundation
import WaitCore
import WaitIngest
import WaitReplay

/// The demo's time and publisher: yesterday and today until now, with four hours yesterday when nobody answers.
struct DemoWorld: Sendable {
    let start: Date
    let end: Date
    let outage: Range<Date>
    let clock: SimulatedClock
    private let publisher: ReplayPublisher

    init(now: Date) {
        let today = HongKongMinute(secondsSince1970: now.timeIntervalSince1970).dayStart
        let yesterday = today.adding(minutes: -1_440)
        (start, end) = (yesterday.date, now)
        outage = yesterday.adding(minutes: 9 * 60).date..<yesterday.adding(minutes: 13 * 60).date
        let clock = SimulatedClock(startingAt: start, endingAt: now)
        self.clock = clock
        publisher = StandIn.publisher(
            seed: StandIn.seed, archive: TimeRange(from: yesterday, to: today), now: { clock.now })
    }

    func answer(to request: ReplayRequest) -> ReplayAnswer {
        outage.contains(clock.now) ? .status(503) : publisher.answer(to: request)
    }
}
