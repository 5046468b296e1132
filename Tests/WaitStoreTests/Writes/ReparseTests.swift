import Foundation
import TestSupport
import Testing

@testable import WaitCore
@testable import WaitStore

extension Feed {
    /// The feed as an earlier version of Waitkeeper had it.
    func reading(_ read: @escaping @Sendable (Data, Document) throws(ReadFault) -> DocumentContent) -> Feed {
        Feed(
            id: id, title: title, documents: documents, rhythm: rhythm, defaultLanguages: defaultLanguages, life: life,
            figures: figures, read: read)
    }

    /// Reads nothing at all.
    var unreading: Feed {
        reading { _, _ throws(ReadFault) in throw ReadFault(text: "?", reason: "This version cannot read it.") }
    }

    /// Reads the document as if some of its text were another.
    func misreading(_ old: String, as new: String) -> Feed {
        reading { bytes, document throws(ReadFault) in
            let text = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: old, with: new)
            return try read(Data(text.utf8), document)
        }
    }
}

@Suite("Reading again what an earlier version could not read")
struct ReparseTests {
    /// Feeds with the table that their rows go to and how many there are.
    static let feeds = [
        ("ae-wait", "wait_reading", 18), ("ae-top-wait", "top_wait_reading", 18), ("clinic-quota", "quota_record", 74),
        ("hospital-directory", "facility", 43), ("specialist-directory", "facility", 49),
        ("clinic-directory", "clinic", 75),
    ]

    /// A record whose first document of the feed was quarantined whole.
    private static func quarantined(_ id: String) throws -> WaitDatabase {
        let feed = try #require(Catalogue.standard.feed(id))
        return try .holding(.of(feed.fixture(feed.documents[0]), feed.unreading, feed.documents[0]))
    }

    /// A record whose A&E document was read but for the first hospital.
    private static func partial() throws -> WaitDatabase {
        let document = try Feed.aeWait.document(.en)
        let earlier = Feed.aeWait.misreading("\"Alice Ho Miu Ling Nethersole Hospital\"", as: "null")
        return try .holding(.of(Feed.aeWait.fixture(document), earlier, document))
    }

    @Test("brings its rows in", arguments: feeds)
    func rows(feed: String, table: String, count: Int) throws {
        let database = try Self.quarantined(feed)
        let report = try database.reparse()
        #expect(report.payloads == 1 && report.readNow == 1 && report.added > 0 && report.faultsLeft == 0)
        #expect(
            try database.count(table, where: table == "facility" ? "coordinates_source LIKE '%2026-11-14)'" : "1")
                == count)
    }

    @Test("leaves the record as if it had been read at once", arguments: feeds)
    func sameAsAtOnce(feed id: String, table: String, count: Int) throws {
        let feed = try #require(Catalogue.standard.feed(id))
        let database = try Self.quarantined(id)
        _ = try database.reparse()
        #expect(try database.contents() == WaitDatabase.holding(.fixture(feed, feed.documents[0])).contents())
    }

    @Test("is called for by verify before, and not after", arguments: feeds)
    func verify(feed: String, table: String, count: Int) throws {
        let database = try Self.quarantined(feed)
        #expect(try database.findings() != [])
        _ = try database.reparse()
        #expect(try database.findings() == [])
    }

    @Test("mends the capture's row and empties the quarantine")
    func capture() throws {
        let database = try Self.quarantined("ae-wait")
        _ = try database.reparse()
        #expect(
            try database.rows("SELECT outcome, observed_at, error FROM capture") == [
                ["new", "2026-11-14T09:15:00+08:00", nil]
            ])
        #expect(try database.count("quarantine") == 0)
    }

    @Test("brings a record in that was quarantined alone")
    func record() throws {
        let database = try Self.partial()
        #expect(try database.values("SELECT outcome FROM capture") == ["partial"])
        let report = try database.reparse()
        #expect(report.added == 1)
        #expect(try database.values("SELECT outcome FROM capture") == ["new"])
        #expect(try database.count("ae_wait") == 18)
        #expect(try database.findings() == [])
    }

    @Test("lets the first capture of a payload have brought its rows, the others be duplicates")
    func captures() throws {
        let database = try Self.quarantined("ae-wait")
        let document = Feed.aeWait.documents[0]
        try database.record(.of(Feed.aeWait.fixture(document), Feed.aeWait.unreading, document, origin: .archive))
        _ = try database.reparse()
        #expect(
            try database.rows("SELECT origin, outcome FROM capture") == [["live", "new"], ["archive", "duplicate"]])
        #expect(try database.values("SELECT DISTINCT origin FROM ae_wait") == ["live"])
        #expect(try database.findings() == [])
    }

    @Test("does not call a capture a duplicate that brought rows before")
    func broughtBefore() throws {
        let database = try Self.partial()
        try database.record(.fixture(.aeWait, .tc))
        let report = try database.reparse()
        #expect(report.added == 0)
        #expect(try database.values("SELECT outcome FROM capture") == ["new", "new"])
        #expect(try database.findings() == [])
    }

    @Test("does not call a capture a duplicate that brought a name before")
    func broughtName() throws {
        let document = try Feed.aeWait.document(.tc)
        let bytes = try Feed.aeWait.fixture(document).replacing([("\"明愛醫院\"", "\"明愛醫院。\"")])
        let earlier = Feed.aeWait.misreading("\"雅麗氏何妙齡那打素醫院\"", as: "null")
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en), .of(bytes, earlier, document))
        _ = try database.reparse()
        #expect(try database.values("SELECT outcome FROM capture") == ["new", "new"])
        #expect(try database.findings() == [])
    }

    @Test("keeps what differs from a reading that came meanwhile as a revision")
    func revision() throws {
        let database = try Self.partial()
        try database.record(.edited(.aeWait, .tc, ("\"24 分鐘\"", "\"25 分鐘\"")))
        _ = try database.reparse()
        #expect(
            try database.rows("SELECT kept_text, other_text, capture_id FROM revision") == [
                ["25 分鐘", "24 minutes", "1"]
            ])
        #expect(try database.findings() == [])
    }

    @Test("mends the meaning of phrases, and the readings by it")
    func phrase() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        try database.execute(
            """
            UPDATE phrase SET minutes = NULL, lower_minutes = NULL, upper_minutes = NULL, qualifier = 'unrecognised'
            WHERE text = '24 minutes'
            """)
        #expect(try database.value("SELECT t3_p50_minutes FROM ae_wait WHERE hospital = 'AHN'") == nil)
        #expect(try database.reparse().phrases == 1)
        #expect(try database.value("SELECT t3_p50_minutes FROM ae_wait WHERE hospital = 'AHN'") == "24")
        #expect(try database.findings() == [])
    }

    @Test("changes nothing the second time", arguments: feeds)
    func twice(feed: String, table: String, count: Int) throws {
        let database = try Self.quarantined(feed)
        _ = try database.reparse()
        let before = try database.contents()
        let report = try database.reparse()
        #expect(report.payloads == 0 && report.added == 0 && report.phrases == 0)
        #expect(try database.contents() == before)
    }

    @Test("changes nothing where this version cannot read it either")
    func unreadable() throws {
        try FilledRecord.withCopy { database in
            let before = try database.contents()
            let report = try database.reparse()
            #expect(report.payloads == 3 && report.readNow == 0 && report.faultsLeft == 4)
            #expect(try database.contents() == before)
        }
    }

    @Test("leaves a document of the future quarantined, and what it brought when its time had come")
    func future() throws {
        let database = try WaitDatabase.holding(
            .fixture(.aeWait, .en), .fixture(.aeWait, .en, at: "2026-11-14T08:00"))
        let before = try database.contents()
        _ = try database.reparse()
        #expect(try database.contents() == before)
    }

    @Test("tells how far it is")
    func progress() throws {
        let database = try Self.quarantined("ae-wait")
        var steps: [[Int]] = []
        _ = try database.reparse { done, total in steps.append([done, total]) }
        #expect(steps == [[1, 1]])
    }

    @Test("reads all else where a payload is damaged, and then says so")
    func damaged() throws {
        let database = try Self.quarantined("ae-wait")
        try database.execute("UPDATE payload SET deflated = x'00'")
        #expect {
            _ = try database.reparse()
        } throws: {
            ($0 as? StoreError)?.code == .damaged
        }
    }
}
