import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("An A&E document that is recorded")
struct RecordReadingTests {
    private static let documents = ["ae-wait", "ae-top-wait"].flatMap { feed in
        Language.allCases.map { (feed, $0) }
    }

    /// The document's own words by hospital name and metric, walked from its JSON.
    private static func published(_ feed: Feed, _ language: Language) throws -> Set<[String]> {
        let root = try feed.json(feed.document(language), as: [String: Any].self)
        let records = try #require(root["waitTime"] as? [[String: String]])
        return try Set(
            records.flatMap { record in
                try feed.figures.map { figure in
                    [try #require(record["hospName"]), figure.metric, try #require(record[figure.key])]
                }
            })
    }

    @Test("stands in ae_phrase word for word", arguments: documents)
    func verbatim(feed id: String, language: Language) throws {
        let feed = try #require(Catalogue.standard.feed(id))
        let database = try WaitDatabase.holding(.fixture(feed, language))
        let stored = try database.rows(
            """
            SELECT place_name.text, metric, ae_phrase.text FROM ae_phrase
            JOIN place ON place.code = hospital AND place.kind = 'hospital'
            JOIN place_name ON place_name.place_id = place.id WHERE feed = ?
            """, [feed.id])
        let published = try Self.published(feed, language)
        #expect(published.isSubset(of: Set(stored.map { $0.compactMap { $0 } })))
        #expect(try database.count("ae_phrase") == published.count)
    }

    @Test("gives a reading for each of the 18 hospitals", arguments: ["ae_wait", "ae_top_wait"])
    func rows(view: String) throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en), .fixture(.aeTopWait, .en))
        #expect(try database.count(view, where: "hospital IN (SELECT code FROM hospital)") == 18)
    }

    @Test("has its figures in minutes")
    func figures() throws {
        let row = try WaitDatabase.holding(.fixture(.aeWait, .en)).rows(
            """
            SELECT t1_minutes, t2_minutes, t3_p50_minutes, t3_p95_minutes, t45_p50_minutes, t45_p95_minutes FROM ae_wait
            WHERE hospital = 'AHN'
            """)
        #expect(row == [["0", "15", "24", "63", "120", "210"]])
    }

    @Test("gives the old feed's classes by their lower bound")
    func classes() throws {
        let rows = try WaitDatabase.holding(.fixture(.aeTopWait, .en)).rows(
            "SELECT over_minutes FROM ae_top_wait WHERE hospital IN ('AHN', 'NLT', 'QEH') ORDER BY hospital")
        #expect(rows == [["120"], ["0"], ["480"]])
    }

    @Test("names the capture it is from, with its origin", arguments: Capture.Origin.allCases)
    func origin(origin: Capture.Origin) throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(
            .fixture(.aeWait, Feed.aeWait.document(.en), origin: origin))
        #expect(
            try database.rows("SELECT DISTINCT origin, capture_id FROM ae_wait") == [
                [origin.rawValue, "\(recorded.captureID)"]
            ])
    }

    @Test(
        "is a trial before the feed's life began, by its own time",
        arguments: [("12/10/2025 11:45PM", "1"), ("13/10/2025 12:00AM", "0"), ("10/9/2025 9:15AM", "1")])
    func trial(updateTime: String, expected: String) throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, ("14/11/2026 9:15AM", updateTime)))
        #expect(try database.values("SELECT DISTINCT trial FROM ae_wait") == [expected])
    }

    @Test("adds no reading and no revision in another language", arguments: [Language.tc, .sc])
    func otherLanguage(language: Language) throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let recorded = try database.record(.fixture(.aeWait, language))
        #expect(recorded.outcome == .duplicate && recorded.added == 0 && recorded.revisions == 0)
        #expect(try database.count("wait_reading") == 18 && database.count("revision") == 0)
    }

    @Test("is stored although a newer one is there")
    func older() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let recorded = try database.record(.edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:00AM")))
        #expect(recorded.outcome == .new && recorded.added == 18)
        #expect(try database.count("ae_wait") == 36)
    }

    @Test("is kept in a group of captures as it is alone")
    func group() throws {
        let captures = try Language.allCases.map { try Capture.fixture(.aeWait, $0) }
        let (together, apart) = (try WaitDatabase.inMemory(), try WaitDatabase.inMemory())
        _ = try together.record(captures)
        for capture in captures { try apart.record(capture) }
        #expect(try together.contents() == apart.contents())
    }

    @Test("is not stored at all where a capture of its group fails")
    func rollback() throws {
        let database = try WaitDatabase.inMemory()
        let before = try database.contents()
        let stranger = Document(url: "https://example.org/no-document-of-ours.json")
        let captures = [
            try Capture.fixture(.aeWait, .en), try Capture.of(Data("{}".utf8), .aeWait, stranger),
        ]
        #expect(throws: StoreError.self) { try database.record(captures) }
        #expect(try database.contents() == before)
    }
}

@Suite("Figures that differ from those read first")
struct RevisionTests {
    private let database: WaitDatabase
    private let recorded: CaptureResult

    init() throws {
        database = try .holding(.fixture(.aeWait, .en))
        recorded = try database.record(Self.other())
    }

    private static func other() throws -> Capture {
        try .edited(.aeWait, .en, ("\"24 minutes\"", "\"25 minutes\""), ("\"2.5 hours\"", "\"3 hours\""))
    }

    @Test("are kept as revisions")
    func kept() throws {
        let time = "2026-11-14T09:15:00+08:00"
        #expect(
            try database.rows("SELECT * FROM revision ORDER BY hospital") == [
                ["ae-wait", "AHN", time, "t3_p50", "24 minutes", "25 minutes", "2"],
                ["ae-wait", "CMC", time, "t45_p50", "2.5 hours", "3 hours", "2"],
            ])
    }

    @Test("make the capture news")
    func outcome() {
        #expect(recorded.outcome == .new && recorded.revisions == 2 && recorded.added == 0)
    }

    @Test("leave the first reading standing")
    func first() throws {
        #expect(try database.values("SELECT t3_p50_minutes FROM ae_wait WHERE hospital = 'AHN'") == ["24"])
    }

    @Test("are kept once, however often they come")
    func again() throws {
        let before = try database.contents(without: "attempt")
        #expect(try database.record(Self.other()).outcome == .duplicate)
        #expect(try database.contents(without: "attempt") == before)
    }

    @Test("are kept each, where they differ in more than one way")
    func third() throws {
        try database.record(.edited(.aeWait, .en, ("\"24 minutes\"", "\"26 minutes\"")))
        let texts = try database.values("SELECT other_text FROM revision WHERE hospital = 'AHN' ORDER BY other_text")
        #expect(texts == ["25 minutes", "26 minutes"])
    }

    @Test("in another language are kept in that language")
    func language() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        try database.record(.edited(.aeWait, .tc, ("\"24 分鐘\"", "\"25 分鐘\"")))
        #expect(try database.rows("SELECT kept_text, other_text FROM revision") == [["24 minutes", "25 分鐘"]])
    }

    @Test("are not made within one document that names a hospital twice: its first record stands")
    func twice() throws {
        let other = "\"Alice Ho Miu Ling Nethersole Hospital.\""
        let database = try WaitDatabase.holding(
            .edited(
                .aeWait, .en, ("\"Alice Ho Miu Ling Nethersole Hospital\"", other),
                ("14/11/2026 9:15AM", "14/11/2026 9:00AM")))
        let recorded = try database.record(.edited(.aeWait, .en, ("\"Caritas Medical Centre\"", other)))
        #expect(recorded.added == 17)
        #expect(recorded.outcome == .partial && !recorded.faults.isEmpty)
        #expect(try database.count("revision") == 0)
        let kept = try database.values(
            "SELECT text FROM ae_phrase WHERE hospital = 'AHN' AND metric = 't3_p50' ORDER BY observed_at DESC LIMIT 1")
        #expect(kept == ["24 minutes"])
        #expect(try database.findings() == [])
    }
}
