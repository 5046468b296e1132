import Foundation
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

/// The versions that the government archive really lists, a simulated document for each.
@Suite("The archive's real versions", .enabled(if: Documents.realVersions != nil))
struct RealVersionsTests {
    static let now = HongKongMinute.at("2026-04-20T12:00")

    @Test("fill the record as far as they go; what they lack is not archived, what lies before the launch not expected")
    func whole() async throws {
        let stamps = try ArchiveStamps.read(path: try #require(Documents.realVersions))
        #expect(stamps.count == 17_080)
        let archive = ReplayArchive(world: ArchiveStandIn.smallWorld, stamps: stamps)
        try await ArchiveStandIn.run(archive, now: Self.now) { standIn in
            _ = try await standIn.backfill.run(.days("2025-09-01", "2026-04-01"))
            let rows = try SQLite.rows(
                standIn.publisher.path,
                """
                SELECT hospital, sum(trial), sum(NOT trial), min(CASE WHEN NOT trial THEN observed_at END)
                FROM ae_wait GROUP BY hospital
                """)
            let slots = try Set(Self.listedByJQ().map(\.slotStart))
            let launch = HongKongMinute.at("2025-10-13")
            let (trial, life) = (slots.filter { $0 < launch }.count, slots.filter { $0 >= launch }.count)
            #expect(trial == 921 && life == 16_159)
            #expect(rows == ArchiveStandIn.twoHospitals.map { "\($0.id)|\(trial)|\(life)|2025-10-13T09:30:00+08:00" })
            try check(standIn, held: slots)
        }
    }

    /// The versions' times as `jq` reads them out of the file, independently of our own reader.
    private static func listedByJQ() throws -> [HongKongMinute] {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/jq")
        let format = #".[][] | "\(.[0:4])-\(.[4:6])-\(.[6:8])T\(.[9:11]):\(.[11:13])""#
        process.arguments = ["-r", format, try #require(Documents.realVersions)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { .at(String($0)) }
    }

    /// Exactly the slots of the life without a version are not archived.
    private func check(_ standIn: ArchiveStandIn, held: Set<HongKongMinute>) throws {
        let range = TimeRange.days("2025-10-13", "2026-03-31")
        let days = try standIn.publisher.database.coverage(
            of: Feed.aeWait.id, hospital: "QMH", by: .day, in: range, now: Self.now)
        for day in days.buckets {
            let slots = stride(from: 0, to: 1_440, by: 15).map { day.start.adding(minutes: $0) }
            let missing = slots.count { !held.contains($0) }
            #expect(day.counts.notArchived == missing, "\(day.start.dayText)")
            #expect(day.counts.unknown == 0, "\(day.start.dayText)")
        }
        #expect(try standIn.coverage(.days("2025-09-01", "2025-10-12")).expected == 0)
    }
}
