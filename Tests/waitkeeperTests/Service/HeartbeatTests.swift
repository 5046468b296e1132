import Foundation
import GRDB
import Logging
import Synchronization
import Testing
import WaitIngest
import WaitReplay
import WaitStore
import WaitWeb

@testable import waitkeeper

@Suite("A sign of life")
struct HeartbeatTests {
    static let intervals: [([String: String], Duration?)] = [
        (["WATCHDOG_USEC": "300000000", "WATCHDOG_PID": "7"], .seconds(150)),
        (["WATCHDOG_USEC": "300000000"], .seconds(150)),
        (["WATCHDOG_USEC": "300000000", "WATCHDOG_PID": "8"], nil),
        (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "soon"], nil), ([:], nil),
    ]

    @Test("is given twice in the time that the service manager waits for one of ours", arguments: intervals)
    func interval(environment: [String: String], expected: Duration?) {
        #expect(Heartbeat.interval(environment: environment, processID: 7) == expected)
    }

    /// Carries a heartbeat out that is cancelled in place of its third wait; returns what was told.
    private func told(
        healthCheck: HealthCheck, listening: AsyncStream<ListenAddress>, interval: Duration? = .seconds(1)
    ) async throws -> [[String]] {
        let listener = try NotificationListener("@waitkeeper-\(UUID().uuidString)")
        let waits = Mutex(0)
        try await Heartbeat(
            socket: #require(NotifySocket(environment: listener.environment)), interval: interval,
            listening: listening, healthCheck: healthCheck,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            sleep: { _ in
                waits.withLock { $0 += 1 }
                if waits.withLock({ $0 > 2 }) { throw CancellationError() }
            }
        ).run()
        var told: [[String]] = []
        while !listener.isEmpty { told.append(try listener.next()) }
        return told
    }

    private func healthCheck(liveness: PollerLiveness = PollerLiveness()) throws -> HealthCheck {
        HealthCheck(liveness: liveness, database: try WaitDatabase.inMemory(), patience: .seconds(60))
    }

    private func listening(_ address: ListenAddress?) -> AsyncStream<ListenAddress> {
        AsyncStream { continuation in
            if let address { continuation.yield(address) }
            continuation.finish()
        }
    }

    @Test("follows on being ready, and is followed by the end")
    func order() async throws {
        let told = try await told(healthCheck: healthCheck(), listening: listening(.loopback))
        #expect(
            told == [
                ["READY=1", "STATUS=Collecting; API at http://127.0.0.1:8080/."],
                ["WATCHDOG=1", "STATUS=Collecting; no reading yet."],
                ["WATCHDOG=1", "STATUS=Collecting; no reading yet."],
                ["STOPPING=1", "STATUS=Ends."],
            ])
    }

    @Test("says nothing of an API that is not served")
    func quiet() async throws {
        let told = try await told(healthCheck: healthCheck(), listening: listening(nil))
        #expect(told.first == ["READY=1", "STATUS=Collecting."])
    }

    @Test("is not given while a poller stands still")
    func still() async throws {
        let now = Mutex(SuspendingClock.now)
        let liveness = PollerLiveness(now: { now.withLock { $0 } })
        _ = liveness.clock(of: "ae-wait", .system)
        now.withLock { $0 += .seconds(61) }
        let healthCheck = try healthCheck(liveness: liveness)
        #expect(healthCheck.sign() == .still("no progress by ae-wait"))
        let told = try await told(healthCheck: healthCheck, listening: listening(nil))
        #expect(told.map { $0[0] } == ["READY=1", "STOPPING=1"])
    }

    @Test("says what is wrong with a record that answers with an error: to be started again would not help")
    func damaged() throws {
        let healthCheck = try healthCheck()
        try healthCheck.database.access.write { try $0.execute(sql: "ALTER TABLE feed RENAME COLUMN name TO gone") }
        guard case .alive(let status) = healthCheck.sign() else {
            Issue.record("no sign was given")
            return
        }
        #expect(status.contains("answered with an error"))
    }

    @Test("is given while another process writes the record")
    func held() async throws {
        try await Command.withFolder { folder in
            let path = folder.appending(path: "record.sqlite").path
            let database = try WaitDatabase.open(path: path)
            let holder = try Command.holdingLock(of: path)
            defer { holder.terminate() }
            let healthCheck = HealthCheck(liveness: PollerLiveness(), database: database, patience: .seconds(60))
            #expect(healthCheck.sign() == .alive("Collecting; no reading yet."))
        }
    }

    @Test("is what `run` gives the service manager, from the moment it answers until it is told to end")
    func run() async throws {
        let fixtures = try await ReplayServer.start { _ in .notFound }
        try await Command.withFolder { folder in
            let listener = try NotificationListener(folder.appending(path: "notify").path)
            let process = try Command.start(
                [
                    "run", "--listen", "127.0.0.1:0", "--database", "record.sqlite", "--ha-url", fixtures.baseURL,
                    "--archive-url", fixtures.baseURL,
                ], in: folder, environment: listener.environment.merging(["WATCHDOG_USEC": "200000"]) { $1 })
            let ready = try listener.next()
            #expect(ready[0] == "READY=1")
            let url = try #require(ready[1].firstMatch(of: /http:\/\/[0-9.:]+\//)).0
            #expect(try await ServeTests.get("\(url)healthz").status == 200)
            #expect(try listener.next(with: "WATCHDOG=1").count == 2)
            process.terminate()
            _ = try listener.next(with: "STOPPING=1")
            #expect(await Command.ends(process))
            #expect(process.terminationStatus == 0)
        }
        try await fixtures.stop()
    }
}

@Suite("The pollers' pulse")
struct PollerLivenessTests {
    private func liveness() -> PollerLiveness {
        let start = SuspendingClock.now
        let simulated = simulated
        return PollerLiveness(now: { start + .seconds(simulated.now.timeIntervalSince1970) })
    }

    private let simulated = SimulatedClock(
        startingAt: Date(timeIntervalSince1970: 0), endingAt: Date(timeIntervalSince1970: 10_000))

    @Test("sees a poller move while it waits, however long")
    func waiting() async throws {
        let liveness = liveness()
        let clock = liveness.clock(of: "ae-wait", simulated.wallClock)
        try await clock.sleep(Date(timeIntervalSince1970: 9_000))
        #expect(simulated.now.timeIntervalSince1970 == 9_000)
        #expect(liveness.standingStill(longerThan: .seconds(30)) == [])
    }

    @Test("sees a poller stand still that does not wait, and no other")
    func working() async throws {
        let liveness = liveness()
        _ = liveness.clock(of: "clinic-quota", simulated.wallClock)
        let other = liveness.clock(of: "ae-wait", simulated.wallClock)
        try await other.sleep(Date(timeIntervalSince1970: 61))
        #expect(liveness.standingStill(longerThan: .seconds(60)) == ["clinic-quota"])
        #expect(liveness.standingStill(longerThan: .seconds(61)) == [])
    }

    @Test("hands out a clock that can be cancelled")
    func cancelled() async {
        let clock = liveness().clock(of: "ae-wait", simulated.wallClock)
        await #expect(throws: CancellationError.self) { try await clock.sleep(Date(timeIntervalSince1970: 20_000)) }
    }
}
