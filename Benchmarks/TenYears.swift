import Foundation
import GRDB
import WaitCore
import WaitStore

/// Ten years of the new feed, 18 hospitals, 6.3 million readings: the questions of docs/performance.md, each the median of five.
///
/// The answers are written beside the record, so that the peers' can be compared with them before any time is.
struct TenYears {
    static let from = "2016-11-01"
    static let to = "2026-10-31"
    /// Asked before any time counts; Benchmarks/peers.py warms DuckDB as much.
    private static let warmUps = 5
    private let path: String
    private let answers: URL

    /// - Parameter folder: gets `ten-years.sqlite`, unless there is one, and `answers/`.
    init(folder: URL) {
        path = folder.appending(path: "ten-years.sqlite").path
        answers = folder.appending(path: "answers")
    }

    struct Question {
        let name: String
        let what: String
        /// Asks the store; what it returns writes the answer as JSON, which the times leave out.
        let ask: (WaitDatabase) throws -> () -> [UInt8]
    }

    func measure(only names: [String]) throws -> [(name: String, what: String, milliseconds: Double)] {
        if !FileManager.default.fileExists(atPath: path) { try fill() }
        try FileManager.default.createDirectory(at: answers, withIntermediateDirectories: true)
        // A record of an earlier version is brought up to date first.
        _ = try WaitDatabase.open(path: path)
        let database = try WaitDatabase.openReadOnly(path: path)
        return try questions().filter { names.isEmpty || names.contains($0.name) }.map { question in
            let answer = try question.ask(database)()
            for _ in 0..<Self.warmUps { _ = try question.ask(database) }
            try Data(answer).write(to: answers.appending(path: "\(question.name).json"))
            let clock = ContinuousClock()
            let times = try (0..<5).map { _ in try clock.measure { _ = try question.ask(database) } / .milliseconds(1) }
            return (question.name, question.what, (times.sorted()[2] * 100).rounded() / 100)
        }
    }

    private func questions() throws -> [Question] {
        let codes = BundledPlaces.hospitals.map(\.id)
        let whole = TimeRange(from: try Self.minute(Self.from), to: try Self.minute(Self.to).adding(minutes: 1_440))
        let month = TimeRange(from: whole.to.adding(minutes: -30 * 1_440), to: whole.to)
        let now = whole.to
        func question(_ metric: String, _ range: TimeRange) throws -> AggregateQuestion {
            guard let metric = Metric.named(metric) else { throw BenchError(what: "no metric \(metric)") }
            return AggregateQuestion(metric: metric, range: range)
        }
        let (t3, t45) = (try question("t3_p50", whole), try question("t45_p95", whole))
        let recent = try question("t3_p50", month)
        return [
            Question(name: "daily", what: "daily quantiles of one hospital over 10 years") {
                let answer = try $0.trend(of: ["QMH"], t3, by: .day, now: now)
                return { AggregateJSON.bytes(answer, by: "day") }
            },
            Question(name: "hour_of_week", what: "hour-of-week profile of all 18 over 10 years") {
                let answer = try $0.profile(of: codes, t3, by: .hourOfWeek, now: now)
                return { AggregateJSON.bytes(answer, by: "hour_of_week") }
            },
            Question(name: "monthly", what: "monthly means of all 18 over 10 years") {
                let answer = try $0.trend(of: codes, t45, by: .month, now: now)
                return { AggregateJSON.bytes(answer, by: "month") }
            },
            Question(name: "hourly", what: "the last 30 days hourly of one hospital") {
                let answer = try $0.trend(of: ["QMH"], recent, by: .hour, now: now)
                return { AggregateJSON.bytes(answer, by: "hour") }
            },
            Question(name: "latest", what: "the latest of all 18, and whether it is usual") {
                let readings = try $0.latest(in: ReadingTable.aeWait)
                return { Self.json(readings) }
            },
        ]
    }

    private static func json(_ readings: [LatestReading]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            for reading in readings {
                for (metric, usual) in reading.usual.sorted(by: { $0.key < $1.key }) {
                    writer.object { writer in
                        writer.field("hospital", reading.hospital)
                        writer.field("metric", metric)
                        writer.field("minutes", reading.figures[metric]?.meaning.minutes)
                        writer.field("count", usual.count)
                        writer.field("dates", usual.dates)
                        writer.field("percentile", usual.percentile)
                        writer.field("p05", usual.figures?.p05)
                        writer.field("median", usual.figures?.median)
                        writer.field("p95", usual.figures?.p95)
                    }
                }
            }
        }
        return writer.take()
    }

    static func minute(_ text: String) throws -> HongKongMinute {
        guard let minute = HongKongMinute(text: text) else { throw BenchError(what: "no time \(text)") }
        return minute
    }
}

struct BenchError: Error {
    let what: String
}

extension TenYears {
    /// Writes the readings themselves, from a seed: documents of ten years would take minutes and tell no more.
    private func fill() throws {
        let database = try WaitDatabase.open(path: path)
        let start = try Self.minute(Self.from)
        let slots = (try Self.minute(Self.to).sinceEpoch + 1_440 - start.sinceEpoch) / 15
        try database.setLives(["ae-wait": Feed.Life(from: start, evidence: "A benchmark.")])
        try database.access.write { db in
            let hospitals = try Int64.fetchAll(
                db, sql: "SELECT id FROM place WHERE kind = 'hospital' AND is_emergency ORDER BY code")
            let phrases = try Phrases(db)
            let attempt = try db.makeStatement(
                sql: """
                    INSERT INTO attempt (id, document_id, origin, captured_unix, outcome, http_status, observed_minute, seal)
                    SELECT ?, min(id), ?, ?, 'new', 200, ?, 0 FROM document WHERE url LIKE '%aedwtdata2-en.json'
                    """)
            let reading = try db.makeStatement(
                sql: "INSERT INTO wait_reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            var random = Draws(state: 2_016)
            var levels = hospitals.map { _ in 10 + random.next(110) }
            for slot in 0..<slots {
                let minute = start.sinceEpoch + slot * 15
                // A slot in a hundred was missed; one in fifty came from the archive.
                guard random.next(100) > 0 else { continue }
                try attempt.execute(arguments: [
                    slot + 1, random.next(50) == 0 ? "archive" : "live", minute * 60 + 70, minute,
                ])
                for (index, hospital) in hospitals.enumerated() {
                    levels[index] = min(140, max(5, levels[index] + random.next(7) - 3))
                    reading.setUncheckedArguments(
                        StatementArguments(
                            [hospital, Int64(minute)] + phrases.reading(level: levels[index], &random) + [
                                Int64(slot + 1)
                            ]))
                    try reading.execute()
                }
            }
        }
        _ = try database.reparse()
    }

    /// The same draws on every machine (splitmix64).
    private struct Draws {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }
    }

    /// Ids of the phrases that readings are made of.
    private struct Phrases {
        private var triage12: [Int64] = []
        private var t3: [Int64] = []
        private var t45: [Int64] = []
        private var flags: [Int64] = []

        init(_ db: Database) throws {
            let ids = PhraseIDs(db)
            triage12 = try ["0 minute", "less than 15 minutes", "Managing multiple resuscitation cases"].map {
                try ids.id(of: Phrase(kind: .triage12, text: $0))
            }
            t3 = try (0...280).map { try ids.id(of: Phrase(kind: .t3, text: "\($0) minutes")) }
            t45 = try (0...28).map {
                try ids.id(of: Phrase(kind: .t45, text: "\((Double($0) / 2).plainText) hours"))
            }
            flags = try ["Y", "N", "N/A"].map { try ids.id(of: Phrase(kind: .flag, text: $0)) }
        }

        func reading(level: Int, _ random: inout Draws) -> [Int64] {
            if random.next(100) == 0 {
                return [
                    triage12[2], triage12[2], t3[level], t3[level * 2], t45[level / 10], t45[level / 5], flags[2],
                    flags[2],
                ]
            }
            return [
                triage12[0], triage12[1], t3[level], t3[level * 2], t45[level / 10], t45[level / 5],
                flags[random.next(5) == 0 ? 0 : 1], flags[random.next(5) < 2 ? 0 : 1],
            ]
        }
    }
}
