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

    @Test("is a fault also where both say the same")
    func sameFigures() throws {
        let read = try Feed.aeTopWait.waits(waits(("A", "Over 1 hour"), ("A", "Over 1 hour")))
        #expect(read.readings.map(\.record) == [1])
        #expect(read.faults == [Self.fault(record: 2, hospital: "A")])
    }

    @Test("is a fault each time again")
    func thrice() throws {
        let read = try Feed.aeTopWait.waits(waits(("A", "1"), ("A", "2"), ("A", "3")))
        #expect(read.faults == [2, 3].map { Self.fault(record: $0, hospital: "A") })
    }

    @Test("is another hospital's where the name differs by a letter's case")
    func verbatim() throws {
        let read = try Feed.aeTopWait.waits(waits(("St John Hospital", "1"), ("ST JOHN HOSPITAL", "2")))
        #expect(read.readings.count == 2)
    }

    @Test("stands where the first one could not be read")
    func firstIsBad() throws {
        let read = try Feed.aeTopWait.waits(waits(("A", ""), ("A", "Over 2 hours")))
        #expect(read.readings.map(\.record) == [2])
        #expect(read.faults == [ReadFault(record: 1, field: "topWait", text: "", reason: "The field is empty.")])
    }

    @Test("says first what is wrong with itself")
    func secondIsBad() throws {
        let read = try Feed.aeTopWait.waits(waits(("A", "Over 2 hours"), ("A", "")))
        #expect(read.faults == [ReadFault(record: 2, field: "topWait", text: "", reason: "The field is empty.")])
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
                    reason: "The clinic stands twice in this document; its first record stands.")
            ])
    }

    private static func fault(record: Int, hospital: String) -> ReadFault {
        ReadFault(
            record: record, field: "hospName", text: hospital,
            reason: "The hospital stands twice in this document; its first record stands.")
    }

    private func waits(_ records: (name: String, wait: String)...) -> Data {
        let list = records.map { "{\"hospName\":\"\($0.name)\",\"topWait\":\"\($0.wait)\"}" }
        return Data("{\"waitTime\":[\(list.joined(separator: ","))],\"updateTime\":\"9/3/2020 6:30pm\"}")
    }
}
