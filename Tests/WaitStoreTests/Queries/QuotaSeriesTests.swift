import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// Four weeks to a Saturday of 2026.
private enum FourWeeks {
    static let september = ("20260816", "20260912")
    static let october = ("20260913", "20261010")
    static let midOctober = ("20260920", "20261017")
    static let november = ("20261011", "20261107")
    static let december = ("20261108", "20261205")
}

private enum Clinic {
    static let central = "中區家庭醫學診所"
    static let formerCentral = "中區健康院普通科門診診所"
    static let saiYingPun = "西營盤賽馬會家庭醫學診所"
    static let chaiWan = "柴灣家庭醫學診所"
    static let centralID = "central-district-family-medicine-clinic"
    static let district = Trilingual(en: "Central and Western", tc: "中西區", sc: "中西区")
}

extension WaitDatabase {
    /// Takes in a quota document: clinics with Monday's quota.
    @discardableResult
    fileprivate func take(
        _ period: (String, String), in language: Language = .tc, district: String = "中西區",
        _ clinics: (String, String)...
    ) throws -> WaitDatabase {
        let records = clinics.map { QuotaSample.record($0.0, $0.1, district: district, period: period) }
        let bytes = try JSONSerialization.data(withJSONObject: records, options: .sortedKeys)
        try record(.of(bytes, .clinicQuota, Feed.clinicQuota.document(language)))
        return self
    }

    /// Monday of each step: last day, quota, change, and the last day of what it is a change from.
    fileprivate func mondays(_ clinic: String = Clinic.centralID, in range: TimeRange? = nil) throws -> [[String]] {
        let answer = try quotas(ofClinics: [clinic], in: range)
        return try #require(answer.series.first).steps.map { step in
            let figure = step.figure(on: [1])
            return [step.period.to.dayText] + [figure.quota, figure.change].map { $0.map { "\($0)" } ?? "–" }
                + [step.base?.to.dayText ?? "–"]
        }
    }
}

@Suite("A clinic's quotas over time")
struct QuotaSeriesTests {
    @Test("are a step a period, changed from the latest that does not overlap")
    func steps() throws {
        let database = try WaitDatabase.inMemory().take(FourWeeks.november, (Clinic.central, "33.5"))
            .take(FourWeeks.october, (Clinic.central, "30.0")).take(FourWeeks.midOctober, (Clinic.central, "31.0"))
        #expect(
            try database.mondays() == [
                ["2026-10-10", "30.0", "–", "–"], ["2026-10-17", "31.0", "–", "–"],
                ["2026-11-07", "33.5", "3.5", "2026-10-10"],
            ])
    }

    @Test("go over periods that the record does not have, and tell no session from 0")
    func gaps() throws {
        let database = try WaitDatabase.inMemory().take(FourWeeks.september, (Clinic.central, "30.0"))
            .take(FourWeeks.november, (Clinic.central, "N/A")).take(FourWeeks.december, (Clinic.central, "0.0"))
        #expect(
            try database.mondays() == [
                ["2026-09-12", "30.0", "–", "–"], ["2026-11-07", "–", "–", "2026-09-12"],
                ["2026-12-05", "0.0", "–", "2026-11-07"],
            ])
    }

    @Test("go on under a new name, and in another language")
    func renamed() throws {
        let database = try WaitDatabase.inMemory().take(FourWeeks.october, (Clinic.formerCentral, "30.0"))
            .take(FourWeeks.november, in: .en, district: "Central & Western", ("CENTRAL DISTRICT FMC", "32.0"))
        #expect(try database.mondays().last == ["2026-11-07", "32.0", "2.0", "2026-10-10"])
    }

    @Test("are what was read first where languages differ, as in the view", arguments: [Language.en, .tc])
    func first(language: Language) throws {
        let names = [Language.tc: (Clinic.central, "30.0"), .en: ("CENTRAL DISTRICT FMC", "31.0")]
        let database = try WaitDatabase.inMemory()
        for language in language == .en ? [Language.en, .tc] : [.tc, .en] {
            try database.take(FourWeeks.october, in: language, try #require(names[language]))
        }
        let viewed = try database.value("SELECT quota FROM clinic_quota WHERE weekday = 1")
        #expect(try database.mondays().map { $0[1] } == [viewed])
    }

    @Test("of a range are the periods that end in it, changed also from before it")
    func range() throws {
        let database = try WaitDatabase.inMemory().take(FourWeeks.october, (Clinic.central, "30.0"))
            .take(FourWeeks.november, (Clinic.central, "31.0")).take(FourWeeks.december, (Clinic.central, "32.0"))
        let november = try #require(TimeRange(in: "2026-11"))
        #expect(
            try database.mondays(in: november) == [["2026-11-07", "31.0", "1.0", "2026-10-10"]])
        #expect(try database.quotas(ofClinics: [Clinic.centralID], in: november).range == november)
        #expect(
            try database.quotas(ofClinics: []).range?.from.dayText == "2026-09-13"
                && database.quotas(ofClinics: []).range?.to.dayText == "2026-12-06")
    }

    @Test(
        "of a range are the periods that the export has of it, and its newest is the last of them",
        arguments: [
            ("2026-09-12", 0), ("2026-09-13", 0), ("2026-10-09", 0), ("2026-10-10", 1), ("2026-10-11", 0),
            ("2026-10", 1),
            ("2026-11", 1), ("2026-12", 1), ("2026", 3), ("2026-12-05", 1), ("2026-12-06", 0), ("2026-09", 0),
        ])
    func export(period: String, count: Int) throws {
        let database = try WaitDatabase.inMemory().take(FourWeeks.october, (Clinic.central, "30.0"))
            .take(FourWeeks.november, (Clinic.central, "31.0")).take(FourWeeks.december, (Clinic.central, "32.0"))
        let range = try #require(TimeRange(in: period))
        let request = try ExportRequest(.clinicQuotas, as: .csv, from: range.from, to: range.to)
        let steps = try database.mondays(in: range)
        #expect(steps.count == count)
        #expect(try database.exportRowCount(request) == 7 * count)
        let newest = try database.newestQuotas(in: Clinic.district, range: range).series.first?.steps.first
        #expect(newest?.period.to.dayText == steps.last?.first)
    }

    @Test("are the figures of the view, clinic by clinic")
    func view() throws {
        let database = try WaitDatabase.holding(.fixture(.clinicQuota, .tc), .fixture(.clinicQuota, .en))
        for id in try database.values("SELECT id FROM clinic").compactMap({ $0 }) {
            let steps = try #require(try database.quotas(ofClinics: [id]).series.first).steps
            let figures = steps.flatMap { step in (1...7).map { step.figure(on: [$0]).quota } }
            let viewed = try database.values("SELECT quota FROM clinic_quota WHERE clinic = ? ORDER BY weekday", [id])
            #expect(figures == viewed.map { $0.flatMap(Double.init) }, "\(id)")
        }
    }

    @Test("are empty for a clinic without any, for one that is unknown and for an empty record")
    func none() throws {
        let empty = try WaitDatabase.inMemory()
        #expect(try empty.mondays() == [])
        let answers = [try empty.quotas(ofClinics: ["nowhere"]), try empty.newestQuotas(in: Clinic.district)]
        #expect(
            answers.allSatisfy { $0.range == nil && $0.series.isEmpty && $0.note?.contains("no quotas yet") == true })
        #expect(try empty.quotasByDistrict().range == nil && empty.quotasByDistrict().series.isEmpty)
    }
}

@Suite("A district's clinics in the newest four weeks")
struct DistrictClinicTests {
    @Test("are those that have a record then, each with the change from the latest of its own")
    func clinics() throws {
        let database = try WaitDatabase.inMemory()
            .take(FourWeeks.september, (Clinic.saiYingPun, "50.0"), ("灣仔消失診所", "9.0"))
            .take(FourWeeks.october, (Clinic.central, "30.0"))
            .take(FourWeeks.november, (Clinic.saiYingPun, "51.0"), (Clinic.central, "31.5"), ("新的診所", "5.0"))
            .take(FourWeeks.november, district: "東區", (Clinic.chaiWan, "20.0"))
        let series = try database.newestQuotas(in: Clinic.district).series
        #expect(series.map(\.clinic.name.tc) == [Clinic.central, Clinic.saiYingPun, "新的診所"])
        #expect(series.map { $0.steps.map(\.base?.to.dayText) } == [["2026-10-10"], ["2026-09-12"], [nil]])
        #expect(series.map { $0.steps[0].figure(on: [1]).change } == [1.5, 1, nil])
    }

    @Test("are the same as the last step of each clinic's series")
    func series() throws {
        let database = try WaitDatabase.inMemory()
        for (period, quota) in [
            (FourWeeks.september, "1.0"), (FourWeeks.october, "2.0"), (FourWeeks.midOctober, "4.0"),
            (FourWeeks.november, "8.0"),
        ] {
            try database.take(period, (Clinic.central, quota), (Clinic.saiYingPun, quota + "5"))
        }
        let newest = try database.newestQuotas(in: Clinic.district).series
        let whole = try database.quotas(ofClinics: newest.map(\.clinic.id)).series
        #expect(newest.map(\.steps) == whole.map { $0.steps.suffix(1) })
        #expect(newest.count == 2)
    }

    @Test("are of the newest period that ends in the range", arguments: ["2026-10", "2026-10-10"])
    func range(period: String) throws {
        let database = try WaitDatabase.inMemory().take(FourWeeks.october, (Clinic.central, "30.0"))
            .take(FourWeeks.november, (Clinic.central, "31.0"))
        let answer = try database.newestQuotas(in: Clinic.district, range: TimeRange(in: period))
        #expect(answer.series.flatMap(\.steps).map(\.period.to.dayText) == ["2026-10-10"])
        let none = try database.newestQuotas(in: Clinic.district, range: TimeRange(in: "2025"))
        #expect(none.series == [] && none.note?.contains("periods that end from 2026-10-10 to 2026-11-07") == true)
    }
}

@Suite("Quotas by district")
struct QuotaDistrictTests {
    /// Sums of the fixture's figures by the feed's spelling of the district, worked out from its JSON.
    private static func published() throws -> [String: (clinics: Int, weekdays: Double, weekend: Double)] {
        let records = try Feed.clinicQuota.json(Feed.clinicQuota.document(.en), as: [[String: Any]].self)
        return Dictionary(grouping: records) { $0["District"] as? String ?? "" }.mapValues { records in
            func sum(_ days: ArraySlice<String>) -> Double {
                records.flatMap { record in days.compactMap { Double(record[$0] as? String ?? "") } }.reduce(0, +)
            }
            return (records.count, sum(QuotaSample.weekdays.prefix(5)), sum(QuotaSample.weekdays.suffix(2)))
        }
    }

    /// The feed's spellings that are not the official ones.
    private static let spellings = [
        "Central and Western": "Central & Western", "Sha Tin": "Shatin", "Wan Chai": "Wanchai",
    ]

    @Test("are the sums of what the clinics publish", arguments: [[Language.tc, .en], [.en, .tc], [.tc]])
    func sums(languages: [Language]) throws {
        let database = try WaitDatabase.inMemory()
        for language in languages { try database.record(.fixture(.clinicQuota, language)) }
        let published = try Self.published()
        let districts = try database.quotasByDistrict().series
        #expect(districts.count == 18 && districts.map(\.district.en) == districts.map(\.district.en).sorted())
        for district in districts {
            let expected = try #require(published[Self.spellings[district.district.en] ?? district.district.en])
            #expect(district.clinics == expected.clinics)
            #expect(abs((district.step.figure(on: Set(1...5)).quota ?? 0) - expected.weekdays) < 0.001)
            #expect(abs((district.step.figure(on: [6, 7]).quota ?? 0) - expected.weekend) < 0.001)
        }
    }

    @Test("are changed over the clinics that are in both periods, and say how many")
    func change() throws {
        let database = try WaitDatabase.inMemory()
            .take(FourWeeks.october, (Clinic.central, "30.0"), ("消失診所", "100.0"), (Clinic.saiYingPun, "N/A"))
            .take(FourWeeks.november, (Clinic.central, "31.5"), ("新的診所", "5.0"), (Clinic.saiYingPun, "7.0"))
        let district = try #require(try database.quotasByDistrict().series.first)
        let monday = district.step.figure(on: [1])
        #expect(district.district == Clinic.district && district.clinics == 3)
        #expect(monday.quota == 43.5 && monday.clinics == 3)
        #expect(monday.change == 1.5 && monday.changeClinics == 1)
        #expect(district.step.figure(on: Set(1...5)).changeClinics == 2)
        #expect(district.step.base?.label == "four weeks to 2026-10-10")
    }

    @Test("are of the newest period alone, each district changed from the latest that has one of its clinics")
    func newest() throws {
        let database = try WaitDatabase.inMemory()
            .take(FourWeeks.september, district: "東區", (Clinic.chaiWan, "18.0"))
            .take(FourWeeks.october, (Clinic.central, "30.0")).take(FourWeeks.midOctober, (Clinic.central, "90.0"))
            .take(FourWeeks.november, (Clinic.central, "31.0"))
            .take(FourWeeks.november, district: "東區", (Clinic.chaiWan, "20.0"))
        let series = try database.quotasByDistrict().series
        #expect(series.map(\.district.en) == ["Central and Western", "Eastern"])
        #expect(series.map(\.step.base?.to.dayText) == ["2026-10-10", "2026-09-12"])
        #expect(series.map { $0.step.figure(on: [1]).change } == [1, 2])
        #expect(try database.quotasByDistrict(in: TimeRange(in: "2026-09")).series.map(\.clinics) == [1])
    }

    @Test("are of the clinics without a district as well, and of unknown spellings")
    func unknownDistrict() throws {
        let database = try WaitDatabase.inMemory().take(FourWeeks.october, district: "新市鎮", ("新的診所", "5.0"))
        let series = try database.quotasByDistrict().series
        #expect(series.map(\.district.known) == ["新市鎮"])
        #expect(try database.newestQuotas(in: Trilingual(tc: "新市鎮")).series.map(\.clinic.name.tc) == ["新的診所"])
    }
}
