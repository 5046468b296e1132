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

    @Test(
        "reads what means no session as none, never as nought, and keeps the text",
        arguments: [
            "N/A", "n/a", " N/A ", "NA", "N.A.", "Ｎ／Ａ", "不適用", "不适用", "沒有應診", "没有应诊", "休診", "休诊", "-", "—", "–", "Nil",
            "No session.",
        ])
    func noSession(text: String) throws {
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText(["Monday": text])))
        #expect(read.records.first?.quotas.first == .some(nil))
        #expect(read.records.first?.quotaTexts.first == text && read.faults == [])
        #expect(!WaitCore.QuotaText.isUnread(text))
    }

    @Test(
        "keeps a text that is not a number without one, and the rest of the record",
        arguments: [
            "1e3", "-5.0", "+5.0", "NaN", "inf", "Infinity", "0x10", "1.2.3", ".5", "1 000", "1,00", "1,0000",
            ",5",
            "about 5", "٥", "N/A?", "1234567890123", " ", "soon", "約 5", "1000000001", "1000000000.1", "999999999999",
            "1,000,000,001",
        ])
    func unread(text: String) throws {
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText(["Friday": text])))
        let record = try #require(read.records.first)
        #expect(record.quotas == [129.8, 129.3, 128.3, 190.8, nil, 111.3, nil] && read.faults == [])
        #expect(record.quotaTexts[4] == text && WaitCore.QuotaText.isUnread(text))
    }

    @Test(
        "reads a day whose quota is missing or other JSON by itself, and the other days as ever",
        arguments: [
            (nil, nil, ""), ("null", nil, "null"), ("\"\"", nil, ""), ("469.5", 469.5, "469.5"), ("469", 469, "469"),
            ("true", nil, "true"), ("[1]", nil, "[1]"), ("{}", nil, "{}"), ("\"1,024.0\"", 1_024, "1,024.0"),
            ("\"４６９.0\"", 469, "４６９.0"), ("\"469.\"", 469, "469."),
        ] as [(String?, Double?, String)])
    func oddDay(json: String?, places: Double?, text: String) throws {
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText("Monday", json: json)))
        let record = try #require(read.records.first)
        #expect(record.quotas == [places, 129.3, 128.3, 190.8, 190.3, 111.3, nil] && read.faults == [])
        #expect(record.quotaTexts[0] == text)
    }

    @Test(
        "keeps a record without district or sessions", arguments: ["District", "Doctor Consultation Sessions"],
        [nil, "null", "\"\""] as [String?])
    func noWords(field: String, json: String?) throws {
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText(field, json: json)))
        let record = try #require(read.records.first)
        #expect((field == "District" ? record.districtName : record.sessionsText) == "" && read.faults == [])
    }

    @Test("loses a record whose clinic is missing or not a string", arguments: badFields)
    func badField(field: String, json: String?, reason: String) throws {
        let bad = QuotaText(field, json: json)
        let read = try Feed.clinicQuota.quotas(QuotaText.document(bad, QuotaText(["Clinic": "B"])))
        let text = json.map { $0 == "\"\"" ? "" : $0 } ?? bad.text
        #expect(read.records.map(\.clinicName) == ["B"])
        #expect(read.faults == [ReadFault(record: 1, field: field, text: text, reason: reason)])
    }

    @Test(
        "loses a record whose period ends more than 92 days after the capture, and that record alone",
        arguments: [
            (20_260_516, 20_260_612, true), (20_260_613, 20_260_813, true), (20_260_801, 20_260_831, true),
            (20_260_801, 20_260_901, false), (20_270_510, 20_270_606, false), (20_620_510, 20_620_606, false),
            (99_990_101, 99_991_231, false), (20_160_101, 20_160_128, true), (19_700_101, 19_700_128, true),
        ])
    func periodAhead(from: Int, to: Int, isTaken: Bool) throws {
        let odd = QuotaText("Period", json: "{\"from\":\"\(from)\",\"to\":\"\(to)\"}")
        let captured = try #require(HongKongMinute(text: "2026-05-31T08:00"))
        let read = try Feed.clinicQuota.quotas(QuotaText.document(odd, QuotaText(["Clinic": "B"])))
            .captured(at: captured)
        #expect(read.records.count == (isTaken ? 2 : 1) && read.records.last?.clinicName == "B")
        let fault = ReadFault(
            record: 1, field: "Period", text: "\(from) to \(to)",
            reason: "The period ends more than 92 days after the capture, so no figures of it can be published.")
        #expect(read.faults == (isTaken ? [] : [fault]))
    }

    private static let badFields: [(String, String?, String)] = [
        ("Clinic", nil, "The field is missing."), ("Clinic", "\"\"", "The field is empty."),
        ("Clinic", "{}", "The field is not a string."), ("Clinic", "true", "The field is not a string."),
        ("Clinic", "null", "The field is not a string."),
    ]

    @Test(
        "reads a day in every spelling that can mean only one",
        arguments: [
            "20250518", "2025-05-18", "2025/05/18", "2025/5/18", "2025.5.18", "18/5/2025", "18-05-2025", " 20250518 ",
            "２０２５０５１８",
            "2025年5月18日",
        ])
    func day(text: String) throws {
        let period = "{\"from\":\"\(text)\",\"to\":20250614}"
        let read = try Feed.clinicQuota.quotas(QuotaText.document(QuotaText("Period", json: period)))
        #expect(read.records.first?.from.dayNumber == 20_250_518 && read.records.first?.to.dayNumber == 20_250_614)
    }

    @Test("that has no quota of any day is another feed's")
    func otherFeed() {
        let fault = Feed.clinicQuota.refusal(of: Data("[{\"Clinic\":\"A\",\"institution_eng\":\"A\"}]"))
        #expect(fault?.reason == "No record has a quota of any weekday, so it is not a document of this feed.")
    }

    @Test("loses a record whose period is no object", arguments: [nil, "null", "\"20250518\"", "[]", "20250518"])
    func noPeriod(json: String?) throws {
        let bad = QuotaText("Period", json: json)
        let text = json?.trimmingCharacters(in: ["\""]) ?? bad.text
        let reason = json == nil ? "The field is missing." : "The field is not one JSON object."
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
        "20250231", "18052025", "2025051", "202505180", "+2025051", "5/6/2025", "2025-18-05", "today", "25-05-18",
        "2025", "",
    ]
    private static let badPeriods = [
        (#"{"to":"20250614"}"#, "Period", #"{"to":"20250614"}"#, "The field from is missing."),
        (#"{"from":"20250518"}"#, "Period", #"{"from":"20250518"}"#, "The field to is missing."),
        (#"{"from":null,"to":"20250614"}"#, "from", "null", "The field is not a day as YYYYMMDD."),
        (#"{"from":2025.5,"to":"20250614"}"#, "from", "2025.5", "The field is not a day as YYYYMMDD."),
        (
            #"{"from":"20250518","to":"20270518"}"#, "Period", #"{"from":"20250518","to":"20270518"}"#,
            "The period is longer than a year."
        ),
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
