import Foundation
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

@Suite("Healing")
struct HealTests {
    static func gap(_ day: String, unknown: Int = 4, asked: String? = nil, unread: Bool = false) -> GapDay {
        GapDay(
            day: .at(day), unknown: unknown, askedAt: asked.map(HongKongMinute.at), hasUnreadNotTriedToday: unread)
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let gaps: [GapDay]
        let ranges: [String]
    }

    static let cases = [
        Case(
            testDescription: "a gap never asked about: its day and the next", gaps: [gap("2026-01-10")],
            ranges: ["2026-01-10 2026-01-12"]),
        Case(
            testDescription: "newest month first, a month in one question, since it is one bundle",
            gaps: [gap("2025-11-20"), gap("2026-01-05"), gap("2026-01-10")],
            ranges: ["2026-01-05 2026-01-12", "2025-11-20 2025-11-22"]),
        Case(
            testDescription: "gaps side by side are one question", gaps: [gap("2026-01-05"), gap("2026-01-06")],
            ranges: ["2026-01-05 2026-01-08"]),
        Case(
            testDescription: "a question ends with its month", gaps: [gap("2025-12-31")],
            ranges: ["2026-01-01 2026-01-02", "2025-12-31 2026-01-01"]),
        Case(testDescription: "today is not in the archive yet", gaps: [gap("2026-01-20")], ranges: []),
        Case(
            testDescription: "of yesterday only yesterday can be asked", gaps: [gap("2026-01-19")],
            ranges: ["2026-01-19 2026-01-20"]),
        Case(
            testDescription: "answered for good: never again", gaps: [gap("2026-01-10", asked: "2026-01-12")],
            ranges: []),
        Case(
            testDescription: "asked too early, lately: later", gaps: [gap("2026-01-19", asked: "2026-01-20T10:00")],
            ranges: []),
        Case(
            testDescription: "asked too early, hours ago: again", gaps: [gap("2026-01-19", asked: "2026-01-20T06:00")],
            ranges: ["2026-01-19 2026-01-20"]),
        Case(
            testDescription: "a listed version not tried today: again",
            gaps: [gap("2026-01-10", asked: "2026-01-12", unread: true)], ranges: ["2026-01-10 2026-01-12"]),
    ]

    @Test("asks for what may still be answered, newest first", arguments: cases)
    func plan(_ one: Case) {
        let ranges = HealPlan.ranges(one.gaps, now: .at("2026-01-20T12:00"))
        #expect(ranges.map { "\($0.from.dayText) \($0.to.dayText)" } == one.ranges)
    }

    @Test("fills an outage from the archive, and asks no more once all is answered")
    func outage() async throws {
        let days = TimeRange.days("2026-01-01", "2026-01-05")
        let archive = ReplayArchive(
            world: ArchiveStandIn.world, stamps: ArchiveStamps.regular(from: days.from, to: days.to))
        try await ArchiveStandIn.run(archive, now: .at("2026-01-08T12:00")) { standIn in
            _ = try await standIn.backfill.run(.days("2026-01-01", "2026-01-02"))
            _ = try await standIn.healer.heal(since: days.from)
            #expect(try standIn.readings() == 5 * 96)
            #expect(try standIn.coverage(days).coverage == 1)
            let before = standIn.publisher.server.requests.count
            _ = try await standIn.healer.heal(since: days.from)
            let listings = standIn.publisher.server.requests.dropFirst(before).count { $0.kind == .version }
            #expect(listings == 0)
        }
    }

    @Test("calls a version lost only when it could not be had on three different days")
    func lost() async throws {
        let day = TimeRange.days("2026-01-01", "2026-01-01")
        let archive = ReplayArchive(
            world: ArchiveStandIn.world, stamps: ArchiveStamps.regular(from: day.from, to: day.to),
            faults: [.at("2026-01-01T12:00"): [.lost]])
        let clock = ArchiveStandIn.Clock(.at("2026-01-10T12:00"))
        let replay = ReplayPublisher(
            world: nil, archive: archive, now: { clock.minute.date })
        try await Publisher.run(serving: replay.answer(to:), clock: clock.wall) { publisher in
            var states: [[Int]] = []
            for date in ["2026-01-10T12:00", "2026-01-10T18:00", "2026-01-11T12:00", "2026-01-12T12:00"] {
                clock.set(.at(date))
                let standIn = ArchiveStandIn(publisher, clock: clock)
                _ = try await standIn.healer.heal(since: day.from)
                let counts = try standIn.coverage(day)
                states.append([counts.healed, counts.unknown, counts.lost])
            }
            #expect(states == [[95, 1, 0], [95, 1, 0], [95, 1, 0], [95, 0, 1]])
        }
    }

    @Test("loses nothing to an archive that is down for days, and asks it little meanwhile")
    func archiveDown() async throws {
        let day = TimeRange.days("2026-01-01", "2026-01-01")
        var archive = ReplayArchive(
            world: ArchiveStandIn.world, stamps: ArchiveStamps.regular(from: day.from, to: day.to))
        archive.failing = { request, _ in request.path.contains("get-file") ? .status(503) : nil }
        let clock = ArchiveStandIn.Clock(.at("2026-01-10T12:00"))
        let replay = ReplayPublisher(
            world: nil, archive: archive, now: { clock.minute.date })
        try await Publisher.run(serving: replay.answer(to:), clock: clock.wall) { publisher in
            for date in ["2026-01-10T12:00", "2026-01-11T12:00", "2026-01-12T12:00", "2026-01-13T12:00"] {
                clock.set(.at(date))
                _ = try await ArchiveStandIn(publisher, clock: clock).healer.heal(since: day.from)
            }
            let counts = try ArchiveStandIn(publisher, clock: clock).coverage(day)
            #expect(counts.unknown == 96 && counts.lost == 0 && counts.notArchived == 0)
            #expect(publisher.server.requests.count < 4 * 20)
        }
    }

    @Test("asks about yesterday's gap again after six hours, not after one")
    func patience() async throws {
        let day = TimeRange.days("2026-01-09", "2026-01-09")
        let archive = ReplayArchive(
            world: ArchiveStandIn.world, stamps: ArchiveStamps.regular(from: day.from, to: .at("2026-01-09T20:00")))
        let clock = ArchiveStandIn.Clock(.at("2026-01-10T01:00"))
        let replay = ReplayPublisher(
            world: nil, archive: archive, now: { clock.minute.date })
        try await Publisher.run(serving: replay.answer(to:), clock: clock.wall) { publisher in
            var listings: [Int] = []
            for time in ["01:00", "02:00", "03:00", "08:00"] {
                clock.set(.at("2026-01-10T\(time)"))
                _ = try await ArchiveStandIn(publisher, clock: clock).healer.heal(since: day.from)
                listings.append(publisher.server.requests.count(of: .listing))
            }
            #expect(listings == [2, 2, 2, 4])
        }
    }
}
