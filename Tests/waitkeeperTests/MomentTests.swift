import Foundation
import TestSupport
import Testing
import WaitCore
import WaitReplay

/// A moment at which somebody may run a command.
struct Moment: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// RFC 3339.
    let text: String

    init(_ text: String, _ description: String) {
        (self.text, testDescription) = (text, "\(text), \(description)")
    }

    func minute() throws -> HongKongMinute {
        HongKongMinute(secondsSince1970: try Date(text, strategy: .iso8601).timeIntervalSince1970)
    }

    static let all = [
        Moment("2025-10-14T00:00:00+08:00", "the first day on which yesterday lies within the feed's life"),
        Moment("2026-03-31T23:59:59+08:00", "the last second of a financial year"),
        Moment("2026-04-01T00:00:00+08:00", "the first second of a financial year"),
        Moment("2026-03-29T01:00:00Z", "a Sunday, the turn to summer time in Europe"),
        Moment("2026-11-01T02:00:00-04:00", "a Sunday, the turn to winter time in New York"),
        Moment("2026-11-28T13:00:00+08:00", "a day whose archive lacked two versions; the end of yesterday's outage"),
        Moment("2026-12-31T23:59:59+08:00", "the last second of a year in Hong Kong"),
        Moment("2027-01-01T00:00:00Z", "the first second of a year in UTC"),
        Moment("2027-02-06T00:00:30+08:00", "Lunar New Year's day, half a minute old"),
        Moment("2027-06-30T23:59:59Z", "the last second of a month in UTC"),
        Moment("2028-02-29T09:14:59+08:00", "29 February, the last second of a quarter hour"),
        Moment("2028-03-01T00:00:00+08:00", "the day after 29 February"),
        Moment(
            "2026-01-04T23:46:00+08:00", "a Sunday, the last quarter hour of an ISO week that began in the year before"),
        Moment("2099-12-31T08:01:14+08:00", "a second before a poll, long after us"),
    ]
}

/// The built command, at any moment.
@Suite("The command, whenever it runs", .serialized, .timeLimit(.minutes(30)))
struct MomentTests {
    private static let database = ["--database", "waitkeeper-demo.sqlite"]

    /// The cells of a CSV, row by row, by the header's names.
    private static func rows(_ result: Command.Result) throws -> [[String: String]] {
        let records = try CSVReader.records(Array(result.bytes))
        let header = try #require(records.first)
        return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    @Test(
        "has a demo whose every quarter hour of yesterday comes, and answers that fit the moment", arguments: Moment.all
    )
    func demo(moment: Moment) async throws {
        let now = try moment.minute()
        let yesterday = now.dayStart.adding(minutes: -1_440)
        try await Command.withFolder { folder in
            func run(_ arguments: [String]) throws -> Command.Result {
                try Command.run(arguments + (arguments == ["demo"] ? [] : Self.database), in: folder, at: moment.text)
            }
            let demo = try run(["demo"])
            #expect(demo.status == 0, "\(demo.errors)")
            #expect(demo.output.firstMatch(of: /archive filled in (\d+) readings/)?.1 == "\(16 * 18)")
            let verify = try run(["verify"])
            #expect(verify.status == 0, "\(verify.output)")
            let status = try run(["status", "--check"])
            #expect(status.status == 0, "\(status.output)")

            let latest = try Self.rows(try run(["latest", "--format", "csv"]))
            #expect(latest.count == 18)
            #expect(latest.allSatisfy { (0...24).contains($0["age_minutes"].flatMap { Int($0) } ?? -1) })

            let days = try Self.rows(
                try run(["coverage", "--by", "day", "--format", "csv"] + ["--from", yesterday.dayText]))
            let first = try #require(days.first)
            #expect(first["start"] == yesterday.rfc3339)
            #expect(first["expected"] == "\(96 * 18)" && first["unknown"] == "0" && first["coverage"] == "1")
            #expect(first["healed"] == "\(16 * 18)")
            #expect(days.dropFirst().allSatisfy { ($0["unknown"].flatMap { Int($0) } ?? 99) <= 18 })

            let trend = try Self.rows(try run(["trend", "QMH", "--by", "day", "--format", "csv"]))
            #expect(trend.contains { $0["start"] == yesterday.rfc3339 && $0["count"] == "96" })
            #expect(trend.allSatisfy { ($0["start"] ?? "9") <= now.rfc3339 })
            let quotas = try Self.rows(try run(["quotas", "--format", "csv"]))
            #expect(Set(quotas.compactMap { $0["district_en"] }).count == 18)
            let ends = Set(quotas.compactMap { $0["period_to"] })
            #expect(ends.count == 1 && ends.allSatisfy { $0 < now.dayText })
        }
    }

    /// The stand-in publisher at a moment, with an archive of the seven days before.
    private static func publisher(at moment: Moment) throws -> ReplayPublisher {
        let now = try Date(moment.text, strategy: .iso8601)
        let today = try moment.minute().dayStart
        let world = SimulatedWorld(hospitals: BundledPlaces.hospitals.map { .init(name: $0.name, busyness: 1) })
        let stamps = ArchiveStamps.regular(from: today.adding(minutes: -7 * 1_440), to: today)
        return ReplayPublisher(
            world: world, folder: try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path),
            archive: ReplayArchive(world: world, stamps: stamps), now: { now })
    }

    @Test(
        "plans a backfill of the days before, and collects what is on offer until it is told to end",
        arguments: Moment.all)
    func collects(moment: Moment) async throws {
        let now = try moment.minute()
        let publisher = try Self.publisher(at: moment)
        try await withReplayServer(answer: publisher.answer(to:)) { server in
            try await Command.withFolder { folder in
                let database = ["--database", "record.sqlite"]
                let archive = ["--archive-url", "\(server.baseURL)/v1/historical-archive"]
                let days = [
                    "--from", now.adding(minutes: -2 * 1_440).dayText, "--to", now.adding(minutes: -1_440).dayText,
                ]
                let backfill = ["backfill", "--feed", "ae-wait", "--plan"] + days + archive + database
                let plan = try Command.run(backfill, in: folder, at: moment.text)
                #expect(plan.status == 0, "\(plan.errors)")
                let missing = plan.output.split(separator: "\n").dropFirst().compactMap {
                    $0.split(separator: " ").dropFirst(3).first.flatMap { Int($0) }
                }
                #expect(missing.reduce(0, +) == 2 * 96)

                // Nothing listens at the archive's address: to heal a feed's life by a simulated archive takes minutes.
                let options = [
                    "run", "--no-serve", "--log-level", "debug", "--ha-url", server.baseURL, "--archive-url",
                    "http://127.0.0.1:1",
                ]
                let words = folder.appending(path: "words")
                try Data().write(to: words)
                let run = try Command.start(
                    options + database, in: folder, errors: FileHandle(forWritingTo: words),
                    at: moment.text)
                let record = folder.appending(path: "record.sqlite").path
                try await Command.until { !run.isRunning || Self.isTaken(words) }
                #expect(run.isRunning)
                run.terminate()
                let isEnded = await Command.ends(run)
                #expect(isEnded && run.terminationReason == .exit && run.terminationStatus == 0)
                let ages = try Self.latest(record, at: moment).map { $0["age_minutes"].flatMap { Int($0) } ?? -1 }
                #expect(ages.allSatisfy { (0...30).contains($0) }, "\(ages)")
            }
        }
    }

    /// Whether a collector says, at the level debug, that it has stored the new A&E feed's document.
    private static func isTaken(_ words: URL) -> Bool {
        let log = FileManager.default.contents(atPath: words.path) ?? Data()
        return log.range(of: Data("feed=ae-wait outcome=new [WaitIngest] document taken".utf8)) != nil
    }

    private static func latest(_ record: String, at moment: Moment) throws -> [[String: String]] {
        try rows(Command.run(["latest", "--format", "csv", "--database", record], at: moment.text))
    }

    @Test("has a stand-in publisher with an archive up to yesterday", arguments: Moment.all.prefix(4))
    func replay(moment: Moment) async throws {
        let yesterday = try moment.minute().dayStart.adding(minutes: -1_440).dayText
        try await Command.withFolder { folder in
            let words = folder.appending(path: "words")
            try Data().write(to: words)
            let replay = try Command.start(
                ["replay", "--port", "0", "--archive-from", yesterday], in: folder,
                output: FileHandle(forWritingTo: words), at: moment.text)
            var url = ""
            try await Command.until {
                let text = String(decoding: FileManager.default.contents(atPath: words.path) ?? Data(), as: UTF8.self)
                url = text.firstMatch(of: /at (http:[^;]+);/).map { String($0.1) } ?? ""
                return !url.isEmpty || !replay.isRunning
            }
            let sources = ["--database", "record.sqlite", "--archive-url", "\(url)/v1/historical-archive"]
            let poll = ["poll", "--ha-url", url, "--format", "csv", "--database", "record.sqlite"]
            let polled = try Self.rows(Command.run(poll, in: folder, at: moment.text))
            let series = polled.filter { ["ae-wait", "clinic-quota"].contains($0["feed"] ?? "") }
            #expect(series.map { $0["outcome"] } == ["new", "new", "new"])
            let days = ["--from", yesterday, "--to", yesterday]
            let backfill = try Command.run(
                ["backfill", "--feed", "ae-wait"] + days + sources, in: folder, at: moment.text)
            #expect(backfill.status == 0, "\(backfill.errors)")
            #expect(backfill.output.contains("96 versions read"))
            replay.terminate()
            let isEnded = await Command.ends(replay)
            #expect(isEnded && replay.terminationStatus == 0)
        }
    }

    @Test(
        "takes its clock from WAITKEEPER_CLOCK, says so, and refuses one that is none",
        arguments: [
            ("2028-02-29T23:59:59+08:00", "2028-02-29T23:59:00+08:00"),
            ("2027-01-01T00:00:00Z", "2027-01-01T08:00:00+08:00"),
            ("2026-11-01T02:00:00-04:00", "2026-11-01T14:00:00+08:00"), ("yesterday", nil),
            ("2028-02-30T00:00:00Z", nil),
            ("1999-12-31T00:00:00Z", nil), ("2100-01-01T00:00:00Z", nil), ("1772294400", nil),
        ])
    func clock(text: String, minute: String?) async throws {
        try await Command.withFolder { folder in
            _ = try Command.run(["reparse", "--database", "record.sqlite"], in: folder)
            let result = try Command.shell(
                "latest --database record.sqlite 2>&1", after: "cd '\(folder.path)'; export WAITKEEPER_CLOCK='\(text)'")
            #expect(result.status == (minute == nil ? 64 : 0))
            #expect(result.output.contains(minute.map { "The clock is set: now is \($0)." } ?? "The setting clock is"))
        }
    }

    @Test(
        "asks only stand-ins by a clock that is set",
        arguments: [
            ["poll"], ["run", "--no-serve", "--ha-url", "http://127.0.0.1:9"], ["heal"],
            ["backfill", "--feed", "ae-wait", "--in", "2026-01"],
        ])
    func realSources(arguments: [String]) async throws {
        try await Command.withFolder { folder in
            let result = try Command.run(arguments + ["--database", "record.sqlite"], in: folder)
            #expect(result.status == 64)
            #expect(result.errors.contains("The clock is set, and https://"))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "record.sqlite").path))
        }
    }
}
