import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("The evidence of a reading")
struct EvidenceTests {
    private let database: WaitDatabase
    private let evidence: Evidence

    init() throws {
        database = try .holding(
            .of(.notModified, .aeWait, .en), .fixture(.aeWait, .tc), .fixture(.aeWait, .en),
            .edited(.aeWait, .en, ("\"24 minutes\"", "\"25 minutes\"")), .fixture(.aeTopWait, .en))
        evidence = try #require(try database.evidence(hospital: "AHN", at: Self.minute).first)
    }

    private static let minute = HongKongMinute(sinceEpoch: 1_794_618_900 / 60)

    @Test("names feed, hospital and time")
    func identity() {
        #expect(evidence.feed == "ae-wait" && evidence.hospital == "AHN" && evidence.observedAt == Self.minute)
        #expect(evidence.hospitalName.tc == "雅麗氏何妙齡那打素醫院")
    }

    @Test("has the figures in the feed's order, word for word")
    func figures() {
        #expect(
            evidence.figures.map { [$0.metric, $0.text] } == [
                ["t1", "0 分鐘"], ["t2", "少於 15 分鐘"], ["t3_p50", "24 分鐘"], ["t3_p95", "63 分鐘"], ["t45_p50", "2 小時"],
                ["t45_p95", "3.5 小時"], ["t1_managing", "否"], ["t2_managing", "否"],
            ])
    }

    @Test("has the captures of that moment, the one that stands first")
    func captures() {
        #expect(evidence.captures.map(\.id) == [2, 3, 4])
        #expect(evidence.captures.map(\.outcome) == ["new", "duplicate", "new"])
        #expect(evidence.captures.allSatisfy { $0.feed == "ae-wait" && $0.sha256?.count == 64 })
    }

    @Test("has the capture that stands first although an earlier one holds the moment, too")
    func standing() throws {
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, ("\"Alice Ho Miu Ling Nethersole Hospital\"", "null")), .fixture(.aeWait, .en))
        #expect(try database.evidence(hospital: "AHN", at: Self.minute).first?.captures.map(\.id) == [2, 1])
    }

    @Test("has what other documents said otherwise")
    func revisions() {
        #expect(
            evidence.revisions == [
                .init(metric: "t3_p50", keptText: "24 分鐘", otherText: "25 minutes", captureID: 4)
            ])
    }

    @Test("has no revisions of other hospitals")
    func othersRevisions() throws {
        #expect(try database.evidence(hospital: "CMC", at: Self.minute).first?.revisions == [])
    }

    @Test("is there for either feed")
    func oldFeed() throws {
        let minute = try #require(HongKongMinute(text: "2025-10-13T00:15"))
        #expect(try database.evidence(hospital: "AHN", at: minute).map(\.feed) == ["ae-top-wait"])
    }

    @Test("is none where there is no reading", arguments: [("AHN", 1), ("XYZ", 0)])
    func none(hospital: String, minutes: Int) throws {
        #expect(try database.evidence(hospital: hospital, at: Self.minute.adding(minutes: minutes)).isEmpty)
    }
}

@Suite("A payload asked for by its digest")
struct PayloadTests {
    @Test("is the exact bytes, whatever case the digits have", arguments: [false, true])
    func bytes(isUpperCase: Bool) throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en), .fixture(.aeWait, .tc))
        let bytes = try Feed.aeWait.fixture(Feed.aeWait.document(.tc))
        let sha256 = ReferenceSHA256.hexText(bytes)
        #expect(try database.payload(sha256: isUpperCase ? sha256.uppercased() : sha256) == bytes)
    }

    @Test("is none where no payload has it", arguments: ["", "ab", String(repeating: "0", count: 64)])
    func unknown(sha256: String) throws {
        #expect(try WaitDatabase.holding(.fixture(.aeWait, .en)).payload(sha256: sha256) == nil)
    }

    @Test("is refused where its bytes are damaged")
    func damaged() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let sha256 = try #require(try database.value("SELECT payload_sha256 FROM capture"))
        try database.execute("UPDATE payload SET bytes = bytes + 1")
        #expect {
            _ = try database.payload(sha256: sha256)
        } throws: {
            ($0 as? StoreError)?.code == .damaged
        }
    }
}
