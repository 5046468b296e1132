import Foundation
import TestSupport
import Testing
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

@Suite("A backfill")
struct BackfillTests {
    static let month = TimeRange.days("2026-01-01", "2026-01-31")
    static let now = HongKongMinute.at("2026-03-15T12:00")

    static func archive(
        _ range: TimeRange = month, faults: [HongKongMinute: Set<ReplayFault>] = [:]
    ) -> ReplayArchive {
        ReplayArchive(
            world: ArchiveStandIn.smallWorld, stamps: ArchiveStamps.regular(from: range.from, to: range.to),
            faults: faults)
    }

    @Test("of a month makes three requests, and one more for each member that is cut or lacking")
    func fewRequests() async throws {
        let faults: [HongKongMinute: Set<ReplayFault>] = [
            .at("2026-01-05T10:00"): [.cutInBundle], .at("2026-01-06T10:00"): [.doubledInBundle],
            .at("2026-01-07T10:00"): [.lost],
        ]
        try await ArchiveStandIn.run(Self.archive(faults: faults), now: Self.now) { standIn in
            let summary = try await standIn.backfill.run(Self.month)
            let requests = standIn.publisher.server.requests
            #expect(requests.count(of: .listing) == 2)
            #expect(requests.count(of: .bundle) == 1)
            #expect(requests.count(of: .version) == 2)
            #expect(summary.read == 31 * 96 - 1)
            #expect(summary.failed == 1)
            #expect(try standIn.readings() == 31 * 96 - 1)
            #expect(try standIn.publisher.database.verify().findings == [])
        }
    }

    @Test("run again asks for nothing that was answered, and again for what was not")
    func again() async throws {
        let days = TimeRange.days("2026-01-01", "2026-01-07")
        let faults: [HongKongMinute: Set<ReplayFault>] = [.at("2026-01-07T10:00"): [.lost]]
        try await ArchiveStandIn.run(Self.archive(days, faults: faults), now: Self.now) { standIn in
            _ = try await standIn.backfill.run(days)
            let before = standIn.publisher.server.requests.count
            _ = try await standIn.backfill.run(days)
            let second = Array(standIn.publisher.server.requests.dropFirst(before))
            #expect(second.count(of: .listing) == 0 && second.count(of: .bundle) == 0)
            #expect(second.count(of: .version) == 1)
        }
    }

    @Test("without bundles comes to the same, four requests at once and no faster than asked")
    func withoutBundles() async throws {
        let days = TimeRange.days("2026-01-01", "2026-01-02")
        var archive = Self.archive(days)
        archive.withoutBundles = true
        try await ArchiveStandIn.run(archive, now: Self.now) { standIn in
            _ = try await standIn.backfill.run(days)
            #expect(standIn.publisher.server.requests.count(of: .version) == 192)
            #expect(standIn.publisher.server.requests.maximumAtOnce <= 4)
            #expect(try standIn.readings() == 192)
        }
    }

    @Test("keeps to the rate asked for on the machine's own clock")
    func rate() async throws {
        let hour = TimeRange(from: .at("2026-01-01T00:00"), to: .at("2026-01-01T03:00"))
        var archive = Self.archive(hour)
        archive.withoutBundles = true
        let replay = ReplayPublisher(world: nil, archive: archive, now: { Self.now.date })
        let clock = WallClock.starting(at: Self.now.date)
        try await Publisher.run(serving: replay.answer(to:), clock: clock) { publisher in
            let client = ArchiveClient(
                fetch: publisher.fetch, pace: RequestPace(perSecond: 20),
                baseURL: "\(publisher.server.baseURL)/v1/historical-archive", clock: clock,
                logger: Publisher.silent)
            let backfill = Backfill(
                feed: .aeWait, document: ArchiveStandIn.document, client: client, database: publisher.database,
                clock: clock, logger: Publisher.silent)
            let time = try await ContinuousClock().measure {
                _ = try await backfill.run(TimeRange.days("2026-01-01", "2026-01-01"))
            }
            let asked = publisher.server.requests.filter { $0.kind == .version || $0.kind == .listing }
            #expect(asked.count == 14)
            // At least: how much longer is a matter of the machine.
            #expect(time >= .milliseconds(13 * 1_000 / 20 - 10))
        }
    }

    @Test("with one request in five failing stores everything the archive holds in the end")
    func failures() async throws {
        let days = TimeRange.days("2026-01-01", "2026-01-04")
        for withoutBundles in [true, false] {
            var archive = Self.archive(days)
            archive.withoutBundles = withoutBundles
            archive.failing = ReplayFailures.every(5)
            try await ArchiveStandIn.run(archive, now: Self.now) { standIn in
                for _ in 0..<3 { _ = try await standIn.backfill.run(TimeRange.days("2026-01-01", "2026-01-05")) }
                #expect(try standIn.readings() == 4 * 96)
                #expect(try standIn.coverage(days).notArchived == 0)
                #expect(try standIn.publisher.database.verify().findings == [])
            }
        }
    }

    @Test("reads a listing of more than 10,000 versions whole")
    func longListing() async throws {
        let stamps = ArchiveStamps.regular(from: .at("2026-01-01"), to: .at("2026-01-15T14:00"), everyMinutes: 1)
        #expect(stamps.count == 21_000)
        let archive = ReplayArchive(world: ArchiveStandIn.smallWorld, stamps: stamps)
        try await ArchiveStandIn.run(archive, now: Self.now) { standIn in
            let months = try await standIn.backfill.plan(Self.month)
            #expect(months.map(\.missing) == [21_000])
            #expect(months.map(\.listingsFailed) == [0])
        }
    }

    @Test("marks what was captured before the launch as a trial, and expects nothing there")
    func trial() async throws {
        let days = TimeRange.days("2025-09-01", "2025-09-02")
        try await ArchiveStandIn.run(Self.archive(days), now: Self.now) { standIn in
            _ = try await standIn.backfill.run(days)
            let rows = try SQLite.rows(
                standIn.publisher.path, "SELECT count(*), min(trial), origin FROM ae_wait WHERE hospital = 'QMH'")
            #expect(rows == ["192|1|archive"])
            #expect(try standIn.coverage(days).expected == 0)
        }
    }

    @Test("works for every feed: an old directory comes in and does not win over what is newer")
    func directory() async throws {
        let document = Feed.clinicDirectory.documents[1]
        let bytes = try Documents.fixture("clinic-directory/facility-gop.json")
        let archive = ReplayArchive([
            ReplayDocument(
                url: document.url, versions: [ReplayVersion(stamp: .at("2026-01-05T03:00"))],
                bytes: { _ in Array(bytes) })
        ])
        try await ArchiveStandIn.run(archive, now: Self.now) { standIn in
            let today = Self.now.date
            let live = try Documents.fixture("clinic-directory/facility-fmc.json")
            let names = "SELECT name_en FROM clinic ORDER BY id"
            _ = try standIn.publisher.database.record([
                Capture(
                    feed: .clinicDirectory, document: document, origin: .live, capturedAt: today,
                    answer: .body(Body(live, of: document, in: .clinicDirectory)))
            ])
            let before = try SQLite.rows(standIn.publisher.path, names)
            let summary = try await standIn.backfill(.clinicDirectory, document).run(Self.month)
            #expect(summary.read == 1)
            #expect(try SQLite.rows(standIn.publisher.path, names) == before)
            #expect(try standIn.publisher.database.verify().findings == [])
        }
    }

    @Test("of bytes that were read live keeps them once, and the readings live")
    func sameBytes() async throws {
        let day = TimeRange.days("2026-01-01", "2026-01-01")
        try await ArchiveStandIn.run(Self.archive(day), now: Self.now) { standIn in
            let at = HongKongMinute.at("2026-01-01T09:15").date
            let bytes = Data(ArchiveStandIn.smallWorld.aeWait(language: .en, at: at))
            _ = try standIn.publisher.database.record([
                Capture(
                    feed: .aeWait, document: ArchiveStandIn.document, origin: .live, capturedAt: at,
                    answer: .body(Body(bytes, of: ArchiveStandIn.document, in: .aeWait)))
            ])
            _ = try await standIn.backfill.run(day)
            let rows = try SQLite.rows(
                standIn.publisher.path,
                "SELECT origin, count(*) FROM ae_wait WHERE hospital = 'QMH' GROUP BY 1 ORDER BY 1")
            #expect(rows == ["archive|95", "live|1"])
            #expect(try SQLite.rows(standIn.publisher.path, "SELECT count(*) FROM payload") == ["96"])
        }
    }
}
