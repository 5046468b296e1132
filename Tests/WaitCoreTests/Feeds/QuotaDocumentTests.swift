import Foundation
import Testing

@testable import WaitCore

@Suite("A quota document")
struct QuotaDocumentTests {
    @Test("keeps names, district and sessions as published")
    func verbatim() throws {
        let record = try #require(Feed.clinicQuota.quotas(QuotaText.document(QuotaText())).records.first)
        #expect(record.clinicName == "TAI WAI")
        #expect(record.districtName == "Shatin")
        #expect(record.sessionsText == "Mon to Fri (AM and PM)")
    }

    @Test("gives a week's places from Monday to Sunday, none where there is no session")
    func week() throws {
        let record = try #require(Feed.clinicQuota.quotas(QuotaText.document(QuotaText())).records.first)
        #expect(record.quotas == [129.8, 129.3, 128.3, 190.8, 190.3, 111.3, nil])
    }

    @Test(
        "reads a number of places",
        arguments: [
            ("469.0", 469), ("0", 0), ("0.0", 0), ("12", 12), ("464.5", 464.5), (" 95.0 ", 95), ("1000.0", 1_000),
        ])
    func quota(text: String, places: Double) throws {
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText(["Monday": text])))
        #expect(read.records.first?.quotas.first == places)
        #expect(read.faults == [])
    }

    @Test("reads N/A as no session, never as nought", arguments: ["N/A", "n/a", " N/A "])
    func noSession(text: String) throws {
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText(["Monday": text])))
        #expect(read.records.first?.quotas.first == .some(nil))
    }

    @Test(
        "loses a record whose quota is no number",
        arguments: [
            "-", "1,000.0", "1e3", "-5.0", "+5.0", "NaN", "inf", "Infinity", "0x10", "1.2.3", ".5", "5.", "1 000",
            "about 5", "５", "٥", "N\\/A?", "NA", "Nil", "1234567890", " ",
        ])
    func badQuota(text: String) throws {
        let read = try Feed.clinicQuota.quotas(
            QuotaText.document(QuotaText(["Clinic": "A", "Friday": text]), QuotaText()))
        let reason = "The field is neither a number of places nor N/A."
        let published = text.replacing("\\/", with: "/")
        #expect(read.records.map(\.record) == [2])
        #expect(read.faults == [ReadFault(record: 1, field: "Friday", text: published, reason: reason)])
    }

    @Test("loses a record whose field is missing or no string", arguments: badFields)
    func badField(field: String, json: String?, reason: String) throws {
        let bad = QuotaText(field, json: json)
        let read = try Feed.clinicQuota.quotas(QuotaText.document(bad, QuotaText(["Clinic": "B"])))
        let text = json.map { $0 == "\"\"" ? "" : $0 } ?? bad.text
        #expect(read.records.map(\.clinicName) == ["B"])
        #expect(read.faults == [ReadFault(record: 1, field: field, text: text, reason: reason)])
    }

    private static let badFields: [(String, String?, String)] = [
        ("Clinic", nil, "The field is missing."), ("District", nil, "The field is missing."),
        ("Doctor Consultation Sessions", nil, "The field is missing."), ("Sunday", nil, "The field is missing."),
        ("Monday", "469.5", "The field is not a string."), ("Monday", "null", "The field is not a string."),
        ("Monday", "\"\"", "The field is empty."), ("Clinic", "\"\"", "The field is empty."),
        ("Clinic", "{}", "The field is not a string."), ("Clinic", "true", "The field is not a string."),
    ]

    @Test("loses a record whose period is no object", arguments: [nil, "null", "\"20250518\"", "[]", "20250518"])
    func noPeriod(json: String?) throws {
        let bad = QuotaText("Period", json: json)
        let text = json?.trimmingCharacters(in: ["\""]) ?? bad.text
        let reason = json == nil ? "The field is missing." : "The field is not a JSON object."
        let faults = try Feed.clinicQuota.quotas(QuotaText.document(bad, QuotaText())).faults
        #expect(faults == [ReadFault(record: 1, field: "Period", text: text, reason: reason)])
    }

    @Test("loses a record whose period has no day", arguments: badDays)
    func badDay(period: String, field: String, text: String, reason: String) throws {
        let faults = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText("Period", json: period))).faults
        #expect(faults == [ReadFault(record: 1, field: field, text: text, reason: reason)])
    }

    private static let badDays =
        badPeriods
        + noDays.map {
            (#"{"from":"20250518","to":"\#($0)"}"#, "to", $0, "The field is not a day as YYYYMMDD.")
        }
    private static let noDays = [
        "20250231", "2025-05-18", "18052025", "2025051", "202505180", "+2025051", "20250518 ", "２０２５", "today",
    ]
    private static let badPeriods = [
        (#"{"to":"20250614"}"#, "from", #"{"to":"20250614"}"#, "The field is missing."),
        (#"{"from":"20250518"}"#, "to", #"{"from":"20250518"}"#, "The field is missing."),
        (#"{"from":20250518,"to":"20250614"}"#, "from", "20250518", "The field is not a string."),
        (#"{"from":"20250518","to":""}"#, "to", "", "The field is empty."),
    ]

    @Test("loses a record whose period ends before it begins")
    func backwards() throws {
        let period = #"{"from":"20250614","to":"20250518"}"#
        let faults = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText("Period", json: period))).faults
        let reason = "The period ends before it begins."
        #expect(faults == [ReadFault(record: 1, field: "Period", text: period, reason: reason)])
    }

    @Test("may have a period of one day")
    func oneDay() throws {
        let period = #"{"from":"20250518","to":"20250518"}"#
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText("Period", json: period)))
        #expect(read.records.first?.from == read.records.first?.to)
    }

    @Test("keeps a record's first and last day as Hong Kong midnights")
    func midnights() throws {
        let record = try #require(Feed.clinicQuota.quotas(QuotaText.document(QuotaText())).records.first)
        #expect(record.from.rfc3339 == "2025-05-18T00:00:00+08:00")
        #expect(record.to.rfc3339 == "2025-06-14T00:00:00+08:00")
    }

    @Test("has the same figures in every language, whatever the words")
    func figures() throws {
        let read = try Feed.clinicQuota.quotas(
            QuotaText.document(QuotaText(), QuotaText(["Clinic": "大圍", "District": "沙田", "Monday": "129.80"])))
        #expect(Set(read.records.map(\.figures)).count == 1)
    }
}
