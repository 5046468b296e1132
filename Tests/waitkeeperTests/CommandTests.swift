import Foundation
import TestSupport
import Testing
import WaitCore
import WaitReplay

/// The built command as a user runs it.
@Suite("The command")
struct CommandTests {
    @Test("says the version")
    func version() throws {
        let result = try Command.run(["--version"])
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("0."))
    }

    @Test(
        "ends with 64 on wrong usage and says what is wrong",
        arguments: [
            (["nonsense"], "nonsense"), (["poll", "--wrong"], "--wrong"), (["poll", "--format", "xml"], "xml"),
            (["explain", "t9"], "t9"), (["latest", "--log-level", "loud"], "log-level"),
        ])
    func wrongUsage(arguments: [String], says: String) throws {
        let result = try Command.run(arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains(says))
    }

    @Test("ends with 1 and a sentence where there is no record", arguments: ["latest", "status", "verify"])
    func noRecord(subcommand: String) throws {
        let result = try Command.run([subcommand, "--database", "/nowhere/record.sqlite"])
        #expect(result.status == 1)
        #expect(result.errors.contains("There is no record at /nowhere/record.sqlite; run \"waitkeeper poll\" first"))
        #expect(result.output == "")
    }

    @Test("explains every metric, the same way every time", arguments: Metric.all.map(\.name))
    func explain(metric: String) throws {
        let result = try Command.run(["explain", metric])
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("\(metric): "))
        #expect(result.output.contains("What it does not:"))
        #expect(result.output.contains("Source: Hospital Authority"))
    }

    @Test("shows a simulated day, and what it left behind is proved, listed, shown and handed out")
    func demo() async throws {
        try await Command.withFolder { folder in
            let demo = try Command.run(["demo"], in: folder)
            #expect(demo.status == 0)
            for hospital in BundledPlaces.hospitals {
                #expect(demo.output.contains("\n\(hospital.id)"))
            }
            #expect(demo.output.contains("Yau Tsim Mong"))
            let requests = try #require(demo.output.firstMatch(of: #/(\d+) requests, (\d+) readings/#))
            #expect(try #require(Int(requests.1)) >= 96)
            #expect(try #require(Int(requests.2)) >= 96 * 18)
            #expect(demo.output.firstMatch(of: #/archive filled in (\d+) readings/#)?.1 == "\(16 * 18)")
            #expect(demo.output.contains("22.2704  114.13117"))
            #expect(demo.output.contains(folder.path + "/waitkeeper-demo.sqlite"))
            #expect(demo.output.contains("SIMULATED"))
            let database = ["--database", "waitkeeper-demo.sqlite"]
            #expect(try Command.run(["verify"] + database, in: folder).status == 0)
            #expect(try Command.run(["latest", "--format", "csv"] + database, in: folder).output.contains("\r\nQMH,"))
            let status = try Command.run(["status", "--format", "json"] + database, in: folder)
            #expect(try JSONSerialization.jsonObject(with: Data(status.output.utf8)) is [String: Any])
            let again = try Command.run(["demo"], in: folder)
            #expect(again.status == 0)
        }
    }

    @Test("compares nobody in one sentence where nobody has readings")
    func compareNobody() async throws {
        try await Command.withFolder { folder in
            let database = ["--database", "empty.sqlite"]
            _ = try Command.run(["reparse"] + database, in: folder)
            let result = try Command.run(["compare", "--metric", "top_wait", "--in", "2025-01"] + database, in: folder)
            #expect(result.status == 0)
            #expect(
                result.output == """
                    No hospital has readings of ae-top-wait: there are no quarter hours in common from \
                    2025-01-01T00:00:00+08:00 up to 2025-02-01T00:00:00+08:00.

                    """)
        }
    }

    @Test("will not make a demo over a record of yours")
    func demoOverRecord() async throws {
        try await Command.withFolder { folder in
            _ = try Command.run(["reparse", "--database", "mine.sqlite"], in: folder)
            let result = try Command.run(["demo", "--database", "mine.sqlite"], in: folder)
            #expect(result.status == 1)
            #expect(result.errors.contains("mine.sqlite was not made by the demo"))
        }
    }

    @Test("polls a stand-in, shows one reading with what proves it, and hands out the exact bytes")
    func pollAndShow() async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        try await withReplayServer(answer: fixtures.answer(to:)) { server in
            try await Command.withFolder { folder in
                let database = ["--database", "record.sqlite"]
                let poll = try Command.run(["poll", "--ha-url", server.baseURL] + database, in: folder)
                #expect(poll.status == 0)
                let time = "2026-11-14T09:15"
                let show = try Command.run(["show", "qmh", time] + database, in: folder)
                let document = Feed.aeWait.documents[0].url
                for text in ["Managing multiple resuscitation cases", "143 minutes", "roundedUp", "live", document] {
                    #expect(show.output.contains(text), "\(text)")
                }
                let raw = try Command.run(["show", "瑪麗醫院", time, "--raw"] + database, in: folder)
                #expect(raw.bytes == (try Documents.fixture("ae-wait/aedwtdata2-en.json")))
                let none = try Command.run(["show", "QMH", "2026-11-14T09:30"] + database, in: folder)
                #expect(none.status == 1)
                #expect(none.errors.contains("no reading of QMH at 2026-11-14T09:30:00+08:00"))
                #expect(try Command.run(["show", "XYZ", time] + database, in: folder).status == 64)
            }
        }
    }

    @Test("ends with 1 where its answer could not be written whole, and quietly where its reader has gone")
    func brokenOutput() throws {
        let full = try Command.shell("explain > /dev/full")
        #expect(full.status == 1)
        #expect(full.errors.contains("the output could not be written"))
        let gone = try Command.shell("explain t3_p50 | true")
        #expect(gone.status == 0)
        #expect(gone.errors == "")
    }

    @Test("lets no escape sequence of a hostile feed reach the terminal")
    func escapes() async throws {
        let good = String(decoding: try Documents.fixture("ae-wait/aedwtdata2-en.json"), as: UTF8.self)
        let hostile = good.replacingOccurrences(of: "143 minutes", with: #"\u001b[2Jclear"#)
            .replacingOccurrences(of: "Queen Mary Hospital", with: #"Q\u001b]0;title\u0007\u202eHospital"#)
            .replacingOccurrences(of: #""t45p50":"1 hour""#, with: #""t45p50":{"\u001b[31m":1}"#)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            request.path.hasSuffix("aedwtdata2-en.json") ? .document(Array(hostile.utf8)) : .notFound
        }
        try await withReplayServer(answer: answer) { server in
            try await Command.withFolder { folder in
                let options = ["--database", "record.sqlite", "--log-level", "debug"]
                let poll = try Command.run(["poll", "--ha-url", server.baseURL] + options, in: folder)
                let others = try [["latest"], ["status"], ["verify"]].map {
                    try Command.run($0 + ["--database", "record.sqlite"], in: folder)
                }
                for result in [poll] + others {
                    #expect(!result.bytes.contains(0x1B) && !result.errors.utf8.contains(0x1B))
                }
                #expect(poll.errors.contains("title"))
            }
        }
    }

    struct Bad: CustomTestStringConvertible {
        let testDescription: String
        let change: (of: String, to: String)
        let outcome: String
        let says: String
        let status: Int32
    }

    static let bad = [
        Bad(
            testDescription: "an unreadable update time", change: ("14/11/2026 9:15AM", "soon"), outcome: "quarantined",
            says: "the whole document, updateTime quarantined: The update time cannot be read", status: 1),
        Bad(
            testDescription: "a missing name", change: ("\"hospName\":", "\"hospital\":"), outcome: "partial",
            says: "record 1, hospName quarantined: The field is missing.", status: 0),
        Bad(
            testDescription: "a missing figure", change: ("\"t45p95\":", "\"t45p99\":"), outcome: "new",
            says: "there is a new key, \"t45p99\"", status: 0),
        Bad(
            testDescription: "an unknown phrase", change: ("143 minutes", "143 moments"), outcome: "new",
            says: "the phrase \"143 moments\" is not recognised", status: 0),
        Bad(
            testDescription: "an unknown hospital", change: ("Queen Mary Hospital", "Kai Tak Hospital"), outcome: "new",
            says: "the place \"Kai Tak Hospital\" is not known", status: 0),
    ]

    @Test(
        "says in a line each what was wrong with a document, and ends with 1 where a feed could not be had",
        arguments: bad)
    func badDocument(bad: Bad) async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        let good = String(decoding: try Documents.fixture("ae-wait/aedwtdata2-en.json"), as: UTF8.self)
        let position = try #require(good.range(of: bad.change.of))
        let changed = Array(good.replacingCharacters(in: position, with: bad.change.to).utf8)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            request.path.hasSuffix("aedwtdata2-en.json") ? .document(changed) : fixtures.answer(to: request)
        }
        try await withReplayServer(answer: answer) { server in
            try await Command.withFolder { folder in
                let options = ["--ha-url", server.baseURL, "--database", "record.sqlite", "--format", "csv"]
                let poll = try Command.run(["poll"] + options, in: folder)
                #expect(poll.status == bad.status)
                #expect(poll.output.contains("\r\nae-wait,\(Feed.aeWait.documents[0].url),\(bad.outcome),"))
                #expect(poll.errors.contains(bad.says))
            }
        }
    }

    @Test("ends `run` within two seconds of SIGTERM while another process holds the record")
    func sigtermWhileHeld() async throws {
        let fixtures = try DocumentFolder(path: Documents.root.appending(path: "Fixtures").path)
        let late: @Sendable (ReplayRequest) -> ReplayAnswer = {
            fixtures.answer(to: $0).misbehaving(.late(milliseconds: 500))
        }
        try await withReplayServer(answer: late) { server in
            try await Command.withFolder { folder in
                let options = ["--archive-url", server.baseURL, "--database", "record.sqlite"]
                let run = try Command.start(["run", "--no-serve", "--ha-url", server.baseURL] + options, in: folder)
                try await Command.until { server.requests.count >= 2 }
                let holder = try Command.holdingLock(of: folder.appending(path: "record.sqlite").path)
                defer { holder.terminate() }
                try await Command.until { server.requests.count { $0.span.endOrder != nil } >= 4 }
                #expect(run.isRunning)
                run.terminate()
                let endsInTime = await Command.ends(run)
                #expect(endsInTime)
                #expect(run.terminationReason == .exit && run.terminationStatus == 0)
            }
        }
    }

    @Test("ends `run` within two seconds of SIGTERM, and lets no second one in meanwhile")
    func sigterm() async throws {
        let world = SimulatedWorld(
            seed: 1, hospitals: BundledPlaces.hospitals.map { .init(name: $0.name, busyness: 1) })
        let now = try Date(Command.moment, strategy: .iso8601)
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            // The quota documents are never answered, so that the signal comes in mid-transfer.
            request.path.contains("quota")
                ? .document([]).misbehaving(.stall) : world.answer(to: request, at: now) ?? .notFound
        }
        try await withReplayServer(answer: answer) { server in
            try await Command.withFolder { folder in
                let options = [
                    "run", "--no-serve", "--ha-url", server.baseURL, "--archive-url", server.baseURL, "--database",
                    "record.sqlite",
                ]
                let run = try Command.start(options, in: folder)
                try await Command.until { server.requests.contains { $0.path.contains("aedwtdata2") } }
                let second = try Command.run(options, in: folder)
                #expect(second.status == 1)
                #expect(second.errors.contains("Another \"waitkeeper run\" collects into record.sqlite"))
                run.terminate()
                let endsInTime = await Command.ends(run)
                #expect(endsInTime)
                #expect(run.terminationStatus == 0 && run.terminationReason == .exit)
                #expect(try Command.run(["verify", "--database", "record.sqlite"], in: folder).status == 0)
            }
        }
    }
}
