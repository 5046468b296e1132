import Foundation
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

/// SQLite's own limit of pages stands for the disk: it answers with the same SQLITE_FULL.
@Suite("A record that takes nothing for a while")
struct FullDiskTests {
    private static let hour = SimulatedDayTests.start.addingTimeInterval(6 * 3_600)

    /// The real poller through the hours to 14:00, of which those from 06:00 to 12:00 find no room.
    @Test("loses nothing that was on offer meanwhile, and stores it when there is room again")
    func full() async throws {
        // Ten minutes more, in which the last quarter hour's version comes even where it is late.
        let end = SimulatedDayTests.start.addingTimeInterval(14 * 3_600 + 600)
        let clock = SimulatedClock(startingAt: SimulatedDayTests.start, endingAt: end)
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { SimulatedDayTests.regular($0, clock.now) }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            let database = publisher.database
            let full = Self.hour..<Self.hour.addingTimeInterval(6 * 3_600)
            let filling = WallClock(
                now: { clock.now },
                sleep: { until in
                    try await clock.wallClock.sleep(until)
                    try database.limit(toPages: full.contains(until) ? 1 : 1 << 30)
                })
            try await publisher.poller(of: .aeWait, clock: filling).run()
            let perHospital = try SQLite.rows(
                publisher.path,
                """
                SELECT count(*), count(DISTINCT observed_at) FROM ae_wait
                WHERE observed_at >= '2026-01-20T00:00' AND observed_at < '2026-01-20T14:00' GROUP BY hospital
                """)
            #expect(perHospital == Array(repeating: "56|56", count: 18))
            // They were captured when they were on offer, not when there was room.
            let captured = try SQLite.rows(
                publisher.path,
                "SELECT count(*) FROM capture WHERE outcome = 'new' AND captured_at BETWEEN '2026-01-20T06:00' AND '2026-01-20T12:00'"
            )
            #expect(captured == ["24"])
            #expect(try database.verify().findings == [])
        }
    }
}
