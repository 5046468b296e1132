import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("A capture")
struct RecordCaptureTests {
    @Test("is a row with everything that is known of it")
    func row() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let bytes = try Feed.aeWait.fixture(Feed.aeWait.document(.en))
        #expect(
            try database.rows("SELECT * FROM capture") == [
                [
                    "1", "ae-wait", "https://www.ha.org.hk/opendata/aed/aedwtdata2-en.json", "live",
                    "2026-11-14T09:17:00+08:00", "new", "200", "2026-11-14T09:15:00+08:00",
                    ReferenceSHA256.hexText(bytes), "\(bytes.count)", "120", nil,
                ]
            ])
    }

    @Test("keeps the exact bytes of its document", arguments: Feed.all.map(\.id))
    func bytes(feed id: String) throws {
        let feed = try #require(Catalogue.standard.feed(id))
        for document in feed.documents {
            let database = try WaitDatabase.holding(.fixture(feed, document))
            let bytes = try feed.fixture(document)
            let sha256 = ReferenceSHA256.hexText(bytes)
            #expect(try database.payload(sha256: sha256) == bytes)
        }
    }

    @Test("of a document that is there already is a row and nothing else", arguments: Feed.all.map(\.id))
    func duplicate(feed id: String) throws {
        let feed = try #require(Catalogue.standard.feed(id))
        for document in feed.documents {
            let database = try WaitDatabase.holding(.fixture(feed, document))
            let before = try database.contents(without: "attempt")
            let recorded = try database.record(.fixture(feed, document, at: "2026-11-14T09:19", origin: .archive))
            #expect(recorded.outcome == .duplicate && recorded.added == 0)
            #expect(try database.contents(without: "attempt") == before)
            #expect(try database.count("capture") == 2)
        }
    }

    @Test("of bytes that came before shares their payload")
    func sharedPayload() throws {
        let database = try WaitDatabase.inMemory()
        for origin in Capture.Origin.allCases {
            try database.record(.fixture(.aeWait, Feed.aeWait.document(.en), origin: origin))
        }
        #expect(try database.count("payload") == 1)
        #expect(try database.values("SELECT count(DISTINCT payload_sha256) FROM capture") == ["1"])
    }

    @Test("from the archive leaves the origin of a live reading as it is")
    func originStays() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        try database.record(.fixture(.aeWait, Feed.aeWait.document(.en), origin: .archive))
        #expect(try database.values("SELECT DISTINCT origin FROM ae_wait") == ["live"])
    }

    static let withoutDocument: [(Capture.Answer, Outcome, String?, String?)] = [
        (.notModified, .notModified, "304", nil),
        (.httpError(status: 503, message: "Answered 503."), .httpError, "503", "Answered 503."),
        (.unreachable(message: "No answer."), .unreachable, nil, "No answer."),
        (.refused(ReadFault(text: "<html>", reason: "Too large.")), .quarantined, nil, "Too large."),
    ]

    @Test("without a document is a row with its outcome", arguments: withoutDocument)
    func noDocument(answer: Capture.Answer, outcome: Outcome, status: String?, error: String?) throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(.of(answer, .aeWait, .en))
        #expect(recorded.outcome == outcome)
        #expect(
            try database.rows(
                "SELECT outcome, http_status, observed_at, payload_sha256, bytes, milliseconds, error FROM capture")
                == [
                    [outcome.rawValue, status, nil, nil, nil, "30", error]
                ])
    }

    @Test("without a document adds nothing but its row", arguments: withoutDocument)
    func nothingElse(answer: Capture.Answer, outcome: Outcome, status: String?, error: String?) throws {
        let database = try WaitDatabase.inMemory()
        let before = try database.contents(without: "attempt", "fault")
        try database.record(.of(answer, .aeWait, .en))
        #expect(try database.contents(without: "attempt", "fault") == before)
    }

    @Test("of an answer that was refused keeps its beginning and the reason")
    func refused() throws {
        let database = try WaitDatabase.holding(
            .of(.refused(ReadFault(text: "<html>", reason: "Too large.")), .aeWait, .en))
        #expect(try database.rows("SELECT * FROM quarantine") == [["1", nil, nil, "<html>", "Too large."]])
    }

    @Test("of an error page is quarantined with its bytes")
    func errorPage() throws {
        let page = try Documents.fixture("bad/html-error.html")
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(.of(page, .aeWait, Feed.aeWait.document(.en)))
        #expect(recorded.outcome == .quarantined)
        #expect(try database.payload(sha256: ReferenceSHA256.hexText(page)) == page)
        #expect(try database.count("quarantine") == 1 && database.count("ae_wait") == 0)
    }

    @Test("of nothing at all is quarantined")
    func empty() throws {
        let database = try WaitDatabase.inMemory()
        #expect(try database.record(.of(Data(), .aeWait, Feed.aeWait.document(.en))).outcome == .quarantined)
        #expect(try database.payload(sha256: ReferenceSHA256.hexText(Data())) == Data())
    }
}

@Suite("Records that cannot be read")
struct RecordFaultTests {
    private static let withoutField = ("\"hospName\":\"Alice Ho Miu Ling Nethersole Hospital\",", "")

    @Test("are quarantined alone, the others go in")
    func partial() throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(.edited(.aeWait, .en, Self.withoutField))
        #expect(recorded.outcome == .partial && recorded.added == 17)
        #expect(try database.count("ae_wait") == 17 && database.count("ae_wait", where: "hospital = 'AHN'") == 0)
    }

    @Test("say which record, which field and why")
    func quarantine() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, Self.withoutField))
        #expect(
            try database.rows("SELECT capture_id, record, field, reason FROM quarantine") == [
                ["1", "1", "hospName", "The field is missing."]
            ])
    }

    @Test("are kept once, however often the document comes")
    func again() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, Self.withoutField))
        let before = try database.contents(without: "attempt")
        #expect(try database.record(.edited(.aeWait, .en, Self.withoutField)).outcome == .partial)
        #expect(try database.contents(without: "attempt") == before)
    }

    @Test("are kept for each document that the same bytes came at, however often they come")
    func twoDocuments() throws {
        let page = try Documents.fixture("bad/html-error.html")
        let captures = [
            try Capture.of(page, .aeWait, Feed.aeWait.document(.en)),
            try Capture.of(page, .aeWait, Feed.aeWait.document(.tc)),
            try Capture.of(page, .hospitalDirectory, Feed.hospitalDirectory.document()),
        ]
        let database = try WaitDatabase.inMemory()
        for capture in captures { try database.record(capture) }
        #expect(try database.values("SELECT capture_id FROM quarantine ORDER BY 1") == ["1", "2", "3"])
        let before = try database.contents(without: "attempt")
        for capture in captures { try database.record(capture) }
        #expect(try database.contents(without: "attempt") == before)
        #expect(try database.findings() == [])
        let report = try database.reparse()
        #expect(report.payloads == 1 && report.readNow == 0 && report.faultsLeft == 3)
        #expect(try database.contents(without: "attempt") == before)
    }

    @Test("of bytes that another document can be read from stay its own")
    func otherDocument() throws {
        let english = try Feed.aeWait.fixture(Feed.aeWait.document(.en))
        let database = try WaitDatabase.holding(
            .of(english, .aeTopWait, Feed.aeTopWait.document(.en)), .of(english, .aeWait, Feed.aeWait.document(.en)))
        #expect(try database.values("SELECT DISTINCT capture_id FROM quarantine") == ["1"])
        #expect(try database.findings() == [])
    }

    @Test("quarantine the document where there are no others")
    func all() throws {
        let database = try WaitDatabase.inMemory()
        let bytes = Data(#"{"waitTime":[{"t1wt":"0 minute"},7],"updateTime":"14/11/2026 9:15AM"}"#.utf8)
        #expect(try database.record(.of(bytes, .aeWait, Feed.aeWait.document(.en))).outcome == .quarantined)
        #expect(try database.count("quarantine") == 2)
    }

    @Test("of bytes that are no text are kept once, too")
    func binary() throws {
        let capture = try Capture.of(Data([0x1F, 0x8B, 0, 8, 0, 0, 0, 0xFF]), .aeWait, Feed.aeWait.document(.en))
        let database = try WaitDatabase.holding(capture)
        let before = try database.contents(without: "attempt")
        try database.record(capture)
        #expect(try database.contents(without: "attempt") == before)
        #expect(try database.findings() == [])
    }

    @Test("because they are of the future are read once that time has come")
    func future() throws {
        let database = try WaitDatabase.inMemory()
        let early = try database.record(.fixture(.aeWait, .en, at: "2026-11-14T08:14"))
        let onTime = try database.record(.fixture(.aeWait, .en))
        #expect(early.outcome == .quarantined && early.observedAt == nil)
        #expect(onTime.outcome == .new && onTime.added == 18)
        #expect(try database.count("quarantine") == 0)
    }

    @Test(
        "because they are of the future are those more than 15 minutes ahead",
        arguments: [("2026-11-14T08:59", Outcome.quarantined), ("2026-11-14T09:00", .new)])
    func nearFuture(time: String, outcome: Outcome) throws {
        #expect(try WaitDatabase.inMemory().record(.fixture(.aeWait, .en, at: time)).outcome == outcome)
    }
}

@Suite("A name or phrase that is not known")
struct RecordUnknownTests {
    private static let phrase = ("\"24 minutes\"", "\"about 24 minutes\"")
    private static let hospital = ("\"Caritas Medical Centre\"", "\"Lantau Harbour Hospital\"")

    @Test("is stored as a phrase without figures")
    func phrase() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, Self.phrase))
        #expect(
            try database.rows(
                """
                SELECT text, minutes, lower_minutes, upper_minutes, qualifier FROM ae_phrase
                WHERE hospital = 'AHN' AND metric = 't3_p50'
                """) == [["about 24 minutes", nil, nil, nil, "unrecognised"]])
        #expect(try database.values("SELECT t3_p50_minutes FROM ae_wait WHERE hospital = 'AHN'") == [nil])
    }

    @Test("is reported as a phrase once, and no fault of the record")
    func reportedPhrase() throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(.edited(.aeWait, .en, Self.phrase))
        #expect(recorded.outcome == .new && recorded.faults == [] && recorded.added == 18)
        #expect(recorded.unrecognised == [Phrase(kind: .t3, text: "about 24 minutes")])
        #expect(try database.record(.edited(.aeWait, .en, Self.phrase)).unrecognised == [])
    }

    @Test("is a hospital under a slug of its name, without coordinates")
    func hospital() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, Self.hospital))
        #expect(
            try database.rows(
                "SELECT code, name_en, latitude, longitude FROM place WHERE kind = 'hospital' AND code LIKE '%-%'") == [
                    ["lantau-harbour-hospital", "Lantau Harbour Hospital", nil, nil]
                ])
        #expect(try database.count("ae_wait", where: "hospital = 'lantau-harbour-hospital'") == 1)
    }

    @Test("is reported as a place once")
    func reportedPlace() throws {
        let database = try WaitDatabase.inMemory()
        let first = try database.record(.edited(.aeWait, .en, Self.hospital))
        let second = try database.record(
            .edited(.aeWait, .en, Self.hospital, ("14/11/2026 9:15AM", "14/11/2026 9:00AM")))
        #expect(first.newPlaces == ["Lantau Harbour Hospital"] && second.newPlaces == [])
    }

    @Test("has the name in the language it was published in")
    func language() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .tc, ("\"明愛醫院\"", "\"大嶼山海港醫院\"")))
        #expect(
            try database.rows("SELECT code, name_en, name_tc, name_sc FROM place WHERE latitude IS NULL") == [
                ["大嶼山海港醫院", "", "大嶼山海港醫院", ""]
            ])
    }
}
