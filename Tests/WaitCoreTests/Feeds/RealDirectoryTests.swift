import Foundation
import TestSupport
import Testing

@testable import WaitCore

@Suite("Real directories", .enabled(if: Documents.hasReal, "the real captures are not beside this project"))
struct RealDirectoryTests {
    @Test("every row is read and none is faulty", arguments: RealDirectory.all)
    func whole(_ directory: RealDirectory) throws {
        let document = try directory.document()
        #expect(document.places.map(\.record) == Array(1...directory.rows))
        #expect(document.faults == [])
    }

    @Test("every name, cluster and address is kept verbatim in three languages", arguments: RealDirectory.all)
    func verbatim(_ directory: RealDirectory) throws {
        for (place, record) in zip(try directory.document().places, try records(in: real(directory.file))) {
            let texts = ["institution": place.name, "cluster": place.cluster, "address": place.address]
            let kept = texts.reduce(into: [String: String]()) { kept, field in
                kept["\(field.key)_eng"] = field.value.en
                kept["\(field.key)_tc"] = field.value.tc
                kept["\(field.key)_sc"] = field.value.sc
            }
            let published = record.compactMapValues { $0 as? String }.filter { !$0.key.hasPrefix("with_AE_service") }
            #expect(kept == published)
        }
    }

    @Test("every coordinate is the published number", arguments: RealDirectory.all)
    func coordinates(_ directory: RealDirectory) throws {
        for (place, record) in zip(try directory.document().places, try records(in: real(directory.file))) {
            #expect(place.coordinates?.latitude == record["latitude"] as? Double)
            #expect(place.coordinates?.longitude == record["longitude"] as? Double)
        }
    }

    @Test("A&E service is what the hospital directory says, and nothing where a directory does not say")
    func emergency() throws {
        for directory in RealDirectory.all {
            let places = try directory.document().places
            let published = try records(in: real(directory.file)).map { $0["with_AE_service_eng"] as? String }
            #expect(places.map(\.hasEmergency) == published.map { $0.map { $0 == "Yes" } })
        }
    }

    @Test("18 of the 43 institutions have an A&E department")
    func emergencyCount() throws {
        #expect(try RealDirectory.hospitals.document().places.count { $0.hasEmergency == true } == 18)
    }

    @Test("every place is of its directory's kind", arguments: RealDirectory.all)
    func kinds(_ directory: RealDirectory) throws {
        #expect(Set(try directory.document().places.map(\.kind)) == [directory.kind])
    }

    @Test("the clinics' quota document is read whole")
    func quotas() throws {
        let document = try Feed.clinicQuota.quotas(real("g0_9uo7a_p-en.2025-05-18.two-records.json"), in: .en)
        #expect(document.records.map(\.record) == [1, 2])
        #expect(document.faults == [])
    }

    @Test("every quota is the document's text as a number, N/A is none")
    func quotaFigures() throws {
        let bytes = try real("g0_9uo7a_p-en.2025-05-18.two-records.json")
        for (quota, record) in zip(try Feed.clinicQuota.quotas(bytes, in: .en).records, try records(in: bytes)) {
            let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
            #expect(quota.quotas == days.map { (record[$0] as? String).flatMap(Double.init) })
            #expect(quota.clinicName == record["Clinic"] as? String)
            #expect(quota.districtName == record["District"] as? String)
            #expect(quota.sessionsText == record["Doctor Consultation Sessions"] as? String)
        }
    }

    @Test("the quotas' period is 18 May to 14 June 2025, a Sunday to a Saturday")
    func quotaPeriod() throws {
        let records = try Feed.clinicQuota.quotas(real("g0_9uo7a_p-en.2025-05-18.two-records.json"), in: .en).records
        #expect(Set(records.map(\.from.dayText)) == ["2025-05-18"])
        #expect(Set(records.map(\.to.dayText)) == ["2025-06-14"])
    }
}

/// A real directory document and how many rows it has.
struct RealDirectory: Sendable, CustomTestStringConvertible {
    let file: String
    let kind: PlaceKind
    let rows: Int

    var testDescription: String { file }

    static let hospitals = RealDirectory(file: "facility-hosp.2025-01.json", kind: .hospital, rows: 43)
    static let clinics2025 = RealDirectory(file: "facility-gop.2025-01.json", kind: .clinic, rows: 74)
    static let clinics2026 = RealDirectory(file: "facility-fmc.2026-01.json", kind: .clinic, rows: 75)
    static let specialists = RealDirectory(file: "facility-sop.2025-01.json", kind: .specialist, rows: 49)
    static let all = [hospitals, clinics2025, clinics2026, specialists]

    func document() throws -> DirectoryDocument {
        let feed: Feed =
            switch kind {
            case .hospital: .hospitalDirectory
            case .clinic: .clinicDirectory
            case .specialist: .specialistDirectory
            }
        return try feed.places(real(file))
    }

    /// Each row's point as text, past our own reader.
    func points() throws -> [String] {
        try records(in: real(file)).map { "\($0["latitude"] ?? "") \($0["longitude"] ?? "")" }
    }
}
