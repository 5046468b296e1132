import Foundation
import Testing
import WaitCore

@Suite("Quotas as JSON")
struct QuotaJSONTests {
    private static let clinic = ClinicName(
        id: "lek-yuen", name: Trilingual(en: "Lek Yuen", tc: "瀝源"), district: Trilingual(en: "Sha Tin"), latitude: 22.5,
        longitude: nil)

    private static func object(_ json: JSONWriter) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
    }

    private static func steps() throws -> [QuotaStep] {
        try QuotaWeeks.series([(20_261_010, 30), (20_261_107, 29.5)])
    }

    @Test("have a row a period and weekday, with source and caveat")
    func clinic() throws {
        let range = TimeRange(in: "2026")
        var json = JSONWriter()
        let quotas = ClinicQuotas(clinic: Self.clinic, steps: try Self.steps())
        quotas.write(of: QuotaAnswer(range: range, series: [quotas]), weekdays: [1, 7], to: &json)
        let object = try Self.object(json)
        #expect(object["clinic"] as? String == "lek-yuen" && object["name_tc"] as? String == "瀝源")
        #expect(object["name_sc"] is NSNull && object["longitude"] is NSNull)
        #expect(object["source"] as? String == Attribution.source && object["simulated"] as? Bool == false)
        #expect(object["note"] == nil)
        #expect((object["caveat"] as? String)?.contains("not attendance") == true)
        #expect((object["range"] as? [String: String])?["to"] == "2027-01-01T00:00:00+08:00")
        let rows = try #require(object["rows"] as? [[String: Any]])
        #expect(rows.count == 4)
        #expect(
            rows[2] as NSDictionary == [
                "label": "four weeks to 2026-11-07", "period_from": "2026-10-11", "period_to": "2026-11-07",
                "weekday": 1, "quota": 29.5, "change": -0.5, "change_from_period_to": "2026-10-10",
            ])
        #expect(
            rows[1] as NSDictionary == [
                "label": "four weeks to 2026-10-10", "period_from": "2026-09-13", "period_to": "2026-10-10",
                "weekday": 7, "quota": NSNull(), "change": NSNull(), "change_from_period_to": NSNull(),
            ])
    }

    @Test("say of a district's sums over how many clinics they are")
    func district() throws {
        let quotas = DistrictQuotas(
            district: Trilingual(en: "Sha Tin", tc: "沙田區", sc: "沙田区"), clinics: 1, step: try Self.steps()[1])
        var json = JSONWriter()
        QuotaAnswer(range: nil, series: [quotas]).write(to: &json)
        let object = try Self.object(json)
        #expect(object["range"] is NSNull)
        let district = try #require((object["series"] as? [[String: Any]])?.first)
        #expect(district["district_tc"] as? String == "沙田區" && district["clinics"] as? Int == 1)
        #expect(
            district["weekdays"] as? NSDictionary == ["quota": 69.5, "clinics": 1, "change": -0.5, "change_clinics": 1])
        #expect(
            district["weekend"] as? NSDictionary
                == ["quota": NSNull(), "clinics": 0, "change": NSNull(), "change_clinics": 0])
        #expect((district["rows"] as? [[String: Any]])?.map { $0["weekday"] as? Int } == Array(1...7))
    }

    @Test("of several clinics are a series")
    func series() throws {
        let one = ClinicQuotas(clinic: Self.clinic, steps: try Self.steps())
        var json = JSONWriter()
        QuotaAnswer(range: nil, series: [one, one]).write(weekdays: [2], to: &json)
        let series = try #require(try Self.object(json)["series"] as? [[String: Any]])
        #expect(series.map { ($0["rows"] as? [Any])?.count } == [2, 2])
    }
}
