import Foundation
import TestSupport
import Testing
import WaitCore
import WaitIngest
import WaitStore

/// One poll of every feed against a stand-in that serves the fixtures, seen with plain `sqlite3`.
@Suite("A poll of all feeds")
struct PollTests {
    static func poll(_ publisher: Publisher) async throws -> [FeedPass] {
        var passes: [FeedPass] = []
        for feed in Feed.all {
            let documents = FeedPass.documents(of: feed, languages: feed.defaultLanguages)
            passes.append(try await FeedPass.run(feed, documents: documents, ingestor: publisher.ingestor()))
        }
        return passes
    }

    @Test(
        "fills the contract's views",
        arguments: [
            ("SELECT count(*), count(DISTINCT hospital), count(DISTINCT observed_at) FROM ae_wait", "18|18|1"),
            ("SELECT count(*), count(DISTINCT hospital) FROM ae_top_wait", "18|18"),
            ("SELECT count(*), count(DISTINCT clinic) FROM clinic_quota", "518|74"),
            ("SELECT count(*) FROM clinic_quota LEFT JOIN clinic ON clinic.id = clinic WHERE latitude IS NULL", "0"),
            ("SELECT count(*) FROM clinic WHERE district_en <> ''", "74"),
            (
                "SELECT count(*), count(latitude), count(longitude), count(coordinates_source) FROM hospital",
                "18|18|18|18"
            ),
            ("SELECT kind, count(*) FROM facility GROUP BY kind ORDER BY kind", "A&E hospital|18"),
            ("SELECT count(*) FROM quarantine", "0"),
            ("SELECT count(*) FROM revision", "0"),
        ])
    func views(sql: String, first: String) async throws {
        try await Publisher.run { publisher in
            try publisher.offerFixtures()
            _ = try await Self.poll(publisher)
            #expect(try SQLite.rows(publisher.path, sql).first == first)
        }
    }

    @Test("puts the 18 hospitals at the directory's coordinates")
    func coordinates() async throws {
        try await Publisher.run { publisher in
            try publisher.offerFixtures()
            _ = try await Self.poll(publisher)
            let rows = try SQLite.rows(
                publisher.path, "SELECT name_en, latitude, longitude FROM hospital ORDER BY name_en")
            let bytes = try Documents.fixture("hospital-directory/facility-hosp.json")
            let directory = try #require(JSONSerialization.jsonObject(with: bytes) as? [[String: Any]])
            let published = directory.filter { $0["with_AE_service_eng"] as? String == "Yes" }.map {
                "\($0["institution_eng"] ?? "")|\($0["latitude"] ?? "")|\($0["longitude"] ?? "")"
            }
            #expect(rows == published.sorted())
        }
    }

    @Test("a second time sends conditional requests, adds capture rows and nothing else")
    func secondPoll() async throws {
        try await Publisher.run { publisher in
            try publisher.offerFixtures()
            _ = try await Self.poll(publisher)
            let before = try Self.tables(publisher)
            let asked = publisher.server.requests.count
            let passes = try await Self.poll(publisher)
            let second = publisher.server.requests.dropFirst(asked)
            #expect(second.count == asked)
            #expect(second.allSatisfy { $0.ifNoneMatch != nil && $0.status == 304 })
            #expect(passes.flatMap(\.results).allSatisfy { $0.recorded.outcome == .notModified })
            #expect(try Self.tables(publisher) == before)
            #expect(try SQLite.rows(publisher.path, "SELECT count(*) FROM capture") == ["\(asked * 2)"])
        }
    }

    /// Every table but the captures, as text.
    static func tables(_ publisher: Publisher) throws -> [String: [String]] {
        let names = try SQLite.rows(
            publisher.path,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('attempt', 'generation')"
        )
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try SQLite.rows(publisher.path, "SELECT * FROM \($0)")) })
    }

    @Test("one clinic directory that answers is enough, whichever it is", arguments: [0, 1])
    func oneDirectory(answering index: Int) async throws {
        try await Publisher.run { publisher in
            try publisher.offerFixtures()
            publisher.offer(.notFound, at: Feed.clinicDirectory.documents[1 - index])
            let pass = try await FeedPass.run(
                .clinicDirectory, documents: Feed.clinicDirectory.documents, ingestor: publisher.ingestor())
            #expect(!pass.isFailure)
            #expect(try SQLite.rows(publisher.path, "SELECT count(*), count(latitude) FROM clinic") == ["75|75"])
        }
    }

    @Test("leaves a record that verify has nothing against")
    func verified() async throws {
        try await Publisher.run { publisher in
            try publisher.offerFixtures()
            _ = try await Self.poll(publisher)
            #expect(try publisher.database.verify().findings == [])
        }
    }
}
