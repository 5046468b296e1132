import Foundation
import Testing
import WaitCore
import WaitReplay

@Suite("The simulated world")
struct SimulatedWorldTests {
    private static let world = SimulatedWorld(hospitals: twoHospitals)
    /// Every 19 quarter hours of a year: 1,845 instants at all times of day and week.
    private static let instants = stride(from: 0, to: 35_040, by: 19).map {
        hongKong("2025-10-13T00:00:00").addingTimeInterval(Double($0) * 900)
    }

    @Test("gives exactly these bytes for this seed")
    func literalBytes() {
        let document = Self.world.aeWait(language: .en, at: hongKong("2026-01-20T04:37:12"))
        let expected =
            #"{"waitTime":[{"hospName":"Queen Mary Hospital","t1wt":"0 minute","manageT1case":"N","t2wt":"less than 15 minutes","#
            + #""manageT2case":"N","t3p50":"17 minutes","t3p95":"40 minutes","t45p50":"2 hours","t45p95":"2.5 hours"},"#
            + #"{"hospName":"St John Hospital","t1wt":"0 minute","manageT1case":"N","t2wt":"less than 15 minutes","#
            + #""manageT2case":"N","t3p50":"0 minute","t3p95":"0 minute","t45p50":"0 hour","t45p95":"0 hour"}"#
            + #"],"updateTime":"20/1/2026 4:30AM"}"#
        #expect(String(decoding: document, as: UTF8.self) == expected)
    }

    @Test("gives the same bytes all the year through, on every machine", arguments: checksums)
    func checksum(language: Language, checksum: UInt64) {
        var sum: UInt64 = 0
        for instant in Self.instants {
            for byte in Self.world.aeWait(language: language, at: instant) { sum = sum &* 31 &+ UInt64(byte) }
        }
        #expect(sum == checksum)
    }

    /// Recorded once; they move only with the model, on purpose.
    private static let checksums: [(Language, UInt64)] = [
        (.en, 3_089_951_724_239_068_523), (.tc, 8_515_097_362_968_597_451), (.sc, 13_477_919_510_074_817_428),
    ]

    @Test("gives other figures for another seed")
    func otherSeed() {
        let instant = hongKong("2026-01-20T04:30:00")
        let other = SimulatedWorld(seed: 1, hospitals: twoHospitals)
        #expect(other.aeWait(language: .en, at: instant) != Self.world.aeWait(language: .en, at: instant))
    }

    @Test("gives a hospital the same figures wherever it stands in the list")
    func order() throws {
        let instant = hongKong("2026-01-20T11:00:00")
        let turned = SimulatedWorld(hospitals: twoHospitals.reversed())
        let document = try ReadDocument(turned.aeWait(language: .en, at: instant))
        #expect(
            try document.waitTime == ReadDocument(Self.world.aeWait(language: .en, at: instant)).waitTime.reversed())
    }

    @Test("writes the update time of the quarter hour as the feeds do", arguments: spellings)
    func updateTime(instant: String, spellings: [String]) throws {
        let instant = hongKong(instant)
        let documents = [
            Self.world.aeWait(language: .en, at: instant), Self.world.aeTopWait(language: .en, at: instant),
            Self.world.aeWait(language: .tc, at: instant), Self.world.aeWait(language: .sc, at: instant),
        ]
        #expect(try documents.map { try ReadDocument($0).updateTime } == spellings)
    }

    private static let spellings: [(String, [String])] = [
        (
            "2026-01-20T00:00:00",
            ["20/1/2026 12:00AM", "20/1/2026 12:00am", "2026年1月20日 上午12時00分", "2026年1月20日 上午12时00分"]
        ),
        (
            "2026-09-09T12:29:59",
            ["9/9/2026 12:15PM", "9/9/2026 12:15pm", "2026年9月9日 下午12時15分", "2026年9月9日 下午12时15分"]
        ),
        (
            "2024-02-29T13:15:00",
            ["29/2/2024 1:15PM", "29/2/2024 1:15pm", "2024年2月29日 下午1時15分", "2024年2月29日 下午1时15分"]
        ),
        (
            "2025-12-31T23:59:59",
            ["31/12/2025 11:45PM", "31/12/2025 11:45pm", "2025年12月31日 下午11時45分", "2025年12月31日 下午11时45分"]
        ),
        (
            "1969-12-31T11:00:00",
            ["31/12/1969 11:00AM", "31/12/1969 11:00am", "1969年12月31日 上午11時00分", "1969年12月31日 上午11时00分"]
        ),
    ]

    @Test("says the same in all three languages, in words the record reads")
    func languages() throws {
        for instant in Self.instants {
            let english = try meanings(Feed.aeWait, Self.world.aeWait(language: .en, at: instant))
            #expect(!english.joined().contains(.unrecognised))
            for language in [Language.tc, .sc] {
                #expect(try meanings(Feed.aeWait, Self.world.aeWait(language: language, at: instant)) == english)
            }
        }
    }

    @Test("names the hospitals in the document's language", arguments: Language.allCases)
    func names(language: Language) throws {
        let document = try ReadDocument(Self.world.aeWait(language: language, at: .distantFuture))
        #expect(document.waitTime.map { $0["hospName"] } == twoHospitals.map { $0.name[language] })
    }

    @Test("has everyone seen no later than most: p50 is at most p95, and below it in a queue of triage III")
    func monotone() throws {
        for instant in Self.instants {
            for wait in try ReadDocument(Self.world.aeWait(language: .en, at: instant)).waitTime {
                let t3 = try (number(wait["t3p50"]), number(wait["t3p95"]))
                let t45 = try (number(wait["t45p50"]), number(wait["t45p95"]))
                #expect(t3.0 < t3.1 || t3 == (0, 0))
                #expect(t45.0 <= t45.1 && t45.1 <= 14)
            }
        }
    }

    @Test("uses the phrases of the feed and no others")
    func phrases() throws {
        var seen: [String: Set<String>] = [:]
        for instant in Self.instants {
            for (key, phrase) in try ReadDocument(Self.world.aeWait(language: .en, at: instant)).waitTime.joined() {
                seen[key, default: []].insert(phrase)
            }
        }
        let resuscitation = "Managing multiple resuscitation cases"
        #expect(seen["t1wt"] == ["0 minute", resuscitation])
        #expect(seen["t2wt"] == ["less than 15 minutes", resuscitation])
        #expect(seen["manageT1case"] == ["Y", "N", "N/A"])
        #expect(seen["manageT2case"] == ["Y", "N", "N/A"])
        for key in ["t3p50", "t3p95"] {
            #expect(seen[key]?.allSatisfy { $0.wholeMatch(of: /[01] minute|([2-9]|\d\d+) minutes/) != nil } == true)
        }
        for key in ["t45p50", "t45p95"] {
            let pattern = /[01] hour|\d+\.5 hours|([2-9]|1\d) hours/
            #expect(seen[key]?.allSatisfy { $0.wholeMatch(of: pattern) != nil } == true)
        }
    }

    @Test("has N/A flags with the resuscitation phrase, and only there; the other figures stay")
    func resuscitation() throws {
        for instant in Self.instants {
            for wait in try ReadDocument(Self.world.aeWait(language: .en, at: instant)).waitTime {
                let isResuscitating = wait["t1wt"] != "0 minute"
                #expect((wait["t2wt"] != "less than 15 minutes") == isResuscitating)
                #expect((wait["manageT1case"] == "N/A") == isResuscitating)
                #expect((wait["manageT2case"] == "N/A") == isResuscitating)
            }
        }
    }

    @Test("has the old feed's classes from Around 1 hour to Over 8 hours, the same in every language")
    func topWait() throws {
        let busy = SimulatedWorld(
            hospitals: twoHospitals + [SimulatedHospital(name: Trilingual(en: "Busy", tc: "忙", sc: "忙"), busyness: 2)])
        var seen: Set<String> = []
        for instant in Self.instants {
            let bytes = busy.aeTopWait(language: .en, at: instant)
            let english = try ReadDocument(bytes).waitTime
            let read = try meanings(Feed.aeTopWait, bytes)
            for language in [Language.tc, .sc] {
                #expect(try meanings(Feed.aeTopWait, busy.aeTopWait(language: language, at: instant)) == read)
            }
            seen.formUnion(english.compactMap { $0["topWait"] })
        }
        #expect(seen == Set(["Around 1 hour", "Over 1 hour"] + (2...8).map { "Over \($0) hours" }))
    }

    @Test("is quietest from four to seven, busiest about eleven and twenty")
    func rhythmOfDay() throws {
        var sums = [Double](repeating: 0, count: 24)
        for slot in stride(from: 0, to: 35_040, by: 5) {
            let instant = hongKong("2025-10-13T00:00:00").addingTimeInterval(Double(slot) * 900)
            sums[slot / 4 % 24] += try number(
                ReadDocument(Self.world.aeWait(language: .en, at: instant)).waitTime[0]["t3p95"])
        }
        let byLoad = sums.indices.sorted { sums[$0] < sums[$1] }
        #expect(Set(byLoad.prefix(3)).isSubset(of: [4, 5, 6, 7]))
        #expect((10...12).contains(sums[..<15].firstIndex(of: sums[..<15].max() ?? 0) ?? 0))
        #expect((19...21).contains(sums[15...].firstIndex(of: sums[15...].max() ?? 0) ?? 0))
    }

    @Test("escapes names as JSON asks")
    func escapes() throws {
        let name = "A \"B\" \\ \u{1}\n長"
        let world = SimulatedWorld(hospitals: [SimulatedHospital(name: Trilingual(name, in: .tc))])
        let document = try ReadDocument(world.aeWait(language: .tc, at: .distantFuture))
        #expect(document.waitTime.map { $0["hospName"] } == [name])
    }

    /// The number a phrase begins with.
    private func number(_ phrase: String?) throws -> Double {
        try #require(Double(phrase?.split(separator: " ").first ?? ""))
    }

    /// What the record's own reader makes of a document, hospital by hospital, figure by figure.
    private func meanings(_ feed: Feed, _ bytes: [UInt8]) throws -> [[ParsedWait]] {
        let content = try feed.read(Data(bytes), feed.documents[0])
        guard case .waits(let document) = content, document.faults.isEmpty else {
            Issue.record("not a document of \(feed.id) without faults")
            return []
        }
        return document.readings.map { reading in
            zip(feed.figures, reading.texts).map { Phrase(kind: $0.kind, text: $1).meaning }
        }
    }
}
