import Foundation
import WaitCore
import WaitFixtures
import WaitIngest
import WaitReplay

/// The demo's time and publisher: yesterday and today until now, with four hours yesterday when nobody answers, and before them a
/// past that only the archive has.
struct DemoWorld: Sendable {
    let start: Date
    let end: Date
    let outage: Range<Date>
    let clock: SimulatedClock
    /// The days before yesterday that the archive has, feed by feed; none where the demo is of two days.
    let pasts: [Past]
    private let publisher: ReplayPublisher

    struct Past: Sendable {
        let feed: Feed
        let range: TimeRange
    }

    /// - Parameter days: today, yesterday, and those before.
    init(now: Date, days: Int) {
        let today = HongKongMinute(secondsSince1970: now.timeIntervalSince1970).dayStart
        let yesterday = today.adding(minutes: -1_440)
        (start, end) = (yesterday.date, now)
        outage = yesterday.adding(minutes: 9 * 60).date..<yesterday.adding(minutes: 13 * 60).date
        let clock = SimulatedClock(startingAt: start, endingAt: now)
        self.clock = clock
        pasts = Self.pasts(before: yesterday, days: days - 2)
        // The moment the outage ends a new version is out, so that none from within it is still on offer, on any day.
        let back = yesterday.adding(minutes: 13 * 60)
        let publishing = PublishingRhythm.phases([
            .init(from: yesterday, .delayed), .init(from: back, .punctual),
            .init(from: back.adding(minutes: 15), .delayed),
        ])
        publisher = MockPublisher.publisher(
            seed: MockPublisher.seed, at: now, publishing: publishing,
            archive: Self.archive(of: pasts, yesterday: TimeRange(from: yesterday, to: today)), now: { clock.now })
    }

    func answer(to request: ReplayRequest) -> ReplayAnswer {
        outage.contains(clock.now) ? .status(503) : publisher.answer(to: request)
    }

    /// The demo's yesterday lies within the feed's life.
    static let earliest = (Feed.aeWait.life.from ?? HongKongMinute(sinceEpoch: 0)).adding(minutes: 1_440)

    private static func pasts(before yesterday: HongKongMinute, days: Int) -> [Past] {
        guard days > 0, let oldEnd = Feed.aeTopWait.life.to else { return [] }
        func before(_ end: HongKongMinute, _ days: Int) -> TimeRange {
            TimeRange(from: end.dayStart.adding(minutes: -days * 1_440), to: end)
        }
        let whole = before(yesterday, days)
        // Before its life the feed was on trial.
        let start = max(whole.from, Feed.aeWait.life.from ?? whole.from)
        return (start < yesterday ? [Past(feed: .aeWait, range: TimeRange(from: start, to: yesterday))] : []) + [
            Past(feed: .aeTopWait, range: before(oldEnd.dayStart, min(45, days))),
            Past(feed: .clinicQuota, range: whole),
        ]
    }

    private static func archive(of pasts: [Past], yesterday: TimeRange) -> ReplayArchive {
        let world = MockPublisher.world(seed: MockPublisher.seed)
        let quarterHours = regular(yesterday)
        let past = pasts.first { $0.feed.id == Feed.aeWait.id }.map { regular($0.range).filter(isArchived) } ?? []
        var documents = [ReplayDocument(url: url(of: .aeWait), world: world, stamps: past + quarterHours)]
        for past in pasts where past.feed.id == Feed.aeTopWait.id {
            documents.append(ReplayDocument(url: url(of: past.feed), world: world, stamps: regular(past.range)))
        }
        for past in pasts where past.feed.id == Feed.clinicQuota.id { documents += quotas(past.range) }
        return ReplayArchive(documents)
    }

    /// Two minutes after each quarter hour: by then its version is on offer, which is published 90 seconds after it at the latest, so
    /// that the archive has every version once, on any day. (On the quarter hours it would lack those before a punctual one.)
    private static func regular(_ range: TimeRange) -> [HongKongMinute] {
        ArchiveStamps.regular(from: range.from, to: range.to).map { $0.adding(minutes: 2) }
    }

    /// Every 23rd night the archive has nothing for four hours, as the real one on some days.
    private static func isArchived(_ stamp: HongKongMinute) -> Bool {
        stamp.dayIndex % 23 != 0 || !(2..<6).contains(stamp.civil.hour)
    }

    private static func url(of feed: Feed) -> String {
        feed.documents.first { $0.language == .en }?.url ?? ""
    }

    /// A version a week of the quotas in the languages that are read.
    private static func quotas(_ range: TimeRange) -> [ReplayDocument] {
        let weeks = ArchiveStamps.regular(from: range.from, to: range.to, everyMinutes: 7 * 1_440)
        return Feed.clinicQuota.documents.compactMap { document in
            guard let name = document.url.split(separator: "/").last,
                let bytes = FixtureFiles.all[String(name)]
            else { return nil }
            let quotas = SimulatedQuotas(bytes)
            return ReplayDocument(url: document.url, versions: weeks.map { ReplayVersion(stamp: $0) }) { stamp in
                quotas.document(at: stamp)
            }
        }
    }
}
