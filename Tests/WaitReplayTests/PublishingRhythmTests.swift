import Foundation
import Testing
import WaitCore
import WaitReplay

@Suite("When the simulated world publishes")
struct PublishingRhythmTests {
    private static let address = "/opendata/aed/aedwtdata2-en.json"
    private static let from = hongKong("2026-01-20T10:00:00")
    private static let to = hongKong("2026-01-20T11:00:00")

    private func world(_ publishing: PublishingRhythm) -> SimulatedWorld {
        SimulatedWorld(hospitals: twoHospitals, publishing: publishing)
    }

    /// The update time on offer at an address at an instant.
    private func updateTime(_ world: SimulatedWorld, at instant: Date, address: String = address) throws -> String {
        let answer = try #require(world.answer(to: ReplayRequest(target: address), at: instant))
        return try ReadDocument(answer.body).updateTime
    }

    private func clock(_ dates: [Date]) -> [String] {
        dates.map { HongKongMinute(secondsSince1970: $0.timeIntervalSince1970).timeText }
    }

    @Test("a punctual document is there on the second")
    func punctual() throws {
        let world = world(.punctual)
        #expect(try updateTime(world, at: Self.from) == "20/1/2026 10:00AM")
        #expect(try updateTime(world, at: Self.from.addingTimeInterval(-1)) == "20/1/2026 9:45AM")
    }

    @Test("a delayed document comes within 90 seconds, the one before stays until then")
    func delayed() throws {
        let world = world(.delayed)
        var delays: Set<Int> = []
        for slot in 0..<200 {
            let start = Self.from.addingTimeInterval(Double(slot) * 900)
            let seen = try (0...90).map { second in
                let answer = world.answer(
                    to: ReplayRequest(target: Self.address), at: start.addingTimeInterval(Double(second)))
                return try #require(answer).body
            }
            let new = world.aeWait(language: .en, at: start)
            let delay = try #require(seen.firstIndex(of: new))
            #expect(seen[..<delay].allSatisfy { $0 == world.aeWait(language: .en, at: start.addingTimeInterval(-1)) })
            #expect(seen[delay...].allSatisfy { $0 == new })
            delays.insert(delay)
        }
        #expect(delays.contains { $0 < 10 } && delays.contains { $0 > 80 })
    }

    @Test("a frozen feed keeps its last document for ever")
    func frozen() throws {
        let world = world(.frozen(since: hongKongMinute("2026-01-20T10:20")))
        #expect(try updateTime(world, at: hongKong("2026-01-20T10:14:00")) == "20/1/2026 10:00AM")
        #expect(try updateTime(world, at: hongKong("2026-01-20T10:40:00")) == "20/1/2026 10:15AM")
        #expect(try updateTime(world, at: hongKong("2031-01-01T00:00:00")) == "20/1/2026 10:15AM")
    }

    @Test("a silent feed keeps the document before the silence, then goes on without the missed ones")
    func silent() throws {
        let silence = PublishingRhythm.silent(
            from: hongKongMinute("2026-01-20T10:15"), to: hongKongMinute("2026-01-20T10:40"))
        #expect(try updateTime(world(silence), at: hongKong("2026-01-20T10:44:00")) == "20/1/2026 10:00AM")
        #expect(try updateTime(world(silence), at: hongKong("2026-01-20T10:47:00")) == "20/1/2026 10:45AM")
        #expect(clock(world(silence).versions(from: Self.from, to: Self.to)) == ["09:45", "10:00", "10:45"])
    }

    @Test(
        "versions are the documents on offer at some instant of a half-open range",
        arguments: [
            (PublishingRhythm.punctual, ["10:00", "10:15", "10:30", "10:45"]),
            (.delayed, ["09:45", "10:00", "10:15", "10:30", "10:45"]),
            (.frozen(since: hongKongMinute("2026-01-20T10:15")), ["09:45", "10:00", "10:15"]),
            (.frozen(since: hongKongMinute("2026-01-01T10:15")), ["10:15"]),
        ])
    func versions(publishing: PublishingRhythm, expected: [String]) {
        #expect(clock(world(publishing).versions(from: Self.from, to: Self.to)) == expected)
        #expect(world(publishing).versions(from: Self.from, to: Self.from).isEmpty)
    }

    /// A day of each irregularity, as a collector may meet them one after the other.
    private static let troubled = PublishingRhythm.silentDaily(
        minutes: 60..<120,
        otherwise: .phases([
            .init(from: hongKongMinute("2026-01-20T00:00"), .late),
            .init(from: hongKongMinute("2026-01-20T05:00"), .early),
            .init(from: hongKongMinute("2026-01-20T10:00"), .irregular),
            .init(
                from: hongKongMinute("2026-01-20T15:00"),
                .silent(from: hongKongMinute("2026-01-20T15:00"), to: hongKongMinute("2026-01-20T18:00"))),
            .init(from: hongKongMinute("2026-01-20T18:00"), .shifted(seconds: 0...2_400)),
        ]))

    @Test(
        "its log of offers says second by second what it answers, without a gap",
        arguments: [
            PublishingRhythm.delayed, .punctual, .late, .early, .irregular, .silentAtNight, troubled,
            .shifted(seconds: -900...2_400), .frozen(since: hongKongMinute("2026-01-20T10:20")),
        ])
    func offerLog(publishing: PublishingRhythm) throws {
        let world = world(publishing)
        let (start, end) = (hongKong("2026-01-20T00:00:00"), hongKong("2026-01-21T00:00:00"))
        let offers = world.offers(of: Feed.aeWait.documents[0], from: start, to: end)
        #expect(zip(offers, offers.dropFirst()).allSatisfy { $0.to == $1.from && $0.observedAt < $1.observedAt })
        #expect(try #require(offers.first).from <= start)
        #expect(offers.last?.to == end)
        let answered = try stride(from: start, to: end, by: 37).map { instant in
            let offer = try #require(offers.last { $0.from <= instant })
            let answer = try #require(world.answer(to: ReplayRequest(target: Self.address), at: instant))
            return answer.body == world.answer(to: ReplayRequest(target: Self.address), at: offer.from)?.body
                && answer.lastModified == httpDateText(offer.from)
        }
        #expect(!answered.contains(false))
    }

    @Test(
        "each rhythm is what it says: how late a document comes, in seconds after its update time",
        arguments: [(PublishingRhythm.late, 120...540), (.early, -180 ... -1), (.irregular, 0...480)])
    func lateness(publishing: PublishingRhythm, seconds: ClosedRange<Int>) {
        let offers = world(publishing).offers(
            of: Feed.aeWait.documents[0], from: Self.from, to: Self.from.addingTimeInterval(7 * 86_400))
        let delays = offers.map { Int($0.from.timeIntervalSince1970) - $0.observedAt.secondsSince1970 }
        #expect(delays.allSatisfy(seconds.contains))
        #expect(Set(delays).count > 30)
    }

    @Test("an irregular publisher leaves quarter hours out, has two in others, and keeps to no minute")
    func irregular() {
        let minutes = world(.irregular).versions(from: Self.from, to: Self.from.addingTimeInterval(7 * 86_400)).map {
            HongKongMinute(secondsSince1970: $0.timeIntervalSince1970)
        }
        let perSlot = Dictionary(grouping: minutes, by: \.slotStart)
        #expect((520...640).contains(perSlot.count))
        #expect(perSlot.values.contains { $0.count == 2 })
        #expect(Set(minutes.map { $0.sinceEpoch - $0.slotStart.sinceEpoch }).count > 6)
    }

    @Test("a publisher that is silent at night keeps the last document of the evening until the morning")
    func silentAtNight() throws {
        let world = world(.silentAtNight)
        #expect(try updateTime(world, at: hongKong("2026-01-20T05:59:59")) == "20/1/2026 12:45AM")
        #expect(try updateTime(world, at: hongKong("2026-01-20T06:02:00")) == "20/1/2026 6:00AM")
    }

    @Test("the old feed ends when the real one did")
    func oldFeed() throws {
        let address = "/opendata/aed/aedwtdata-en.json"
        let world = world(.punctual)
        #expect(try updateTime(world, at: hongKong("2024-05-01T09:10:00"), address: address) == "1/5/2024 9:00am")
        #expect(try updateTime(world, at: Self.from, address: address) == "13/10/2025 12:15am")
        #expect(clock(world.versions(of: .aeTopWait, from: Self.from, to: Self.to)) == ["00:15"])
    }

    @Test(
        "answers at the six addresses and at no other",
        arguments: [
            ("/opendata/aed/aedwtdata2-en.json", true), ("/opendata/aed/aedwtdata2-tc.json", true),
            ("/opendata/aed/aedwtdata2-sc.json", true), ("/opendata/aed/aedwtdata-en.json", true),
            ("/opendata/aed/aedwtdata-tc.json", true), ("/opendata/aed/aedwtdata-sc.json", true),
            ("/opendata/aed/aedwtdata2-fr.json", false), ("/opendata/aed/aedwtdata2-.json", false),
            ("/opendata/aed/aedwtdata2-en.xml", false), ("/aedwtdata2-en.json", false), ("/", false),
        ])
    func addresses(path: String, isServed: Bool) {
        let answer = world(.punctual).answer(to: ReplayRequest(target: path), at: Self.from)
        #expect((answer != nil) == isServed)
    }

    @Test("says in Last-Modified when the document was published")
    func lastModified() {
        let answer = world(.punctual).answer(
            to: ReplayRequest(target: Self.address), at: hongKong("2024-02-29T23:59:00"))
        #expect(answer?.lastModified == "Thu, 29 Feb 2024 15:45:00 GMT")
    }
}
