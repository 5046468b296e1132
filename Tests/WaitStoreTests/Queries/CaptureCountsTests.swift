import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("Counts of captures")
struct CaptureCountsTests {
    @Test("go on from an earlier count")
    func since() throws {
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let first = try database.captures(since: CaptureCounts())
        #expect(first.counts == [.init(feed: "ae-wait", outcome: "new"): 1] && first.lastID == 1)
        try database.recordEach(.fixture(.aeWait, .en), .fixture(.aeTopWait, .en))
        let second = try database.captures(since: first)
        #expect(
            second.counts == [
                .init(feed: "ae-wait", outcome: "new"): 1, .init(feed: "ae-wait", outcome: "duplicate"): 1,
                .init(feed: "ae-top-wait", outcome: "new"): 1,
            ])
        #expect(try database.captures(since: second) == second)
    }
}

@Suite("Summaries of feeds")
struct FeedSummariesTests {
    @Test("say when each was last heard of, and its life")
    func summaries() throws {
        let summaries = try WaitDatabase.holding(.fixture(.aeWait, .en), .of(.notModified, .aeWait, .en))
            .feedSummaries()
        #expect(summaries.map(\.feed.id) == Catalogue.standard.feeds.map(\.id))
        let new = try #require(summaries.first { $0.feed.id == "ae-wait" })
        #expect(new.observedAt?.rfc3339 == "2026-11-14T09:15:00+08:00" && new.lastOutcome == "notModified")
        #expect(new.lastGoodUnix == new.lastAttemptUnix && new.life.from == Feed.aeWait.life.from)
        #expect(summaries.first { $0.feed.id == "ae-top-wait" }?.lastAttemptUnix == nil)
    }
}

@Suite("The generation's reader")
struct GenerationReaderTests {
    @Test("sees what another connection has written")
    func other() throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "record.sqlite")
        let writer = try WaitDatabase.open(path: path)
        let reader = try GenerationReader(of: WaitDatabase.openReadOnly(path: path))
        let before = try reader.current()
        try writer.record(.fixture(.aeWait, .en))
        #expect(try reader.current() == writer.version())
        #expect(try reader.current().generation > before.generation)
    }

    @Test("reads a record in memory, too")
    func memory() throws {
        let database = try WaitDatabase.inMemory()
        try database.record(.fixture(.aeWait, .en))
        #expect(try GenerationReader(of: database).current() == database.version())
    }
}
