import Foundation
import TestSupport
import Testing
import WaitCore
import WaitFetch
import WaitIngest
import WaitReplay
import WaitStore

/// Documents as they should not be, on the real path: libcurl over loopback into a real SQLite file.
@Suite("A bad document")
struct BadDocumentTests {
    static let document = Feed.aeWait.documents[0]
    static let good = String(
        decoding: (try? Documents.fixture("ae-wait/aedwtdata2-en.json")) ?? Data(), as: UTF8.self)

    struct Expected {
        var outcome: Outcome
        /// Readings in the record afterwards.
        var readings = 0
        /// Quarantined (record, field, text) in the record afterwards.
        var quarantined: [String] = []
        /// Whether the exact bytes are kept.
        var isKept = true
    }

    static func check(_ bytes: Data, _ expected: Expected) async throws {
        try await Publisher.run { publisher in
            publisher.offer(bytes, at: document)
            let taken = try await publisher.take(document, of: .aeWait)
            #expect(taken.recorded.outcome == expected.outcome)
            #expect(try publisher.readings() == expected.readings)
            #expect(try publisher.quarantined() == expected.quarantined)
            #expect(try publisher.keptBytes() == (expected.isKept ? bytes : nil))
            #expect(try publisher.database.verify().findings == [])
        }
    }

    static func changed(_ changes: [(String, String)]) -> Data {
        Data(changes.reduce(good) { $0.replacingFirst($1.0, with: $1.1) }.utf8)
    }

    @Test("that is an HTML page with status 200 is kept and quarantined whole")
    func html() async throws {
        let page = try Documents.fixture("bad/html-error.html")
        let text = String(decoding: page, as: UTF8.self).prefix(1_000)
        try await Self.check(page, Expected(outcome: .quarantined, quarantined: ["whole||\(text)"]))
    }

    @Test("that is cut in the middle is kept and quarantined whole")
    func cut() async throws {
        let bytes = Data(Self.good.utf8.prefix(1_500))
        let text = String(decoding: bytes, as: UTF8.self).prefix(1_000)
        try await Self.check(bytes, Expected(outcome: .quarantined, quarantined: ["whole||\(text)"]))
    }

    @Test("whose transfer is cut short of its Content-Length counts as unreachable, and nothing of it is stored")
    func cutTransfer() async throws {
        try await Publisher.run { publisher in
            publisher.offer(
                .document(Array(Self.good.utf8)).misbehaving(.cutBody(afterBytes: 1_500)), at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .unreachable)
            #expect(try publisher.readings() == 0)
            #expect(taken.error?.isEmpty == false)
        }
    }

    @Test("with an unknown phrase is stored, its figure NULL, its text kept")
    func unknownPhrase() async throws {
        try await Publisher.run { publisher in
            publisher.offer(Self.changed([("\"t3p50\":\"", "\"t3p50\":\"perhaps ")]), at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .new)
            #expect(try publisher.readings() == 18)
            let rows = try SQLite.rows(
                publisher.path,
                """
                SELECT text LIKE 'perhaps %', minutes IS NULL, qualifier, t3_p50_minutes IS NULL
                FROM ae_phrase JOIN ae_wait USING (hospital, observed_at) WHERE qualifier = 'unrecognised'
                """)
            #expect(rows == ["1|1|unrecognised|1"])
        }
    }

    @Test("with a record that has no name loses that record alone")
    func missingName() async throws {
        let bytes = Self.changed([("\"hospName\":", "\"hospital\":")])
        let record = try Self.record(1, of: bytes)
        try await Self.check(bytes, Expected(outcome: .partial, readings: 17, quarantined: ["1|hospName|\(record)"]))
    }

    @Test("with a hospital nobody knows is stored whole, the hospital under a slug and without coordinates")
    func unknownHospital() async throws {
        try await Publisher.run { publisher in
            publisher.offer(
                Self.changed([("Queen Mary Hospital", "Kai Tak Acute Hospital")]), at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .new)
            #expect(taken.recorded.newPlaces == ["Kai Tak Acute Hospital"])
            #expect(try publisher.readings() == 18)
            let rows = try SQLite.rows(
                publisher.path, "SELECT code, name_en, latitude IS NULL FROM place WHERE latitude IS NULL")
            #expect(rows == ["kai-tak-acute-hospital|Kai Tak Acute Hospital|1"])
        }
    }

    @Test("with a hospital twice keeps the first and quarantines the second")
    func hospitalTwice() async throws {
        let bytes = Self.changed([("Queen Mary Hospital", "Queen Elizabeth Hospital")])
        try await Publisher.run { publisher in
            publisher.offer(bytes, at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .partial)
            #expect(try publisher.readings() == 17)
            #expect(taken.recorded.faults.map(\.field) == ["hospName"])
        }
    }

    @Test(
        "whose update time cannot be read, or lies more than 15 minutes ahead, is quarantined whole",
        arguments: [("yesterday", "yesterday"), ("14/11/2026 9:32AM", "2026-11-14T09:32:00+08:00")])
    func updateTime(published: String, text: String) async throws {
        let bytes = Self.changed([("14/11/2026 9:15AM", published)])
        try await Self.check(
            bytes, Expected(outcome: .quarantined, quarantined: ["whole|updateTime|\(text)"]))
    }

    @Test("whose update time is not more than 15 minutes ahead is taken at its word")
    func slightlyAhead() async throws {
        try await Self.check(
            Self.changed([("14/11/2026 9:15AM", "14/11/2026 9:31AM")]), Expected(outcome: .new, readings: 18))
    }

    @Test("that is older than the one before is stored at its own time")
    func older() async throws {
        try await Publisher.run { publisher in
            publisher.offer(Data(Self.good.utf8), at: Self.document)
            _ = try await publisher.take(Self.document, of: .aeWait)
            publisher.offer(Self.changed([("14/11/2026 9:15AM", "14/11/2026 9:00AM")]), at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .new)
            #expect(try publisher.readings() == 36)
            #expect(
                try publisher.database.latest(in: ReadingTable.aeWait).allSatisfy { $0.observedAt?.timeText == "09:15" }
            )
        }
    }

    @Test("that gives other figures for the same time is kept beside the first, as a revision")
    func revision() async throws {
        try await Publisher.run { publisher in
            publisher.offer(Data(Self.good.utf8), at: Self.document)
            _ = try await publisher.take(Self.document, of: .aeWait)
            let before = try SQLite.rows(publisher.path, "SELECT * FROM ae_wait")
            publisher.offer(Self.changed([("\"t3p95\":\"", "\"t3p95\":\"9")]), at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .new)
            #expect(taken.recorded.revisions == 1)
            #expect(try SQLite.rows(publisher.path, "SELECT * FROM ae_wait") == before)
            let rows = try SQLite.rows(
                publisher.path, "SELECT metric, other_text = '9' || kept_text, capture_id FROM revision")
            #expect(rows == ["t3_p95|1|\(taken.recorded.captureID)"])
        }
    }

    @Test("of 100 MB is stopped at the cap, its beginning kept with the reason")
    func hugeBody() async throws {
        try await Publisher.run { publisher in
            publisher.offer(
                .document([]).misbehaving(.endless(bytes: 100_000_000)), at: Self.document)
            let taken = try await publisher.take(Self.document, of: .aeWait)
            #expect(taken.recorded.outcome == .quarantined)
            #expect(taken.recorded.faults.count == 1)
            #expect(taken.recorded.faults.first?.text.isEmpty == false)
            #expect(try publisher.keptBytes() == nil)
            #expect(try publisher.database.verify().findings == [])
        }
    }

    @Test("in invalid UTF-8 is kept and quarantined whole")
    func invalidUTF8() async throws {
        var bytes = Data(Self.good.utf8)
        bytes[20] = 0xFF
        let text = String(decoding: bytes, as: UTF8.self).prefix(1_000)
        try await Self.check(bytes, Expected(outcome: .quarantined, quarantined: ["whole||\(text)"]))
    }

    @Test("that begins with a byte-order mark is read")
    func byteOrderMark() async throws {
        try await Self.check(
            Data([0xEF, 0xBB, 0xBF]) + Data(Self.good.utf8), Expected(outcome: .new, readings: 18))
    }

    @Test("nested 10,000 deep is kept and quarantined whole")
    func deepNesting() async throws {
        let bytes =
            Data(repeating: UInt8(ascii: "["), count: 10_000) + Data(repeating: UInt8(ascii: "]"), count: 10_000)
        let text = String(repeating: "[", count: 1_000)
        try await Self.check(bytes, Expected(outcome: .quarantined, quarantined: ["whole||\(text)"]))
    }

    @Test("is not what validators are kept of: the next request asks for it whole")
    func noValidators() async throws {
        try await Publisher.run { publisher in
            publisher.offer(try Documents.fixture("bad/html-error.html"), at: Self.document)
            _ = try await publisher.take(Self.document, of: .aeWait)
            _ = try await publisher.take(Self.document, of: .aeWait)
            #expect(publisher.server.requests.map(\.ifNoneMatch) == [nil, nil])
            #expect(try publisher.quarantined().count == 1)
        }
    }

    private static func record(_ number: Int, of bytes: Data) throws -> String {
        let object = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let records = try #require(object["waitTime"] as? [Any])
        let json = try JSONSerialization.data(withJSONObject: records[number - 1], options: [.sortedKeys])
        return String(decoding: json, as: UTF8.self)
    }
}

extension Publisher {
    func readings() throws -> Int {
        Int(try SQLite.rows(path, "SELECT count(*) FROM ae_wait").first ?? "") ?? -1
    }

    /// The view `quarantine` as `record|field|text`.
    func quarantined() throws -> [String] {
        try SQLite.text(
            path, "SELECT ifnull(record, 'whole') || '|' || ifnull(field, '') || '|' || text FROM quarantine")
    }

    /// The bytes of the first payload in the record.
    func keptBytes() throws -> Data? {
        guard let sha256 = try SQLite.rows(path, "SELECT payload_sha256 FROM capture WHERE bytes IS NOT NULL").first
        else {
            return nil
        }
        return try database.payload(sha256: sha256)
    }
}

extension String {
    fileprivate func replacingFirst(_ text: String, with other: String) -> String {
        range(of: text).map { replacingCharacters(in: $0, with: other) } ?? self
    }
}
