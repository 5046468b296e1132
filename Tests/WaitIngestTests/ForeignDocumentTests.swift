import Foundation
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

/// What an ended feed, or one that moved, may answer: through the real client and record.
@Suite("A document is never mistaken for another feed's", .timeLimit(.minutes(30)))
struct ForeignDocumentTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let feed: Feed
        let document: Document
        /// The path that the answer redirects to; nil where it answers itself.
        var location: String?
        /// What is served there, a fixture's path.
        var fixture: String?
        var answer: ReplayAnswer?
        let outcome: Outcome
        var says = ""
    }

    static let old = Feed.aeTopWait.documents[0]
    static let successor = "ae-wait/aedwtdata2-en.json"
    static let cases = [
        Case(
            testDescription: "the old feed redirects to its successor", feed: .aeTopWait, document: old,
            location: "/opendata/aed/aedwtdata2-en.json", fixture: successor, outcome: .quarantined,
            says: "is a document of ae-wait"),
        Case(
            testDescription: "… with a query and in capitals", feed: .aeTopWait, document: old,
            location: "/opendata/aed/AEDWTDATA2-EN.json?moved=1", fixture: successor, outcome: .quarantined,
            says: "is a document of ae-wait"),
        Case(
            testDescription: "… at another place", feed: .aeTopWait, document: old, location: "/v3/aedwtdata2-en.json",
            fixture: successor, outcome: .quarantined, says: "is a document of ae-wait"),
        Case(
            testDescription: "the old feed answers as its successor", feed: .aeTopWait, document: old,
            fixture: successor, outcome: .quarantined),
        Case(
            testDescription: "the new feed answers as the old one", feed: .aeWait, document: Feed.aeWait.documents[0],
            fixture: "ae-top-wait/aedwtdata-en.json", outcome: .quarantined),
        Case(
            testDescription: "an English document redirects to the Chinese one", feed: .aeWait,
            document: Feed.aeWait.documents[0], location: "/opendata/aed/aedwtdata2-tc.json",
            fixture: "ae-wait/aedwtdata2-tc.json", outcome: .quarantined, says: "is a document of ae-wait"),
        Case(
            testDescription: "the hospitals redirect to the clinics", feed: .hospitalDirectory,
            document: Feed.hospitalDirectory.documents[0], location: "/opendata/facility-fmc.json",
            fixture: "clinic-directory/facility-fmc.json", outcome: .quarantined,
            says: "is a document of clinic-directory"),
        Case(
            testDescription: "the same document at another place", feed: .hospitalDirectory,
            document: Feed.hospitalDirectory.documents[0], location: "/moved/facility-hosp.json",
            fixture: "hospital-directory/facility-hosp.json", outcome: .new),
        Case(
            testDescription: "a document under a name that is not known", feed: .hospitalDirectory,
            document: Feed.hospitalDirectory.documents[0], location: "/files/12345",
            fixture: "hospital-directory/facility-hosp.json", outcome: .new),
        Case(
            testDescription: "one clinic directory redirects to the other, which is the same feed",
            feed: .clinicDirectory, document: Feed.clinicDirectory.documents[0],
            location: "/opendata/\(Feed.clinicDirectory.documents[1].url.split(separator: "/").last ?? "")",
            fixture: "clinic-directory/facility-fmc.json", outcome: .new),
        Case(
            testDescription: "a notice in HTML", feed: .aeTopWait, document: old, answer: .page(status: 200),
            outcome: .quarantined, says: "is not JSON"),
        Case(
            testDescription: "a notice in JSON", feed: .aeTopWait, document: old,
            answer: .document(Array(#"{"notice":"This dataset has ended."}"#.utf8)), outcome: .quarantined),
        Case(
            testDescription: "an empty list", feed: .aeTopWait, document: old,
            answer: .document(Array(#"{"waitTime":[],"updateTime":"13/10/2025 12:15am"}"#.utf8)), outcome: .quarantined),
        Case(testDescription: "404", feed: .aeTopWait, document: old, answer: .notFound, outcome: .httpError),
        Case(testDescription: "410", feed: .aeTopWait, document: old, answer: .status(410), outcome: .httpError),
    ]

    @Test("and its figures enter no series but their own", arguments: cases)
    func answer(_ one: Case) async throws {
        let truth = try one.fixture.map { ReplayAnswer.document(Array(try Documents.fixture($0))) } ?? .notFound
        let own = Publisher.path(of: one.document)
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { request in
            if let answer = one.answer { return answer }
            guard let location = one.location, request.path == own else { return truth }
            return .redirect(to: location)
        }
        try await Publisher.run(serving: serve) { publisher in
            let taken = try await publisher.take(one.document, of: one.feed)
            #expect(taken.recorded.outcome == one.outcome, "\(taken.error ?? "")")
            #expect(one.says.isEmpty || (taken.error ?? "").contains(one.says), "\(taken.error ?? "")")
            let rows = try SQLite.rows(
                publisher.path, "SELECT (SELECT count(*) FROM ae_top_wait) + (SELECT count(*) FROM ae_wait)")
            #expect(rows == ["0"])
            #expect(try publisher.database.verify().findings == [])
        }
    }

    /// Two weeks of the old feed after its end, on the real path; each day's answer fails.
    @Test(
        "and nobody is warned of a retired feed that fails for ever",
        arguments: [
            ReplayAnswer.page(status: 200), .notFound, .status(410), .redirect(to: "/opendata/aed/aedwtdata2-en.json"),
        ])
    func retired(answer: ReplayAnswer) async throws {
        let start = Date(timeIntervalSince1970: 1_768_881_600)  // 2026-01-20T12:00:00+08:00
        let clock = SimulatedClock(startingAt: start, endingAt: start.addingTimeInterval(14 * 86_400))
        let successor = ReplayAnswer.document(Array(try Documents.fixture(Self.successor)))
        let told = ToldLines()
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = {
            $0.path == Publisher.path(of: Self.old) ? answer : successor
        }
        try await Publisher.run(serving: serve, clock: clock.wallClock) { publisher in
            try await publisher.poller(of: .aeTopWait, clock: clock.wallClock, logger: told.logger).run()
            #expect(publisher.server.requests.count >= 14)
            #expect(told.lines(from: .notice) == [])
            #expect(told.lines(from: .info).count == 1)
            #expect(try SQLite.rows(publisher.path, "SELECT count(*) FROM ae_top_wait") == ["0"])
            let incidents = IncidentPlan(leastFreeBytes: 0).changes(
                try publisher.incidentFacts(), open: [], now: clock.now)
            #expect(incidents == [])
        }
    }
}

extension Publisher {
    /// What the incident plan is told of the feeds alone.
    func incidentFacts() throws -> IncidentPlan.Facts {
        var facts = IncidentPlan.Facts()
        facts.feeds = try database.feedSummaries().filter { $0.lastAttemptUnix != nil }
        return facts
    }
}
