import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("Quotas by district")
struct QuotaSummaryTests {
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
        let districts = try database.quotasByDistrict()
        #expect(districts.count == 18)
        for district in districts {
            let expected = try #require(published[Self.spellings[district.district] ?? district.district])
            #expect(district.clinics == expected.clinics)
            #expect(
                abs(district.weekdays - expected.weekdays) < 0.001 && abs(district.weekend - expected.weekend) < 0.001)
        }
    }

    @Test("are of the newest period, in the order of the alphabet")
    func newest() throws {
        let database = try WaitDatabase.holding(
            QuotaSample.capture(
                .tc, QuotaSample.record("中區家庭醫學診所", "30.0", district: "中西區", period: ("20261108", "20261205")),
                QuotaSample.record("柴灣家庭醫學診所", "20.0", district: "東區", period: ("20261108", "20261205"))),
            .fixture(.clinicQuota, .tc))
        #expect(
            try database.quotasByDistrict() == [
                DistrictQuotas(
                    district: "Central and Western", clinics: 1, weekdays: 250, weekend: 0, periodFrom: "2026-11-08",
                    periodTo: "2026-12-05"),
                DistrictQuotas(
                    district: "Eastern", clinics: 1, weekdays: 240, weekend: 0, periodFrom: "2026-11-08",
                    periodTo: "2026-12-05"),
            ])
    }

    @Test("are none in an empty record")
    func empty() throws {
        #expect(try WaitDatabase.inMemory().quotasByDistrict() == [])
    }
}
