import Foundation
import TestSupport
import Testing

@testable import WaitCore

@Suite("The documents of our own making")
struct FixtureTests {
    private static let waitDocuments = Language.allCases.flatMap { language in
        [("ae-wait", "ae-wait/aedwtdata2-", language), ("ae-top-wait", "ae-top-wait/aedwtdata-", language)]
    }

    private func waits(_ feed: String, _ stem: String, _ language: Language) throws -> WaitDocument {
        try #require(Catalogue.standard.feed(feed)).waits(
            Documents.fixture("\(stem)\(language.rawValue).json"), in: language)
    }

    @Test("hold 18 A&E readings each and no fault", arguments: waitDocuments)
    func readings(feed: String, stem: String, language: Language) throws {
        let document = try waits(feed, stem, language)
        #expect(document.readings.map(\.record) == Array(1...18))
        #expect(document.faults == [])
    }

    @Test("hold no phrase that is not known", arguments: waitDocuments)
    func recognised(feed: String, stem: String, language: Language) throws {
        let figures = try #require(Catalogue.standard.feed(feed)).figures
        for reading in try waits(feed, stem, language).readings {
            for (figure, text) in zip(figures, reading.texts) {
                #expect(Phrase(kind: figure.kind, text: text).meaning != .unrecognised, "\(figure.key): \(text)")
            }
        }
    }

    @Test(
        "say the same of every hospital in every language",
        arguments: [("ae-wait", "ae-wait/aedwtdata2-"), ("ae-top-wait", "ae-top-wait/aedwtdata-")])
    func sameMeanings(feed: String, stem: String) throws {
        let figures = try #require(Catalogue.standard.feed(feed)).figures
        let meanings = try Language.allCases.map { language in
            let readings = try waits(feed, stem, language).readings
            return try Dictionary(
                uniqueKeysWithValues: readings.map { reading in
                    let code = BundledPlaces.hospitals.first { $0.name[language] == reading.hospitalName }?.id
                    let said = zip(figures, reading.texts).map { Phrase(kind: $0.kind, text: $1).meaning }
                    return (try #require(code, "nobody knows \(reading.hospitalName)"), said)
                })
        }
        #expect(meanings.allSatisfy { $0.count == 18 && $0 == meanings[0] })
    }

    @Test("are of one instant in every language", arguments: waitDocuments)
    func instants(feed: String, stem: String, language: Language) throws {
        let instants = ["ae-wait": "2026-11-14T09:15:00+08:00", "ae-top-wait": "2025-10-13T00:15:00+08:00"]
        #expect(try waits(feed, stem, language).observedAt?.rfc3339 == instants[feed])
    }

    @Test("hold 74 clinics' quotas in each language and no fault", arguments: Language.allCases)
    func quotas(language: Language) throws {
        let document = try quotas(in: language)
        #expect(document.records.map(\.record) == Array(1...74))
        #expect(document.faults == [])
    }

    @Test("join every clinic's quotas to its Chinese ones", arguments: [Language.en, .sc])
    func join(language: Language) throws {
        let pairs = QuotaJoin.pairs(try candidates(in: language), try candidates(in: .tc))
        #expect(pairs == Dictionary(uniqueKeysWithValues: (Int64(1)...74).map { ($0, $0) }))
    }

    @Test("spell no district that nobody knows", arguments: Language.allCases)
    func districts(language: Language) throws {
        let districts = try quotas(in: language).records.map { BundledPlaces.district(spelled: $0.districtName) }
        #expect(Set(districts.compactMap(\.self)).count == 18)
        #expect(!districts.contains(nil))
    }

    @Test("name every quota's clinic in Chinese as the shipped clinics do")
    func clinicNames() throws {
        let known = Set(BundledPlaces.clinics.map(\.name.tc))
        #expect(try quotas(in: .tc).records.map(\.clinicName).filter { !known.contains($0) } == [])
    }

    @Test(
        "hold every row of the directories and no fault",
        arguments: [
            ("hospital-directory", "facility-hosp.json", 43), ("clinic-directory", "facility-gop.json", 74),
            ("clinic-directory", "facility-fmc.json", 75), ("specialist-directory", "facility-sop.json", 49),
        ])
    func directories(feed: String, file: String, rows: Int) throws {
        let document = try #require(Catalogue.standard.feed(feed)).places(Documents.fixture("\(feed)/\(file)"))
        #expect(document.places.count == rows)
        #expect(document.faults == [])
    }

    private func quotas(in language: Language) throws -> QuotaDocument {
        try Feed.clinicQuota.quotas(
            Documents.fixture("clinic-quota/g0_9uo7a_p-\(language.rawValue).json"), in: language)
    }

    /// A clinic's records stand in the same order in all three documents.
    private func candidates(in language: Language) throws -> [QuotaJoin.Candidate] {
        try quotas(in: language).records.map {
            QuotaJoin.Candidate(nameID: Int64($0.record), sessions: $0.sessionsText, figures: $0.figures)
        }
    }
}
