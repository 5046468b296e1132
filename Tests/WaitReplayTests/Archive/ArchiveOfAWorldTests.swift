import Foundation
import Testing
import WaitCore
import WaitReplay

@Suite("The archive of a simulated world")
struct ArchiveOfAWorldTests {
    private static let noon = hongKongMinute("2026-01-20T12:00")
    private static let noonDate = hongKong("2026-01-20T12:00:00")

    private func archive(_ publishing: PublishingRhythm, urls: [String]) -> ReplayArchive {
        ReplayArchive(
            world: SimulatedWorld(hospitals: twoHospitals, publishing: publishing), stamps: [Self.noon], urls: urls)
    }

    @Test(
        "holds the document of each language under each address asked for",
        arguments: ["https", "http"], Language.allCases)
    func languages(scheme: String, language: Language) throws {
        let name = "aedwtdata2-\(language.rawValue).json"
        let world = SimulatedWorld(hospitals: twoHospitals, publishing: .punctual)
        let archive = archive(.punctual, urls: ["\(scheme)://www.ha.org.hk/opendata/aed/\(name)"])
        let url = "\(scheme)%3A%2F%2Fwww.ha.org.hk%2Fopendata%2Faed%2F\(name)"
        let answer = try archive.stored("20260120-1200", of: url)
        #expect(answer.body == world.aeWait(language: language, at: Self.noonDate))
    }

    @Test("has the English document of the new feed unless told otherwise")
    func defaultAddress() throws {
        let archive = ReplayArchive(world: SimulatedWorld(hospitals: twoHospitals), stamps: [Self.noon])
        #expect(try archive.get("20260120-1200").status == 302)
        #expect(try archive.get("20260120-1200", of: SmallArchive.httpEncoded) == .notFound)
    }

    @Test("holds the old feed where asked for")
    func oldFeed() throws {
        let archive = archive(.punctual, urls: ["http://www.ha.org.hk/opendata/aed/aedwtdata-en.json"])
        let url = "http%3A%2F%2Fwww.ha.org.hk%2Fopendata%2Faed%2Faedwtdata-en.json"
        #expect(try archive.stored("20260120-1200", of: url).text.hasSuffix(#""updateTime":"13/10/2025 12:15am"}"#))
    }

    @Test("holds what was on offer when the version was captured: the slot before, where publishing is behind")
    func captured() throws {
        let name = "20260120-1200"
        let punctual = try archive(.punctual, urls: [SmallArchive.https]).stored(name)
        #expect(punctual.text.hasSuffix(#""updateTime":"20/1/2026 12:00PM"}"#))
        let delayed = try archive(.delayed, urls: [SmallArchive.https]).stored(name)
        #expect(delayed.text.hasSuffix(#""updateTime":"20/1/2026 11:45AM"}"#))
    }

    @Test("has nothing of an address the world does not know")
    func unknownAddress() throws {
        let archive = archive(.punctual, urls: ["https://www.ha.org.hk/other.json"])
        #expect(try archive.stored("20260120-1200", of: "https%3A%2F%2Fwww.ha.org.hk%2Fother.json") == .notFound)
    }

    @Test("gives each document of a world the faults of its stamps")
    func faults() throws {
        let archive = ReplayArchive(
            world: SimulatedWorld(hospitals: twoHospitals), stamps: [Self.noon, Self.noon.adding(minutes: 15)],
            urls: [SmallArchive.https, SmallArchive.http], faults: [Self.noon: [.lost]])
        for url in [SmallArchive.httpsEncoded, SmallArchive.httpEncoded] {
            #expect(try archive.stored("20260120-1200", of: url) == .notFound)
            #expect(try archive.stored("20260120-1215", of: url).status == 200)
        }
    }

    @Test("sorts versions, and joins the faults of those with one stamp")
    func sorts() {
        let later = Self.noon.adding(minutes: 15)
        let document = ReplayDocument(
            url: SmallArchive.https,
            versions: [
                ReplayVersion(stamp: later, faults: [.lost]), ReplayVersion(stamp: Self.noon),
                ReplayVersion(stamp: later, faults: [.cutInBundle]),
            ],
            bytes: { _ in [] })
        #expect(
            document.versions == [
                ReplayVersion(stamp: Self.noon), ReplayVersion(stamp: later, faults: [.lost, .cutInBundle]),
            ])
    }
}
