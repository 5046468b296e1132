import Foundation
import Testing
import WaitCore

@testable import WaitStore

@Suite("Packed days")
struct PackedDaysTests {
    /// Readings of two hospitals at these times, T3's half wait from the minute of the hour.
    private static func record(_ times: [String], groups: Int = 1) throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        let captures = try times.map { try AEDocument(at: $0).capture() }
        for start in stride(from: 0, to: captures.count, by: groups) {
            _ = try database.record(Array(captures[start..<min(start + groups, captures.count)]))
        }
        return database
    }

    private static let days = ["2026-11-14T00:00", "2026-11-14T23:45", "2026-11-15T12:05", "2026-11-16T00:01"]
    private static let orders: [[String]] = [
        days, days.reversed(), [days[2], days[0], days[3], days[1]], [days[3], days[1], days[2], days[0]],
        // Several readings in a slot, the later one first.
        days + ["2026-11-14T23:50"], ["2026-11-14T23:50"] + days, ["2026-11-14T23:58"] + days + ["2026-11-14T23:50"],
        [days[3], "2026-11-14T23:58", "2026-11-14T23:50", days[1]],
    ]

    @Test("are what the readings say, whatever order they came in", arguments: orders, [1, 2, 100])
    func anyOrder(times: [String], groups: Int) throws {
        let database = try Self.record(times, groups: groups)
        #expect(try database.access.read(PackedDays.differences).isEmpty)
        #expect(
            try database.values("SELECT DISTINCT day FROM packed_day").count == Set(times.map { $0.prefix(10) }).count
                - 1)
    }

    @Test("are kept for each metric and hospital of a day that is over, and for no other")
    func overOnly() throws {
        let database = try Self.record(["2026-11-14T09:00", "2026-11-15T09:00"])
        let rows = try database.rows("SELECT DISTINCT metric FROM packed_day ORDER BY metric")
        #expect(
            rows.map { $0[0] } == [
                "ae-wait origin", "t1_managing", "t2_managing", "t3_p50", "t3_p95", "t45_p50", "t45_p95",
            ])
        #expect(try database.values("SELECT DISTINCT day * 1440 - 480 FROM packed_day") == ["29909760"])
        #expect(try database.count("packed_day") == 14)
        #expect(try #require(HongKongMinute(text: "2026-11-14")).sinceEpoch == 29_909_760)
    }

    @Test("hold the phrase of each slot, later readings of a slot behind")
    func cells() throws {
        let database = try Self.record(["2026-11-14T09:00", "2026-11-14T09:10", "2026-11-14T10:00", "2026-11-15T00:00"])
        let key = try database.access.read { db in
            PackedDays.HospitalDay(
                hospital: try #require(try ReadingTable.aeWait.hospitals(db).first),
                day: try #require(HongKongMinute(text: "2026-11-14")).dayIndex)
        }
        let bytes = try #require(try database.access.read { try PackedRow.bytes(of: key, metric: "t3_p50", $0) })
        let cells = try #require(bytes.withUnsafeBytes(PackedCells.init))
        let texts = try database.rows("SELECT id, text FROM phrase WHERE kind = 't3'")
        func text(_ id: UInt32) -> String? { texts.first { $0[0] == "\(id)" }?[1] }
        #expect(text(cells.ids[36]) == "0 minute")
        #expect(cells.later.map(\.slot) == [36])
        #expect(cells.later.map { text($0.id) } == ["10 minutes"])
        #expect(cells.ids.indices.filter { cells.ids[$0] != 0 } == [36, 40])
    }

    @Test("are mended by reparse where they were changed")
    func mended() throws {
        let database = try Self.record(Self.days)
        try database.execute("UPDATE packed_day SET cells = x'02' WHERE metric = 't3_p50'")
        try database.execute("DELETE FROM packed_day WHERE metric = 't3_p95'")
        try database.execute("UPDATE packed_day SET day = day + 90 WHERE metric = 't45_p95'")
        #expect(try database.reparse().packedDays == 16)
        #expect(try database.findings() == [])
    }

    @Test("that are damaged keep no reading out")
    func damaged() throws {
        let database = try Self.record(Self.days)
        try database.execute("UPDATE packed_day SET cells = x'07'")
        try database.record(AEDocument(at: "2026-11-14T12:00").capture())
        #expect(try database.count("wait_reading") == 10)
        #expect(try database.access.read(PackedDays.differences).map(\.key.day) == Array(repeating: 20_772, count: 14))
    }

    @Test("take ids past 16 bits")
    func wide() throws {
        var cells = PackedCells()
        cells.add(slot: 3, id: 70_000)
        cells.add(slot: 3, id: 1)
        let bytes = cells.bytes
        #expect(bytes.count == 1 + (96 + 2) * 4)
        #expect(bytes.withUnsafeBytes(PackedCells.init) == cells)
    }

    @Test(
        "that are cut or of an unknown width are not cells",
        arguments: [[], [2], [3] + Array(repeating: 0, count: 192), [2] + Array(repeating: 0, count: 193)])
    func noCells(bytes: [UInt8]) {
        #expect(bytes.withUnsafeBytes(PackedCells.init) == nil)
    }
}

@Suite("The generation")
struct GenerationTests {
    @Test("is raised by every transaction that writes, and by no other")
    func raised() throws {
        let database = try WaitDatabase.inMemory()
        let first = try database.generation()
        try database.setLives([:])
        _ = try database.verify()
        #expect(try database.generation() == first)
        try database.record(.fixture(.aeWait, .en))
        #expect(try database.generation() == first + 1)
        try database.record(.of(.notModified, .aeWait, .en))
        #expect(try database.generation() == first + 2)
    }
}
