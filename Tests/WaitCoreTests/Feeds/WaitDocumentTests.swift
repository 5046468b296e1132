import Foundation
import Testing

@testable import WaitCore

@Suite("An A&E document")
struct WaitDocumentTests {
    @Test("keeps every text as published, white space and unknown words too")
    func verbatim() throws {
        let bytes = document(#"{"hospName":" St John  Hospital ","topWait":"Soon, perhaps "}"#)
        let readings = try Feed.aeTopWait.waits(bytes).readings
        #expect(readings.map(\.hospitalName) == [" St John  Hospital "])
        #expect(readings.map(\.texts) == [["Soon, perhaps "]])
    }

    @Test("orders the texts of a record by the feed's figures, not by the document")
    func order() throws {
        let record =
            #"{"t45p95":"8","t45p50":"7","t3p95":"6","t3p50":"5","manageT2case":"4","t2wt":"3","manageT1case":"2","#
            + #""t1wt":"1","hospName":"A"}"#
        let texts = try #require(Feed.aeWait.waits(document(record)).readings.first).texts
        #expect(texts == ["1", "3", "5", "6", "7", "8", "2", "4"])
    }

    @Test("is read with keys that nobody knows yet")
    func unknownKeys() throws {
        let bytes = document(#"{"hospName":"A","topWait":"Over 1 hour","t6":"new"}"#)
        #expect(try Feed.aeTopWait.waits(bytes).readings.count == 1)
    }

    @Test("loses a record without a hospital's name and keeps the others", arguments: badFields)
    func badField(record: String, field: String, text: String, reason: String) throws {
        let good = #"{"hospName":"A","topWait":"Over 1 hour"}"#
        let last = #"{"hospName":"C","topWait":"Over 2 hours"}"#
        let read = try Feed.aeTopWait.waits(document(good, record, last))
        #expect(read.readings.map(\.record) == [1, 3])
        #expect(read.faults == [ReadFault(record: 2, field: field, text: text, reason: reason)])
    }

    private static let badFields = [
        (#"{"topWait":"Over 1 hour"}"#, "hospName", #"{"topWait":"Over 1 hour"}"#, "The field is missing."),
        (#"{}"#, "hospName", "{}", "The field is missing."),
        (#"{"hospName":7,"topWait":"Over 1 hour"}"#, "hospName", "7", "The field is not a string."),
        (#"{"hospName":null,"topWait":"Over 1 hour"}"#, "hospName", "null", "The field is not a string."),
        (#"{"hospName":"","topWait":"Over 1 hour"}"#, "hospName", "", "The field is empty."),
        (#"{"hospName":" \u3000","topWait":"Over 1 hour"}"#, "hospName", " \u{3000}", "The field is empty."),
        (
            "{\"hospName\":\"\(String(repeating: "院", count: 167))\",\"topWait\":\"Over 1 hour\"}", "hospName",
            String(repeating: "院", count: 167), "The field is longer than 500 bytes."
        ),
        (#"{"hospName":"B\u0000","topWait":"Over 1 hour"}"#, "hospName", "B\0", "The field holds a NUL character."),
        (
            #"{"hospName":"B","topWait":"Over 1 hour","hospName":"D"}"#, "hospName", "B",
            "The key stands twice with different values, so it is not known whose record this is."
        ),
    ]

    @Test("loses a record that is no object and keeps the others", arguments: ["null", "12", "true", "[]", #"["A"]"#])
    func noObject(record: String) throws {
        let read = try Feed.aeTopWait.waits(document(record, #"{"hospName":"B","topWait":"Over 1 hour"}"#))
        #expect(read.readings.map(\.hospitalName) == ["B"])
        #expect(read.faults == [ReadFault(record: 1, text: record, reason: "The record is not a JSON object.")])
    }

    @Test("reads a field of 500 bytes")
    func longest() throws {
        let text = String(repeating: "x", count: 500)
        let read = try Feed.aeTopWait.waits(document("{\"hospName\":\"B\",\"topWait\":\"\(text)\"}"))
        #expect(read.readings.map(\.texts) == [[text]])
    }

    @Test("has faults only, and no reading, where every record is bad")
    func onlyFaults() throws {
        let read = try Feed.aeTopWait.waits(document("1", "2"))
        #expect(read.readings == [])
        #expect(read.faults.map(\.record) == [1, 2])
    }

    @Test("is refused whole where its update time cannot be read", arguments: badTimes)
    func badTime(updateTime: String?, text: String) {
        let member = updateTime.map { ",\"updateTime\":\($0)" } ?? ""
        let bytes = Data("{\"waitTime\":[{\"hospName\":\"A\",\"topWait\":\"Over 1 hour\"}]\(member)}")
        let reason = "The update time cannot be read, so no reading of this document has a time."
        #expect(Feed.aeTopWait.refusal(of: bytes) == ReadFault(field: "updateTime", text: text, reason: reason))
    }

    private static let badTimes: [(String?, String)] = [
        (nil, ""), ("null", "null"), ("1584000000", "1584000000"), ("true", "true"), (#"{"at":1}"#, #"{"at":1}"#),
        (#""""#, ""), (#""now""#, "now"), (#""31/2/2020 6:30pm""#, "31/2/2020 6:30pm"),
    ]

    @Test("is refused whole where its list of hospitals is none", arguments: badLists)
    func badList(list: String?, text: String) {
        let member = list.map { ",\"waitTime\":\($0)" } ?? ""
        let bytes = Data("{\"updateTime\":\"9/3/2020 6:30pm\"\(member)}")
        let fault = ReadFault(field: "waitTime", text: text, reason: "There is no list of hospitals.")
        #expect(Feed.aeTopWait.refusal(of: bytes) == fault)
    }

    private static let badLists: [(String?, String)] = [
        (nil, ""), ("[]", "[]"), ("{}", "{}"), ("null", "null"), (#""none""#, "none"), ("18", "18"),
    ]

    @Test("that has none of the feed's figures is another feed's document")
    func otherFeed() throws {
        let fault = Feed.aeWait.refusal(of: document(#"{"hospName":"A","topWait":"Over 1 hour"}"#))
        #expect(fault?.reason == "No record has any of this feed's figures, so it is not a document of this feed.")
    }

    @Test("of more hospitals than a city has is not a document of the feed")
    func tooMany() throws {
        let records = (0...500).map { "{\"hospName\":\"H\($0)\",\"topWait\":\"Over 1 hour\"}" }.joined(separator: ",")
        let bytes = Data("{\"waitTime\":[\(records)],\"updateTime\":\"9/3/2020 6:30pm\"}")
        let reason = "The document has more than 500 records, so it is not a document of this feed."
        #expect(Feed.aeTopWait.refusal(of: bytes) == ReadFault(text: "501", reason: reason))
    }

    private func document(_ records: String...) -> Data {
        Data("{\"waitTime\":[\(records.joined(separator: ","))],\"updateTime\":\"9/3/2020 6:30pm\"}")
    }
}
