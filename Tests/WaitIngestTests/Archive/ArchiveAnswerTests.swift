import Foundation
import Testing
import WaitCore
import WaitIngest
import WaitReplay
import WaitStore

/// What the archive, its storage or what stands before them may answer, through the real client and record.
@Suite("An answer of the archive counts only where it answers the question asked", .timeLimit(.minutes(30)))
struct ArchiveAnswerTests {
    static let days = TimeRange.days("2026-01-01", "2026-01-02")
    static let now = HongKongMinute.at("2026-01-10T12:00")

    /// Runs a backfill of two days against an archive that answers listings so.
    static func backfill(
        listing: String, _ check: (ArchiveStandIn, Backfill.Summary) throws -> Void
    ) async throws {
        var archive = ReplayArchive(
            world: ArchiveStandIn.smallWorld, stamps: ArchiveStamps.regular(from: days.from, to: days.to))
        archive.failing = { request, _ in
            request.path.contains("list-file-versions") ? .document(Array(listing.utf8)) : .notFound
        }
        try await ArchiveStandIn.run(archive, now: now) { standIn in
            let summary = try await standIn.backfill.run(days)
            try check(standIn, summary)
        }
    }

    static let noAnswers: [(String, String)] = [
        (
            "stamps of another year",
            #"{"version-count":2,"timestamps":["20270101-0015","20270102-0015"],"data-files":[]}"#
        ),
        ("a stamp of the day before", #"{"version-count":1,"timestamps":["20251231-2345"],"data-files":[]}"#),
        ("a stamp of the day after", #"{"version-count":1,"timestamps":["20260103-0000"],"data-files":[]}"#),
        (
            "one stamp of a century away among good ones",
            #"{"version-count":2,"timestamps":["20260101-0015","99991231-2345"],"data-files":[]}"#
        ),
        ("a count smaller than the list", #"{"version-count":0,"timestamps":["20260101-0015"],"data-files":[]}"#),
        ("a count that is not a whole number", #"{"version-count":0.5,"timestamps":[],"data-files":[]}"#),
        ("a count beyond all numbers", #"{"version-count":1e300,"timestamps":[],"data-files":[]}"#),
        ("a negative count", #"{"version-count":-1,"timestamps":[],"data-files":[]}"#),
        ("a count that is not a number", #"{"version-count":"many","timestamps":[],"data-files":[]}"#),
        ("a count that is true", #"{"version-count":true,"timestamps":[],"data-files":[]}"#),
        ("no count", #"{"timestamps":[],"data-files":[]}"#),
        ("no list", #"{"version-count":0}"#),
        ("a list that is null", #"{"version-count":0,"timestamps":null}"#),
        ("a time that does not exist", #"{"version-count":1,"timestamps":["20260101-2460"]}"#),
        ("a number for a time", #"{"version-count":1,"timestamps":[20260101]}"#),
        (
            "the listing of another document",
            #"{"url":"https://www.ha.org.hk/opendata/facility-hosp.json","version-count":0,"timestamps":[]}"#
        ),
        ("words", #"{"message":"Service temporarily unavailable"}"#), ("a page", "<html>busy</html>"),
        ("nothing", ""), ("null", "null"), ("a bare list", "[]"),
    ]

    @Test("and settles nothing, stores nothing and ends nothing otherwise", arguments: noAnswers)
    func noAnswer(what: String, listing: String) async throws {
        try await Self.backfill(listing: listing) { standIn, summary in
            #expect(summary.listingsFailed == 2, "\(what)")
            let tables = "SELECT (SELECT count(*) FROM archive_day), (SELECT count(*) FROM archive_version)"
            let rows = try SQLite.rows(standIn.publisher.path, tables)
            #expect(rows == ["0|0"])
            #expect(try standIn.coverage(Self.days).notArchived == 0)
        }
    }

    static let answers: [(String, String, Int)] = [
        ("the count as text", #"{"version-count":"1","timestamps":["20260101-0015"],"data-files":[]}"#, 1),
        ("keys that are not known", #"{"version-count":1,"timestamps":["20260101-0015"],"next":7,"note":null}"#, 1),
        (
            "stamps out of order and twice",
            #"{"version-count":3,"timestamps":["20260102-0015","20260101-0015","20260102-0015"]}"#, 2
        ),
        (
            "a size beyond all numbers",
            #"{"version-count":1,"timestamps":["20260101-0015"],"data-files":[{"timestamp":"20260101","period":"M","size":1e300}]}"#,
            1
        ),
        (
            "a size below all numbers",
            #"{"version-count":1,"timestamps":["20260101-0015"],"data-files":[{"timestamp":"20260101","period":"M","size":-1e308}]}"#,
            1
        ),
        (
            "a size just beyond a whole number of 64 bits, and periods that are not known",
            #"{"version-count":1,"timestamps":["20260101-0015"],"data-files":[{"timestamp":"20260101","period":"M","size":9223372036854775808},{"timestamp":"20260101","period":"Q"},{"timestamp":"99999999","period":"M"},null,3]}"#,
            1
        ),
        (
            "the document's own address, percent-encoded",
            #"{"url":"https%3A%2F%2Fwww.ha.org.hk%2Fopendata%2Faed%2Faedwtdata2-en.json","version-count":0,"timestamps":[]}"#,
            0
        ),
    ]

    @Test("and is taken where it is merely odd", arguments: answers)
    func answer(what: String, listing: String, versions: Int) async throws {
        try await Self.backfill(listing: listing) { standIn, summary in
            // The listing of the http spelling names the https address too, which is another question.
            #expect(summary.listingsFailed == (listing.contains("url") ? 1 : 0), "\(what)")
            let stored = "SELECT count(DISTINCT stamp_minute) FROM archive_version"
            let rows = try SQLite.rows(standIn.publisher.path, stored)
            #expect(rows == ["\(versions)"])
            #expect(try standIn.publisher.database.verify().findings == [])
        }
    }

    static let refusals: [(String, ReplayAnswer, Bool)] = [
        ("400 with unknown words", .status(400), false), ("401", .status(401), false),
        ("403", .page(status: 403), false),
        ("407", .status(407), false), ("408", .status(408), false), ("418", .status(418), false),
        ("429", .status(429), false), ("451", .status(451), false), ("500", .status(500), false),
        ("503", .page(status: 503), false), ("204", .status(204), false), ("206", .status(206), false),
        ("304", .status(304), false), ("a redirect to nowhere", .status(302), false),
        ("a redirect out of loopback", .redirect(to: "http://192.0.2.1/x"), false),
        ("a page as a success", .page(status: 200), false),
        (
            "XML as a success", .document(Array("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>".utf8)),
            false
        ),
        ("words as a success", .document(Array(#"{"message": "Not Found"}"#.utf8)), false),
        ("404", .notFound, true), ("410", .status(410), true),
    ]

    @Test("and only 404 and 410 are an absence, whoever answers", arguments: refusals)
    func refusal(what: String, answer: ReplayAnswer, isAbsence: Bool) async throws {
        let day = TimeRange.days("2026-01-01", "2026-01-01")
        var archive = ReplayArchive(
            world: ArchiveStandIn.smallWorld,
            stamps: ArchiveStamps.regular(from: day.from, to: day.from.adding(minutes: 60))
        )
        archive.failing = { request, _ in request.path.contains("get-file") ? answer : nil }
        let clock = ArchiveStandIn.Clock(Self.now)
        let replay = ReplayPublisher(
            world: nil, archive: archive, now: { clock.minute.date })
        try await Publisher.run(serving: replay.answer(to:), clock: clock.wall) { publisher in
            for date in ["2026-01-10T12:00", "2026-01-11T12:00", "2026-01-12T12:00"] {
                clock.set(.at(date))
                _ = try await ArchiveStandIn(publisher, clock: clock).backfill.run(day)
            }
            let counted = try SQLite.rows(publisher.path, "SELECT DISTINCT failed_days FROM archive_version")
            #expect(counted == [isAbsence ? "3" : "0"], "\(what)")
        }
    }

    @Test(
        "and bundles that are refused or broken cost nothing that single versions can bring",
        arguments: [ReplayAnswer.page(status: 403), .status(500), .page(status: 200), .status(404)])
    func bundleRefused(answer: ReplayAnswer) async throws {
        var archive = ReplayArchive(
            world: ArchiveStandIn.smallWorld, stamps: ArchiveStamps.regular(from: Self.days.from, to: Self.days.to))
        archive.failing = { request, _ in
            request.query?.hasSuffix("time=20260101") == true || request.path.hasSuffix(".zip") ? answer : nil
        }
        // In a later month, when January is one bundle.
        try await ArchiveStandIn.run(archive, now: .at("2026-03-10T12:00")) { standIn in
            let summary = try await standIn.backfill.run(Self.days)
            #expect(summary.read == 2 * 96)
            #expect(try standIn.readings() == 2 * 96)
        }
    }
}

/// An empty listing of days that were captured live: the real healer over days.
@Suite("An archive that lists nothing of days that were captured live is asked again on another day")
struct ArchiveDoubtTests {
    /// One live capture in the morning of the day, then what the archive says on two days.
    @Test("and believed then", arguments: [true, false])
    func doubt(isCapturedLive: Bool) async throws {
        let archive = ReplayArchive(world: ArchiveStandIn.smallWorld, stamps: [])
        let clock = ArchiveStandIn.Clock(.at("2026-01-10T12:00"))
        let replay = ReplayPublisher(
            world: nil, archive: archive, now: { clock.minute.date })
        try await Publisher.run(serving: replay.answer(to:), clock: clock.wall) { publisher in
            // The record's life begins with a live capture, of this day or of the one before.
            let at = HongKongMinute.at(isCapturedLive ? "2026-01-05T00:15" : "2026-01-04T00:15").date
            let bytes = Data(ArchiveStandIn.smallWorld.aeWait(language: .en, at: at))
            _ = try publisher.database.record([
                Capture(
                    feed: .aeWait, document: ArchiveStandIn.document, origin: .live, capturedAt: at,
                    answer: .body(Body(bytes, of: ArchiveStandIn.document, in: .aeWait)))
            ])
            var settled: [Int] = []
            for time in ["2026-01-10T12:00", "2026-01-10T20:00", "2026-01-11T12:00"] {
                clock.set(.at(time))
                let standIn = ArchiveStandIn(publisher, clock: clock)
                _ = try await standIn.backfill.run(.days("2026-01-05", "2026-01-06"))
                let days = try SQLite.rows(
                    publisher.path, "SELECT count(*) FROM archive_day WHERE day = 20260105")
                settled.append(Int(days.first ?? "") ?? -1)
            }
            // Under both spellings of the address.
            #expect(settled == (isCapturedLive ? [0, 0, 2] : [2, 2, 2]))
            #expect(try publisher.database.verify().findings == [])
        }
    }
}
