import Foundation
import Synchronization
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

/// The government archive on loopback, a record and a backfill between them.
struct ArchiveStandIn {
    static let world = SimulatedWorld(
        seed: 11, hospitals: BundledPlaces.hospitals.map { .init(name: $0.name, busyness: 1) }, publishing: .punctual)
    /// Two of them: for tests of many versions that ask about one hospital.
    static let twoHospitals = BundledPlaces.hospitals.filter { ["QMH", "TMH"].contains($0.id) }
    static let smallWorld = SimulatedWorld(
        seed: 11, hospitals: twoHospitals.map { .init(name: $0.name, busyness: 1) }, publishing: .punctual)
    static let document = Feed.aeWait.documents[0]

    let publisher: Publisher
    let backfill: Backfill
    let healer: Healer
    let now: HongKongMinute
    private let client: ArchiveClient
    private let clock: WallClock

    /// A clock that goes forward only by being waited for.
    final class Clock: Sendable {
        private let time: Mutex<Date>

        init(_ minute: HongKongMinute) {
            time = Mutex(minute.date)
        }

        var wall: WallClock {
            WallClock(
                now: { self.time.withLock { $0 } },
                sleep: { until in
                    try Task.checkCancellation()
                    self.time.withLock { $0 = max($0, until) }
                })
        }

        var minute: HongKongMinute {
            HongKongMinute(secondsSince1970: time.withLock { $0 }.timeIntervalSince1970)
        }

        func set(_ minute: HongKongMinute) {
            time.withLock { $0 = minute.date }
        }
    }

    static func run(
        _ archive: ReplayArchive, now: HongKongMinute, _ body: (ArchiveStandIn) async throws -> Void
    ) async throws {
        let clock = Clock(now)
        let replay = ReplayPublisher(
            world: nil, archive: archive, now: { clock.minute.date })
        try await Publisher.run(serving: replay.answer(to:), clock: clock.wall) { publisher in
            try await body(ArchiveStandIn(publisher, clock: clock))
        }
    }

    init(_ publisher: Publisher, clock: Clock, pace: RequestPace = RequestPace()) {
        self.publisher = publisher
        now = clock.minute
        self.clock = clock.wall
        client = ArchiveClient(
            fetch: publisher.fetch, pace: pace, baseURL: "\(publisher.server.baseURL)/v1/historical-archive",
            limits: Publisher.patience, clock: clock.wall, logger: Publisher.silent)
        backfill = Backfill(
            feed: .aeWait, document: Self.document, client: client, database: publisher.database, clock: clock.wall,
            logger: Publisher.silent)
        healer = Healer(
            feed: .aeWait, document: Self.document, client: client, database: publisher.database, clock: clock.wall,
            logger: Publisher.silent)
    }

    func backfill(_ feed: Feed, _ document: Document) -> Backfill {
        Backfill(
            feed: feed, document: document, client: client, database: publisher.database, clock: clock,
            logger: Publisher.silent)
    }

    func coverage(_ range: TimeRange, by size: BucketSize = .year, hospital: String? = "QMH") throws -> SlotCounts {
        try publisher.database.coverage(of: Feed.aeWait.id, hospital: hospital, by: size, in: range, now: now).total
    }

    func readings(of hospital: String = "QMH") throws -> Int {
        Int(try SQLite.rows(publisher.path, "SELECT count(*) FROM ae_wait WHERE hospital = '\(hospital)'").first ?? "")
            ?? -1
    }
}

extension HongKongMinute {
    /// A time a test is sure of.
    static func at(_ text: String) -> HongKongMinute {
        guard let minute = HongKongMinute(text: text) else { preconditionFailure("no time: \(text)") }
        return minute
    }
}

extension TimeRange {
    /// Whole days, both included.
    static func days(_ from: String, _ to: String) -> TimeRange {
        TimeRange(from: .at(from), to: .at(to).adding(minutes: 1_440))
    }
}
