import Foundation
import TestSupport
import Testing

@testable import WaitCore

@Suite("Real A&E documents", .enabled(if: Documents.hasReal, "the real captures are not beside this project"))
struct RealWaitDocumentTests {
    @Test("every record is read and none is faulty", arguments: RealWaits.all)
    func whole(_ capture: RealWaits) throws {
        let document = try capture.document()
        #expect(document.readings.map(\.record) == Array(1...18))
        #expect(document.faults == [])
    }

    @Test("the update time is the instant it names", arguments: RealWaits.all)
    func updateTime(_ capture: RealWaits) throws {
        #expect(try capture.document().observedAt?.rfc3339 == capture.observedAt)
    }

    @Test("every text of every record is kept verbatim under its own figure", arguments: RealWaits.all)
    func verbatim(_ capture: RealWaits) throws {
        let readings = try capture.document().readings
        let figures = try capture.feed().figures
        for (reading, record) in zip(readings, try capture.published()) {
            #expect(reading.hospitalName == record["hospName"])
            let kept = Dictionary(uniqueKeysWithValues: zip(figures.map(\.key), reading.texts))
            #expect(kept == record.filter { $0.key != "hospName" })
        }
    }

    @Test("every figure says what the document's text says", arguments: RealWaits.all)
    func figures(_ capture: RealWaits) throws {
        let figures = try capture.feed().figures
        var compared = 0
        for record in try capture.published() {
            for (key, text) in record where key != "hospName" {
                let figure = try #require(figures.first { $0.key == key }, "no figure is read from \(key)")
                let meaning = Phrase(kind: figure.kind, text: text).meaning
                #expect(meaning == PublishedText(text).meaning(under: key), "\(key): \(text)")
                compared += 1
            }
        }
        #expect(compared == 18 * figures.count)
    }

    @Test("the Chinese capture has one resuscitation case, and only its T1, T2 and flags say so")
    func resuscitation() throws {
        let capture = RealWaits.chinese
        let managing = try capture.document().readings.filter { $0.texts.contains("多名病人正在搶救中") }
        let reading = try #require(managing.first)
        let phrases = zip(try capture.feed().figures, reading.texts).map { Phrase(kind: $0.kind, text: $1) }
        #expect(managing.map(\.hospitalName) == ["基督教聯合醫院"])
        #expect(
            phrases.map(\.meaning.qualifier) == [
                .resuscitation, .resuscitation, .exact, .exact, .roundedUp, .roundedUp, .notApplicable, .notApplicable,
            ])
        #expect(phrases.map(\.meaning.minutes) == [nil, nil, 38, 67, 210, 300, nil, nil])
    }

    @Test("every hospital of every capture is one of the 18", arguments: RealWaits.all)
    func hospitals(_ capture: RealWaits) throws {
        let names = try capture.document().readings.map(\.hospitalName)
        let known = names.map { name in
            BundledPlaces.hospitals.first { [$0.name.en, $0.name.tc, $0.name.sc].contains(name) }?.id
        }
        #expect(Set(known.compactMap(\.self)).count == 18)
    }
}

/// A real A&E document and when it says it was made.
struct RealWaits: Sendable, CustomTestStringConvertible {
    let file: String
    let feedID: String
    let language: Language
    let observedAt: String

    var testDescription: String { file }

    static let chinese = RealWaits(
        file: "aedwtdata2-tc.2026-09-19T1315.json", feedID: "ae-wait", language: .tc,
        observedAt: "2026-09-19T13:15:00+08:00")

    static let all = [
        RealWaits(
            file: "aedwtdata2-en.2026-01-20T0430.json", feedID: "ae-wait", language: .en,
            observedAt: "2026-01-20T04:30:00+08:00"),
        chinese,
        RealWaits(
            file: "aedwtdata-en.2020-03-09T1830.json", feedID: "ae-top-wait", language: .en,
            observedAt: "2020-03-09T18:30:00+08:00"),
    ]

    func feed() throws -> Feed {
        try #require(Catalogue.standard.feed(feedID))
    }

    func document() throws -> WaitDocument {
        try feed().waits(real(file), in: language)
    }

    /// Every record with every key, past our own reader.
    func published() throws -> [[String: String]] {
        try records(in: real(file), under: "waitTime").map { try #require($0 as? [String: String]) }
    }
}
