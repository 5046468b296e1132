import Foundation
import TestSupport
import Testing
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

/// One figure that is not as it should be, on the real path: libcurl over loopback into a real SQLite file.
@Suite("An odd figure leaves the others alone")
struct FigureAloneOnTheRealPathTests {
    private static let document = Feed.aeWait.documents[0]

    /// What replaces the first record's t3p50 in the document (nil: the key goes), and the phrase that is kept.
    static let oddities: [(json: String?, text: String, qualifier: Qualifier)] = [
        (nil, "", .missing), ("null", "null", .missing), ("\"\"", "", .missing), ("\" \"", " ", .missing),
        ("28", "28", .unrecognised),
        ("true", "true", .unrecognised), ("[1]", "[1]", .unrecognised), ("\"soon\"", "soon", .unrecognised),
        ("\"28 mins.\"", "28 mins.", .exact),
    ]

    @Test("in a document, whatever is published in its place", arguments: oddities)
    func odd(json: String?, text: String, qualifier: Qualifier) async throws {
        try await Publisher.run { publisher in
            publisher.offer(try Self.bytes(json), at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .new && taken.recorded.faults == [])
            #expect(try publisher.readings() == 18)
            let phrases = try SQLite.rows(
                publisher.path,
                "SELECT text, qualifier, minutes IS NULL FROM ae_phrase WHERE hospital = 'AHN' AND metric = 't3_p50'")
            #expect(phrases == ["\(text)|\(qualifier.rawValue)|\(qualifier == .exact ? 0 : 1)"])
            let others = try SQLite.rows(
                publisher.path,
                "SELECT count(*) FROM ae_phrase WHERE metric <> 't3_p50' AND qualifier IN ('missing', 'unrecognised')")
            #expect(others == ["0"])
            #expect(try publisher.database.verify().findings == [])
        }
    }

    @Test("where its key vanishes from every record for good, and is told once")
    func vanished() async throws {
        try await Publisher.run { publisher in
            var told: [Drift] = []
            for time in ["9:00AM", "9:15AM", "9:30AM"] {
                let text = try Self.text().replacing(/"t3p50":"[^"]*",/, with: "")
                publisher.offer(Data(text.replacing("9:15AM", with: time).utf8), at: Self.document)
                let taken = try await publisher.take(Self.document, of: .aeWait)
                #expect(taken.recorded.outcome == .new && taken.recorded.missingFigures == 18)
                told += taken.recorded.drift
            }
            #expect(told == [Drift(key: "t3p50", change: .vanished)])
            #expect(try publisher.readings() == 54)
            #expect(try publisher.database.verify().findings == [])
        }
    }

    @Test(
        "of a time that cannot be, by our clock and the answer's",
        arguments: [
            ("14/11/2026 9:32AM", nil as String?, Outcome.quarantined), ("14/11/2026 9:31AM", nil, .new),
            ("14/11/2026 10:00AM", "Sat, 14 Nov 2026 01:50:00 GMT", .new),
            ("14/11/2026 10:00AM", "Sat, 14 Nov 2026 01:40:00 GMT", .quarantined),
            ("14/11/2026 10:00AM", "yesterday", .quarantined),
            ("11/14/2026 9:15AM", nil, .quarantined), ("1/1/1970 8:15AM", nil, .quarantined),
            ("14/11/2002 9:15AM", nil, .quarantined),
        ])
    func time(updateTime: String, date: String?, outcome: Outcome) async throws {
        try await Publisher.run { publisher in
            let bytes = Array(try Self.text().replacing("14/11/2026 9:15AM", with: updateTime).utf8)
            publisher.offer(
                ReplayAnswer(status: 200, headers: date.map { [HeaderField("Date", $0)] } ?? [], body: bytes),
                at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == outcome)
            #expect(try publisher.readings() == (outcome == .new ? 18 : 0))
            #expect(try publisher.keptBytes() == Data(bytes))
            #expect(try publisher.database.verify().findings == [])
        }
    }

    private static func text() throws -> String {
        String(decoding: try Documents.fixture("ae-wait/aedwtdata2-en.json"), as: UTF8.self)
    }

    private static func bytes(_ json: String?) throws -> Data {
        let member = json.map { "\"t3p50\":\($0)," } ?? ""
        return Data(try text().replacing(/"t3p50":"[^"]*",/, with: member, maxReplacements: 1).utf8)
    }
}
