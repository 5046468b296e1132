import Foundation
import Logging
import Synchronization
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

@testable import WaitFetch

/// Each way for a publisher to go wrong, on the real path: poller, libcurl, socket, SQLite file.
@Suite("A publisher that goes wrong", .timeLimit(.minutes(30)))
struct FaultKindTests {
    /// Three minutes into a quarter hour; its regular poll was at 12:01:15, the next one is at 12:16:15.
    static let start = Date(timeIntervalSince1970: 1_768_881_780)  // 2026-01-20T12:03:00+08:00
    static let document = Feed.aeWait.documents[0]
    static let world = SimulatedWorld.punctualPair

    struct Case: CustomTestStringConvertible {
        let faultKind: FaultKind
        let outcome: Outcome
        /// Part of the sentence in the view `capture`; nil: there is none.
        let says: String?
        /// From the first attempt to the second; after a first failure a minute.
        var waitSeconds = 60.0
        /// Of the first attempt.
        var limits = Publisher.patience
        var testDescription: String { faultKind.rawValue }

        init(
            _ faultKind: FaultKind, _ outcome: Outcome, says: String?, waitSeconds: Double = 60,
            limits: FetchLimits = Publisher.patience
        ) {
            (self.faultKind, self.outcome, self.says) = (faultKind, outcome, says)
            (self.waitSeconds, self.limits) = (waitSeconds, limits)
        }
    }

    static let cases = [
        Case(.stall, .unreachable, says: "did not answer in time", limits: FetchLimits(stallSeconds: 1)),
        Case(.drip, .unreachable, says: "did not answer in time", limits: FetchLimits(totalSeconds: 2)),
        Case(.reset, .unreachable, says: "ended after 0 bytes"),
        Case(.cutTransfer, .unreachable, says: "bytes; try again"),
        Case(.cutDocument, .quarantined, says: "is not JSON"),
        Case(.endless, .quarantined, says: "larger than 5000000 bytes"),
        Case(.bomb, .quarantined, says: "larger than 5000000 bytes"),
        // Taken where the bytes are good, whatever their coding is called.
        Case(.claimsGzip, .new, says: nil, waitSeconds: 795),
        Case(.codingNone, .new, says: nil, waitSeconds: 795),
        Case(.codingUnknown, .new, says: nil, waitSeconds: 795),
        Case(.gzipUnnamed, .new, says: nil, waitSeconds: 795),
        Case(.gzipTwice, .new, says: nil, waitSeconds: 795),
        Case(.gzipMembers, .new, says: nil, waitSeconds: 795),
        Case(.gzipTail, .new, says: nil, waitSeconds: 795),
        Case(.deflateBare, .new, says: nil, waitSeconds: 795),
        Case(.htmlType, .new, says: nil, waitSeconds: 795),
        Case(.gzipCut, .unreachable, says: "stops before its end"),
        Case(.latin1, .quarantined, says: "is not JSON in UTF-8"),
        Case(.utf16, .new, says: nil, waitSeconds: 795),
        Case(.byteOrderMark, .new, says: nil, waitSeconds: 795),
        Case(.page, .quarantined, says: "is not JSON"),
        // Successes without a document.
        Case(.empty, .quarantined, says: "is not JSON"),
        Case(.null, .quarantined, says: "is not a JSON object"),
        Case(.emptyList, .quarantined, says: "is not a JSON object"),
        Case(.emptyObject, .quarantined, says: "update time"),
        Case(.errorObject, .quarantined, says: "update time"),
        Case(.noContent, .httpError, says: "answered with status 204"),
        Case(.partialContent, .httpError, says: "answered with status 206"),
        Case(.forbidden, .httpError, says: "answered with status 403"),
        // "Not modified" where nobody named a copy would pass for a document for ever.
        Case(.notModified, .httpError, says: "answered with status 304"),
        Case(.tooMany, .httpError, says: "answered with status 429", waitSeconds: 120),
        Case(.tooManyDate, .httpError, says: "answered with status 429", waitSeconds: 120),
        Case(.tooManyNegative, .httpError, says: "answered with status 429"),
        Case(.tooManyForYears, .httpError, says: "answered with status 429", waitSeconds: 86_400),
        Case(.tooManyGarbage, .httpError, says: "answered with status 429"),
        Case(.serverError, .httpError, says: "answered with status 500"),
        Case(.unavailable, .httpError, says: "answered with status 503"),
        Case(.redirectToPlain, .unreachable, says: "redirects to http: on example.org, which is not followed"),
        Case(.redirectInCircles, .unreachable, says: "redirects once more after 5 redirects"),
    ]

    @Test(
        "has its outcome and its reason in the record, is asked again when it should be, and is taken in then",
        arguments: cases)
    func outcome(_ expected: Case) async throws {
        let faultInjector = FaultInjector([expected.faultKind])
        try await Self.twoAttempts(first: .init(limits: expected.limits)) { request, now in
            let answer = Self.world.answer(to: request, at: now) ?? .notFound
            return now > Self.start ? answer : faultInjector.answer(to: request, now: now, insteadOf: answer)
        } check: { publisher, waits in
            try publisher.expectFirst(expected.outcome, says: expected.says)
            #expect(waits.map { $0.timeIntervalSince(Self.start) }.first == expected.waitSeconds)
            #expect(try publisher.readings() == 2 * (expected.says == nil ? 2 : 1))
            #expect(try publisher.database.verify().findings == [])
        }
    }

    @Test("is read no further than the limit, however much it has to send", arguments: [FaultKind.endless, .bomb])
    func bounded(faultKind: FaultKind) async throws {
        let faultInjector = FaultInjector([faultKind])
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = {
            faultInjector.answer(to: $0, now: Self.start, insteadOf: .document([]))
        }
        try await Publisher.run(serving: answer) { publisher in
            for _ in 0..<5 {
                let taken = try await publisher.take(
                    Self.document, of: .aeWait, limits: .patient(bodyBytes: 100_000))
                #expect(taken.recorded.outcome == .quarantined)
            }
            // What the limit lets in, and what the system holds of a connection on its way.
            #expect(publisher.server.requests.map(\.handedOutBytes).allSatisfy { $0 < 30_000_000 })
            #expect(try publisher.keptBytes() == nil)
            // A thousand characters of up to three bytes.
            let kept = try SQLite.rows(publisher.path, "SELECT max(length(cast(text AS BLOB))) FROM quarantine")
            #expect(kept.compactMap { Int($0) }.allSatisfy { (1...3_000).contains($0) })
        }
    }

    @Test(
        "that cannot be reached is said to be so, is asked again, and is taken in then",
        arguments: UnreachableHost.allCases)
    func nowhere(_ place: UnreachableHost) async throws {
        let address = try place.open()
        defer { address.close() }
        let first = FirstAttempt(base: address.base, authorities: address.authorities)
        try await Self.twoAttempts(first: first) { request, now in
            Self.world.answer(to: request, at: now) ?? .notFound
        } check: { publisher, waits in
            try publisher.expectFirst(.unreachable, says: place.says)
            #expect(waits.map { $0.timeIntervalSince(Self.start) }.first == 60)
            #expect(try publisher.readings() == 2)
        }
    }

    @Test("that sends a public client into a private network is not followed there")
    func privateNetwork() async throws {
        let isPublic: @Sendable (IPAddress) -> Bool = { $0 == IPAddress(bytes: [127, 0, 0, 2]) }
        let client = try CurlClient(
            settings: ClientSettings(
                userAgent: "Waitkeeper-tests", proxyExemption: "*", authoritiesFile: nil, isPublicAddress: isPublic))
        defer { client.shutDown() }
        let faultInjector = FaultInjector([.redirectToPrivate])
        let answer: @Sendable (ReplayRequest) -> ReplayAnswer = {
            faultInjector.answer(to: $0, now: Self.start, insteadOf: .notFound)
        }
        let outer = try await ReplayServer.start(host: "127.0.0.2", answer: answer)
        try await Self.twoAttempts(first: .init(base: outer.baseURL, client: client)) { request, now in
            Self.world.answer(to: request, at: now) ?? .notFound
        } check: { publisher, waits in
            try publisher.expectFirst(.unreachable, says: "redirects to the private address 192.0.2.1")
            #expect(waits.map { $0.timeIntervalSince(Self.start) }.first == 60)
        }
        try await outer.stop()
    }
}

extension FaultKindTests {
    /// What is different about the first attempt; the second one has patience and the right address.
    struct FirstAttempt: Sendable {
        /// Replaces the publisher's address.
        var base: String?
        /// PEM file of authorities to trust.
        var authorities: String?
        var client: CurlClient?
        var limits = Publisher.patience

        func fetch(_ request: FetchRequest, from publisher: String, with client: CurlClient)
            async throws(FetchError) -> FetchResponse
        {
            var request = request
            request.limits = limits
            if let base, request.url.hasPrefix(publisher) {
                request.url = base + request.url.dropFirst(publisher.count)
            }
            return try await client.fetch(request)
        }
    }

    /// Runs the real poller from `start` until it has asked twice; `waits` are the times it waited for.
    static func twoAttempts(
        first: FirstAttempt, answering answer: @escaping @Sendable (ReplayRequest, Date) -> ReplayAnswer,
        check: (Publisher, _ waits: [Date]) throws -> Void
    ) async throws {
        let clock = ScriptedClock(start, waits: 1)
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { answer($0, clock.now) }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            let client =
                try first.client ?? CurlClient(userAgent: "Waitkeeper-tests", authoritiesFile: first.authorities)
            let base = publisher.server.baseURL
            let patient = publisher.fetch
            let fetch: Fetch = { request async throws(FetchError) in
                clock.now > start
                    ? try await patient(request) : try await first.fetch(request, from: base, with: client)
            }
            try await publisher.poller(of: .aeWait, clock: clock.wallClock, fetch: fetch).run()
            try check(publisher, clock.waits)
        }
    }
}

extension Publisher {
    /// Checks what the record says of the first attempt, and that the second one was good.
    func expectFirst(_ outcome: Outcome, says: String?) throws {
        let rows = try SQLite.rows(path, "SELECT outcome, ifnull(error, '') FROM capture ORDER BY id")
        #expect(rows.count == 2)
        #expect(rows.first?.hasPrefix("\(outcome.rawValue)|") == true)
        if let says { #expect(rows.first?.contains(says) == true, "\(rows.first ?? "")") }
        #expect(rows.last == "new|")
    }

    /// The poller that `run` would make, with half its jitter.
    func poller(
        of feed: Feed, clock: WallClock, fetch: Fetch? = nil, documents: [Document]? = nil,
        limits: FetchLimits = patience, logger: Logger = silent
    ) -> FeedPoller {
        let ingestor = DocumentIngestor(
            fetch: fetch ?? self.fetch, database: database, clock: clock,
            source: DocumentSource(baseURL: server.baseURL), limits: limits, logger: logger)
        return FeedPoller(
            feed: feed, life: feed.life, documents: documents ?? [feed.documents[0]], schedule: PollSchedule(),
            jitter: 0.5, database: database, ingestor: ingestor, clock: clock, logger: logger)
    }
}

extension FetchLimits {
    /// Patience in time, not in size.
    static func patient(bodyBytes: Int) -> FetchLimits {
        var limits = Publisher.patience
        limits.bodyBytes = bodyBytes
        return limits
    }
}
