#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A simulated city of emergency departments: a pure function of (seed, time) that gives the A&E feeds' documents.
///
/// Nothing in it is a real hospital's figure: it is for demonstrations and tests, and the server that offers it says so
/// in every response. The documents have the feeds' exact format (FEEDS.md, A&E waiting times), the same figures in all
/// three languages, and the same bytes on every machine and in every run.
package struct SimulatedWorld: Sendable {
    /// Where each feed's documents stand, before the language and `.json`.
    private static let addresses: [(prefix: String, feed: SimulatedFeed)] = [
        ("/opendata/aed/aedwtdata2-", .aeWait), ("/opendata/aed/aedwtdata-", .aeTopWait),
    ]

    private let seed: UInt64
    private let city: CityRhythm
    private let hospitals: [Resident]
    private let publishing: PublishingRhythm
    private let topWaitPublishing: PublishingRhythm

    /// A hospital with what is worked out once.
    private struct Resident: Sendable {
        let rhythm: HospitalRhythm
        let nameLiterals: [SimulatedLanguage: [UInt8]]
    }

    /// - Parameters:
    ///   - seed: another seed is another history.
    ///   - hospitals: in the order in which documents name them.
    ///   - publishing: when the new feed's documents are put on offer.
    ///   - topWaitPublishing: the same for the old feed, which by default ends when the real one did.
    package init(
        seed: UInt64 = 20_251_013,
        hospitals: [SimulatedHospital],
        publishing: PublishingRhythm = .delayed,
        topWaitPublishing: PublishingRhythm = .oldFeedEnd
    ) {
        self.seed = seed
        self.publishing = publishing
        self.topWaitPublishing = topWaitPublishing
        city = CityRhythm(seed: seed)
        self.hospitals = hospitals.map { hospital in
            let names = SimulatedLanguage.allCases.map { ($0, jsonStringLiteral(hospital.name(in: $0))) }
            return Resident(
                rhythm: HospitalRhythm(seed: seed, hospital: hospital),
                nameLiterals: Dictionary(uniqueKeysWithValues: names))
        }
    }

    /// The new feed's document of the quarter hour at or before an instant, whatever the rhythm of publishing.
    package func aeWait(language: SimulatedLanguage, at instant: Date) -> [UInt8] {
        document(.aeWait, language: language, slot: slotStart(of: instant.unixSeconds))
    }

    /// The old feed's document of the quarter hour at or before an instant, whatever the rhythm of publishing.
    package func aeTopWait(language: SimulatedLanguage, at instant: Date) -> [UInt8] {
        document(.aeTopWait, language: language, slot: slotStart(of: instant.unixSeconds))
    }

    /// The observed times of the documents that are on offer at some instant of `[from, to)`, oldest first.
    package func versions(of feed: SimulatedFeed = .aeWait, from: Date, to: Date) -> [Date] {
        schedule(of: feed).slotsOnOffer(from: from.unixSeconds, to: to.unixSeconds).map(Date.init(unixSeconds:))
    }

    /// The document on offer at one of the six A&E addresses at an instant, `Last-Modified` when it was published; nil
    /// for any other address.
    package func answer(to request: ReplayRequest, at instant: Date) -> ReplayAnswer? {
        guard let (feed, language) = Self.document(at: request.path) else { return nil }
        let schedule = schedule(of: feed)
        let slot = schedule.slotOnOffer(at: instant.unixSeconds)
        return .document(
            document(feed, language: language, slot: slot),
            lastModified: httpDate(unixSeconds: schedule.publishedAt(slot: slot)))
    }

    private static func document(at path: String) -> (SimulatedFeed, SimulatedLanguage)? {
        for (prefix, feed) in addresses where path.hasPrefix(prefix) && path.hasSuffix(".json") {
            let name = path.dropFirst(prefix.count).dropLast(".json".count)
            return SimulatedLanguage(rawValue: String(name)).map { (feed, $0) }
        }
        return nil
    }

    private func schedule(of feed: SimulatedFeed) -> PublishingSchedule {
        switch feed {
        case .aeWait: PublishingSchedule(rhythm: publishing, seed: seed)
        case .aeTopWait: PublishingSchedule(rhythm: topWaitPublishing, seed: ~seed)
        }
    }

    private func document(_ feed: SimulatedFeed, language: SimulatedLanguage, slot: Int) -> [UInt8] {
        let cityLoad = city.load(at: slot)
        var document = WaitDocument(language: language)
        for hospital in hospitals {
            let figures = hospital.rhythm.figures(at: slot, cityLoad: cityLoad)
            let name = hospital.nameLiterals[language] ?? []
            switch feed {
            case .aeWait: document.appendWait(nameLiteral: name, figures: figures)
            case .aeTopWait: document.appendTopWait(nameLiteral: name, figures: figures)
            }
        }
        document.finish(updateTime: updateTime(HongKongTime(unixSeconds: slot), language: language, feed: feed))
        return document.bytes
    }
}
