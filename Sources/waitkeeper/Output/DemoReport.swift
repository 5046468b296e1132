import Foundation
import WaitCore
import WaitIngest
import WaitStore

/// What the demo shows at its end.
struct DemoReport {
    let database: WaitDatabase
    let passes: [FeedPass]
    let world: DemoWorld
    /// Readings filled in from the archive.
    let healed: Int
    let requests: Int
    let seconds: Double
    let path: String

    func print() throws {
        let now = world.end
        let status = try database.status(now: Int(now.timeIntervalSince1970))
        let readings = status.feeds.first { $0.summary.feed.id == Feed.aeWait.id }?.rows ?? 0
        Console.print(
            Console.heading(
                "\nSimulated days: \(requests) requests, \(readings) readings of 18 hospitals, \(Self.rounded(seconds)) s\n"
            ))
        Console.print(LatestReport.report(try database.latest(in: LatestReport.table), now: now).table())
        Console.print(
            "T3, T4/5: half and most of the waiting patients are seen within this time. SIMULATED figures, real places."
        )
        Console.print(
            "Yesterday from 09:00 to 13:00 the publisher was down: the (simulated) archive filled in \(healed) readings.\n"
        )
        Console.print(try coverage())
        Console.print(QuotaReport.table(try database.quotasByDistrict(), weekdays: Set(1...7)).table())
        for trouble in Poll.troubles(passes.filter(\.isFailure)) { Console.note(trouble) }
        Console.print(
            """
            The record: \(FileManager.default.currentDirectoryPath.appendingPath(path)) (\(status.databaseBytes / 1_024) KiB, simulated)
            Try next:
              \(Self.program) show QMH \(Self.example(now)) --database \(path)
              \(Self.program) verify --database \(path)
              sqlite3 \(path) "SELECT hospital, observed_at, t45_p95_minutes FROM ae_wait ORDER BY 3 DESC LIMIT 5"
            \(Attribution.sourceLine) (names, places). \(Attribution.caveat)
            """)
    }

    /// The ledger of the simulated days.
    private func coverage() throws -> String {
        let minutes = [world.start, world.end].map { HongKongMinute(secondsSince1970: $0.timeIntervalSince1970) }
        let range = TimeRange(from: minutes[0], to: minutes[1])
        let days = try database.coverage(of: Feed.aeWait.id, by: .day, in: range, now: minutes[1])
        return CoverageReport.report(days).table()
    }

    /// How this process was called, so that the lines can be pasted.
    private static var program: String { CommandLine.arguments[0] }

    /// The quarter hour before the last, which the record surely has.
    private static func example(_ now: Date) -> String {
        let minute = HongKongMinute(secondsSince1970: now.timeIntervalSince1970).slotStart.adding(minutes: -15)
        return "\(minute.dayText)T\(minute.timeText)"
    }

    private static func rounded(_ number: Double) -> Double {
        (number * 10).rounded() / 10
    }
}

extension String {
    /// `path` seen from this folder.
    fileprivate func appendingPath(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(self)/\(path)"
    }
}
