import Dispatch
import Foundation
import HTTPTypes
import Synchronization
import Testing
import WaitStore

@testable import WaitWeb

@Suite("Whatever some clients ask for, others are answered", .serialized)
struct LoadTests {
    @Test(
        "300 connections with heavy questions, or with parameters of a light one, leave what everybody asks alone",
        .timeLimit(.minutes(30)), arguments: [Lane.heavy, .light])
    func lanes(lane: Lane) async throws {
        try await WebFixture.withFile { record, _ in
            let gate = Gate()
            // Each that waits in the gate holds a read transaction.
            try await LiveServer.run(record, routes: .withGate(gate, dependsOn: .record, lane: lane)) { port in
                defer { gate.open() }
                let sockets = try (0..<300).map { number in
                    let socket = try RawSocket(port: port)
                    socket.send("GET /gate?at_least=\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                    return socket
                }
                gate.waitUntilEntered(WebLimits().workers)
                for target in [
                    "/healthz", "/metrics", "/v1/latest", "/v1/feeds", "/v1/hospitals", "/openapi.json", "/?lang=tc",
                    "/",
                    "/healthz",
                ] {
                    let socket = try RawSocket(port: port)
                    socket.send("GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    #expect(try socket.readToEnd().hasPrefix("HTTP/1.1 200 "), "\(target)")
                }
                #expect(sockets.count == 300)
            }
        }
    }

    @Test(
        "a question waits with its like",
        arguments: [
            ("/", .light), ("/?lang=sc", .light), ("/?near=shatin", .heavy), ("/?utm_source=a", .light),
            ("/v1/latest", .light), ("/v1/latest?hospital=QMH", .heavy), ("/v1/clinics?near=22.3,114.2", .heavy),
            ("/v1/readings/QMH/2026-11-01T10:00", .light), ("/metrics", .metrics), ("/healthz", .health),
            ("/v1/trend", .heavy), ("/v1/export/hospitals.csv", .stream),
        ] as [(String, Lane)])
    func lane(target: String, lane: Lane) throws {
        #expect(try RouteMap.standard.route(target).lane == lane)
    }

    @Test("requests for the same answer wait for one computation of it")
    func singleFlight() async throws {
        let gate = Gate()
        let answers = try await WebFixture.withClient(try WebFixture.shared(), routes: .withGate(gate)) { client in
            try await withThrowingTaskGroup(of: WebAnswer.self) { tasks in
                for _ in 0..<20 { tasks.addTask { try await client.get("/gate?at_least=7") } }
                while client.responder.flights.waitingCount < 20 { try await Task.sleep(for: .milliseconds(5)) }
                gate.open()
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(answers.count == 20 && answers.allSatisfy { $0.status == .ok && $0.text == answers.first?.text })
        #expect(gate.entered == 1)
    }

    @Test("one that is refused for want of room is refused to all that wait for it, and made for the next")
    func refusedFlight() async throws {
        var limits = WebLimits()
        (limits.workers, limits.waiting) = (1, 0)
        let gate = Gate()
        try await WebFixture.withClient(try WebFixture.shared(), limits: limits, routes: .withGate(gate)) { client in
            async let first = client.get("/gate?at_least=1")
            while gate.entered < 1 { try await Task.sleep(for: .milliseconds(5)) }
            let second = try await client.get("/gate?at_least=2")
            #expect(second.status == .serviceUnavailable && second.headers[.retryAfter] == "1")
            gate.open()
            let status = try await first.status
            #expect(status == .ok)
            let third = try await client.get("/gate?at_least=2")
            #expect(third.status == .ok)
        }
    }

    @Test("exports that are not read are as many as the budget allows, and room comes back", .timeLimit(.minutes(30)))
    func exports() async throws {
        let counter = PageCounter()
        var limits = WebLimits()
        limits.exportBytes = 5 * BodyBudget.exportBytes
        try await LiveServer.run(limits: limits, routes: .endless(counter)) { port in
            var sockets = try (0..<40).map { _ in
                let socket = try RawSocket(port: port, receiveBuffer: 4_096)
                socket.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
                return socket
            }
            let heads = try sockets.map { try $0.read(until: "\r\n\r\n") }
            #expect(heads.count { $0.hasPrefix("HTTP/1.1 200 ") } == 5)
            #expect(heads.count { $0.hasPrefix("HTTP/1.1 503 ") && $0.lowercased().contains("retry-after: ") } == 35)
            let other = try RawSocket(port: port)
            other.send("GET /v1/latest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(try other.readToEnd().hasPrefix("HTTP/1.1 200 "))
            sockets = []
            // The server learns of it when it writes next.
            var text = ""
            while !text.hasPrefix("HTTP/1.1 200 ") {
                let again = try RawSocket(port: port)
                again.send("GET /v1/export/hospitals.csv HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                text = try again.readToEnd()
            }
        }
    }

    @Test("room is held while a body is sent, and smaller bodies need none")
    func budget() throws {
        let budget = BodyBudget(bytes: 500_000)
        #expect(try budget.hold(BodyBudget.leastBytes - 1) == nil && budget.heldBytes == 0)
        var holds = try (0..<5).map { _ in try budget.hold(100_000) }
        #expect(budget.heldBytes == 500_000)
        #expect(throws: Problem.busy) { try budget.hold(100_000) }
        holds.removeLast()
        #expect(try budget.hold(100_000) != nil)
        holds = []
        #expect(budget.heldBytes == 0)
        // Larger than all: alone.
        #expect(try budget.hold(1_000_000) != nil)
    }
}

/// Holds those that enter until it is opened; they block their threads.
final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)
    private let arrived = DispatchSemaphore(value: 0)
    private let count = Atomic<Int>(0)

    var entered: Int { count.load(ordering: .sequentiallyConsistent) }

    func enter() {
        count.add(1, ordering: .sequentiallyConsistent)
        arrived.signal()
        opened.wait()
        opened.signal()
    }

    func open() { opened.signal() }

    func waitUntilEntered(_ number: Int) {
        for _ in 0..<number { arrived.wait() }
    }
}

extension RouteMap {
    /// The standard routes, and `/gate`, which waits.
    static func withGate(
        _ gate: Gate, dependsOn dependence: Endpoint.Dependence = .moment, lane: Lane = .heavy
    ) -> RouteMap {
        let waiting = Endpoint(
            "/gate", "Waits.", parameters: [.query(Parameters.atLeast)], dependsOn: dependence
        ) { query, _ in
            gate.enter()
            return .json { $0.field("number", query[Parameters.atLeast]) }
        }
        return RouteMap(endpoints: standard.endpoints + [waiting.inLane(lane)])
    }
}
