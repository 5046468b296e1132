import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("The latest readings")
struct LatestTests {
    private static func table(_ feed: String) throws -> ReadingTable {
        try #require(ReadingTable.of(feed: feed))
    }

    @Test("are 18 hospitals without figures in an empty record", arguments: ["ae-wait", "ae-top-wait"])
    func empty(feed: String) throws {
        let latest = try WaitDatabase.inMemory().latest(in: Self.table(feed))
        #expect(latest.count == 18)
        #expect(latest.allSatisfy { $0.observedAt == nil && $0.captureID == nil && $0.figures.isEmpty })
    }

    @Test("are in the order of the hospitals' codes")
    func order() throws {
        let codes = try WaitDatabase.inMemory().latest(in: Self.table("ae-wait")).map(\.hospital)
        #expect(codes == codes.sorted() && codes.first == "AHN" && codes.last == "YCH")
    }

    @Test("are the newest by the feed's own time, not the last that came")
    func newest() throws {
        let database = try WaitDatabase.holding(
            .fixture(.aeWait, .en),
            .edited(.aeWait, .en, ("14/11/2026 9:15AM", "14/11/2026 9:00AM"), ("\"24 minutes\"", "\"7 minutes\"")))
        let reading = try #require(try database.latest(in: Self.table("ae-wait")).first)
        #expect(reading.observedAt?.rfc3339 == "2026-11-14T09:15:00+08:00" && reading.captureID == 1)
        #expect(reading.figures["t3_p50"]?.text == "24 minutes")
    }

    @Test("are each hospital's own where one is missing from the newest document")
    func missing() throws {
        let database = try WaitDatabase.holding(
            .fixture(.aeWait, .en),
            .edited(
                .aeWait, .en, at: "2026-11-14T09:32", ("14/11/2026 9:15AM", "14/11/2026 9:30AM"),
                ("\"Alice Ho Miu Ling Nethersole Hospital\"", "null")))
        let times = try database.latest(in: Self.table("ae-wait")).map { $0.observedAt?.timeText }
        #expect(times.first == "09:15" && times.dropFirst().allSatisfy { $0 == "09:30" })
    }

    @Test("hold every figure with its text and meaning")
    func figures() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let reading = try #require(try database.latest(in: Self.table("ae-wait")).first { $0.hospital == "QMH" })
        #expect(Set(reading.figures.keys) == Set(Feed.aeWait.figures.map(\.metric)))
        #expect(reading.figures["t1"]?.text == "Managing multiple resuscitation cases")
        #expect(reading.figures["t1"]?.meaning.qualifier == .resuscitation)
        #expect(
            reading.figures["t1_managing"]?.meaning
                == ParsedWait(minutes: nil, lower: nil, upper: nil, qualifier: .notApplicable))
    }

    @Test("hold the hospital's names, cluster and coordinates")
    func place() throws {
        let reading = try #require(try WaitDatabase.inMemory().latest(in: Self.table("ae-wait")).first)
        #expect(
            reading.name
                == Trilingual(en: "Alice Ho Miu Ling Nethersole Hospital", tc: "雅麗氏何妙齡那打素醫院", sc: "雅丽氏何妙龄那打素医院"))
        #expect(reading.cluster.tc == "新界東醫院聯網" && reading.latitude == 22.458696 && reading.longitude == 114.17479)
    }

    @Test("of one feed are not the other's")
    func feeds() throws {
        let database = try WaitDatabase.holding(.fixture(.aeTopWait, .en))
        #expect(try database.latest(in: Self.table("ae-wait")).allSatisfy { $0.observedAt == nil })
        #expect(
            try database.latest(in: Self.table("ae-top-wait")).allSatisfy { $0.figures.keys.sorted() == ["top_wait"] })
    }
}
