package import Foundation
package import WaitCore

/// A simulated city of emergency departments: a pure function of (seed, time) that gives the A&E feeds' documents.
///
/// Nothing in it is a real hospital's figure: it is for demonstrations and tests, and the server that offers it says so
/// in every response. The documents have the feeds' exact format (docs/feeds.md, "A&E waiting times"), the same figures in all
/// three languages, and the same bytes on every machine and in every run.
package struct SimulatedWorld: Sendable {
    /// What stands at each path.
    private static let documents: [String: (feed: SimulatedFeed, language: Language)] = {
        let documents = SimulatedFeed.allCases.flatMap { feed in
            feed.documents.compactMap { document -> (String, (SimulatedFeed, Language))? in
                guard let url = URL(string: document.url), let language = document.language else { return nil }
                return (url.path(), (feed, language))
            }
        }
        return Dictionary(uniqueKeysWithValues: documents)
    }()

    private let seed: UInt64
    private let city: DailyPattern
    private let hospitals: [Resident]
    private let publishing: PublishingRhythm
    private let topWaitPublishing: PublishingRhythm

    /// A hospital with what is worked out once.
    private struct Resident: Sendable {
        let rhythm: HospitalRhythm
        /// Its name as a JSON string, quotes included.
        let quotedName: Trilingual
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
        city = DailyPattern(seed: seed)
        self.hospitals = hospitals.map { hospital in
            let name = hospital.name
            return Resident(
                rhythm: HospitalRhythm(seed: seed, hospital: hospital),
                quotedName: Trilingual(
                    en: JSONText.quoted(name.en), tc: JSONText.quoted(name.tc), sc: JSONText.quoted(name.sc)))
        }
    }

    /// The new feed's document of the quarter hour at or before an instant, whatever the rhythm of publishing.
    package func aeWait(language: Language, at instant: Date) -> [UInt8] {
        document(.aeWait, language: language, at: .slot(at: instant))
    }

    /// The old feed's document of the quarter hour at or before an instant, whatever the rhythm of publishing.
    package func aeTopWait(language: Language, at instant: Date) -> [UInt8] {
        document(.aeTopWait, language: language, at: .slot(at: instant))
    }

    /// The observed times of the documents that are on offer at some second of `[from, to)`, oldest first.
    package func versions(of feed: SimulatedFeed = .aeWait, from: Date, to: Date) -> [Date] {
        schedule(of: feed).onOffer(from: from, to: to).map(\.observedAt.date)
    }

    /// What one of the six A&E documents has on offer when, for the seconds of `[from, to)`, oldest first: the first offer
    /// may have begun before, the last one is cut at `to`. Empty for any other document.
    package func offers(of document: Document, from: Date, to: Date) -> [ReplayOffer] {
        guard let feed = SimulatedFeed.allCases.first(where: { $0.documents.contains(document) }) else { return [] }
        let versions = schedule(of: feed).onOffer(from: from, to: to)
        let ends = versions.dropFirst().map(\.publishedAt) + [to]
        return zip(versions, ends).map { version, end in
            ReplayOffer(document: document.url, observedAt: version.observedAt, from: version.publishedAt, to: end)
        }
    }

    /// The document on offer at one of the six A&E addresses at an instant, `Last-Modified` when it was published; nil
    /// for any other address.
    package func answer(to request: ReplayRequest, at instant: Date) -> ReplayAnswer? {
        guard let (feed, language) = Self.documents[request.path] else { return nil }
        let schedule = schedule(of: feed)
        let version = schedule.onOffer(at: instant)
        return .document(
            document(feed, language: language, at: version.observedAt),
            lastModified: HTTPDate.text(version.publishedAt))
    }

    private func schedule(of feed: SimulatedFeed) -> PublishingSchedule {
        switch feed {
        case .aeWait: PublishingSchedule(rhythm: publishing, seed: seed)
        case .aeTopWait: PublishingSchedule(rhythm: topWaitPublishing, seed: ~seed)
        }
    }

    private func document(_ feed: SimulatedFeed, language: Language, at observedAt: HongKongMinute) -> [UInt8] {
        let seconds = observedAt.secondsSince1970
        let cityLoad = city.load(at: seconds)
        var writer = DocumentWriter(language: language)
        for hospital in hospitals {
            let figures = hospital.rhythm.figures(at: seconds, cityLoad: cityLoad)
            let name = hospital.quotedName[language]
            switch feed {
            case .aeWait: writer.appendWait(quotedName: name, figures: figures)
            case .aeTopWait: writer.appendTopWait(quotedName: name, figures: figures)
            }
        }
        writer.finish(updateTime: updateTime(observedAt, language: language, feed: feed))
        return writer.bytes
    }
}
