import Foundation
import Testing

@testable import WaitCore

@Suite("A record that stands twice")
struct RecordTwiceTests {
    @Test("is a fault of the second alone: a hospital's first stands")
    func hospital() throws {
        let read = try Feed.aeTopWait.waits(
            waits(("A", "Over 1 hour"), ("B", "Over 2 hours"), ("A", "Over 3 hours"), ("C", "Over 4 hours")))
        #expect(read.readings.map(\.record) == [1, 2, 4])
        #expect(read.readings.map(\.texts) == [["Over 1 hour"], ["Over 2 hours"], ["Over 4 hours"]])
        #expect(read.faults == [Self.fault(record: 3, hospital: "A")])
    }

    @Test("is one where both say the same, in whatever words", arguments: ["Over 1 hour", "OVER 1 HOUR", "Over 1 hr."])
    func sameFigures(text: String) throws {
        let read = try Feed.aeTopWait.waits(waits(("A", "Over 1 hour"), ("A", text)))
        #expect(read.readings.map(\.record) == [1])
        #expect(read.faults == [] && read.duplicates == 1)
    }

    @Test("is a fault each time again")
    func thrice() throws {
        let read = try Feed.aeTopWait.waits(waits(("A", "1"), ("A", "2"), ("A", "3")))
        #expect(read.faults == [2, 3].map { Self.fault(record: $0, hospital: "A") })
    }

    @Test(
        "is of one hospital where the names differ only in blanks, case, width or full stops",
        arguments: [
            "ST JOHN HOSPITAL", "St. John Hospital", " St John  Hospital ", "St\u{A0}John Hospital", "Ｓｔ Ｊｏｈｎ Hospital",
            "St John Hospital.", "St-John-Hospital", "St\u{202F}John\u{200B} Hospital",
        ])
    func spelling(name: String) throws {
        let read = try Feed.aeTopWait.waits(waits(("St John Hospital", "Over 1 hour"), (name, "Over 2 hours")))
        #expect(read.readings.map(\.texts) == [["Over 1 hour"]])
        #expect(read.faults == [Self.fault(record: 2, hospital: name)])
    }

    @Test(
        "is of two hospitals where the names are two",
        arguments: [("A", "B"), ("North District", "North"), ("瑪麗", "瑪嘉烈")])
    func two(one: String, other: String) throws {
        #expect(try Feed.aeTopWait.waits(waits((one, "Over 1 hour"), (other, "Over 1 hour"))).readings.count == 2)
    }

    @Test("fills in what the first one has not", arguments: ["", "null", " "])
    func fill(missing: String) throws {
        let read = try Feed.aeTopWait.waits(waits(("A", missing), ("A", "Over 2 hours")))
        #expect(read.readings.map(\.texts) == [["Over 2 hours"]])
        #expect(
            try Feed.aeTopWait.waits(waits(("A", "Over 2 hours"), ("A", missing))).readings.map(\.texts) == [
                ["Over 2 hours"]
            ])
        #expect(read.faults == [])
    }

    @Test("is a fault of the second alone: a clinic's first stands")
    func clinic() throws {
        let read = try Feed.clinicQuota.quotas(
            QuotaText.document(
                QuotaText(["Clinic": "A", "Monday": "1.0"]), QuotaText(["Clinic": "B"]),
                QuotaText(["Clinic": "A", "Monday": "2.0"])))
        #expect(read.records.map(\.record) == [1, 2])
        #expect(read.records.first?.quotas.first == 1)
        #expect(
            read.faults == [
                ReadFault(
                    record: 3, field: "Clinic", text: "A",
                    reason: "The clinic stands twice in this document with different quotas; its first record stands.")
            ])
    }

    @Test("is one where both say the same of a clinic and period, whatever its spelling")
    func sameClinic() throws {
        let read = try Feed.clinicQuota.quotas(
            QuotaText.document(QuotaText(["Clinic": "A B"]), QuotaText(["Clinic": "a  b.", "Monday": "129.80"])))
        #expect(read.records.map(\.record) == [1] && read.faults == [])
    }

    private static func fault(record: Int, hospital: String) -> ReadFault {
        ReadFault(
            record: record, field: "hospName", text: hospital,
            reason: "The hospital stands twice in this document with different figures; its first record stands.")
    }

    private func waits(_ records: (name: String, wait: String)...) -> Data {
        let list = records.map { "{\"hospName\":\"\($0.name)\",\"topWait\":\"\($0.wait)\"}" }
        return Data("{\"waitTime\":[\(list.joined(separator: ","))],\"updateTime\":\"9/3/2020 6:30pm\"}")
    }
}
