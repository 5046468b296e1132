import Foundation
import GRDB
import Testing
import WaitCore

@testable import WaitStore

@Suite("A document's former address")
struct FormerAddressTests {
    private static let moves = [
        "url = replace(url, 'opendata', 'opendata/2024')", "url = replace(url, 'https', 'http')",
        "url = 'https://data.example.org/a?b=' || id",
    ]

    @Test("leaves a record that verifies, and is told once", arguments: moves)
    func verifies(move: String) throws {
        try FilledRecord.withCopy { database in
            try database.execute("UPDATE document SET \(move) WHERE url LIKE '%aedwtdata2-en.json'")
            let findings = try database.verify().findings
            #expect(findings.map(\.table) == ["document"])
            #expect(findings.first?.problem.contains("ae-wait") == true)
        }
    }

    @Test("is read again by reparse")
    func reparse() throws {
        let document = try Feed.aeWait.document(.en)
        let database = try WaitDatabase.holding(.of(Data("{}".utf8), .aeWait, document))
        let bytes = try Feed.aeWait.fixture(document)
        try database.access.write { db in
            try db.execute(sql: "UPDATE document SET url = url || '.old' WHERE url LIKE '%aedwtdata2-en.json'")
            try db.execute(
                sql: "UPDATE payload SET bytes = ?, deflated = ?", arguments: [bytes.count, Deflate.compress(bytes)])
        }
        let report = try database.reparse()
        #expect(report.readNow == 1 && report.added == 18)
    }

    @Test("is the document's where the feed names it", arguments: Feed.all)
    func known(feed: Feed) throws {
        for document in feed.documents {
            let moved = Document(
                url: "https://www.ha.org.hk/new.json", language: document.language, formerURLs: [document.url])
            #expect(moved.isAt(document.url) && moved.isAt(moved.url) && !moved.isAt("https://www.ha.org.hk/"))
            let known = try #require(Catalogue.standard.holding(url: document.url))
            #expect(known.feed.id == feed.id && known.document == document)
        }
    }

    @Test("of a feed that this version does not know is told of the feed alone")
    func unknownFeed() throws {
        let database = try WaitDatabase.holding(.fixture(.specialistDirectory))
        try database.execute("UPDATE feed SET name = 'later-feed' WHERE name = 'specialist-directory'")
        let findings = try database.findings()
        #expect(!findings.contains { $0.contains("No capture refers to it") })
        #expect(findings.contains { $0.contains("This version knows no such feed") })
    }
}
