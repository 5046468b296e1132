import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("A hospital's name in the A&E feed")
struct HospitalNameTests {
    private static let name = "\"Caritas Medical Centre\""

    @Test(
        "leads to an institution that a directory lists, which is an A&E hospital once eight documents had it",
        arguments: ["Bradbury Hospice", "BRADBURY HOSPICE."], [7, 8])
    func listed(name: String, documents: Int) throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        for day in 1...documents {
            let recorded = try database.record(AEDocument(at: DailyDocuments.at(day), hospitals: [name]).capture())
            #expect(recorded.newPlaces == [])
        }
        #expect(try database.count("ae_wait", where: "hospital = 'bradbury-hospice'") == documents)
        #expect(try database.count("hospital", where: "code = 'bradbury-hospice'") == (documents < 8 ? 0 : 1))
        #expect(try database.findings() == [])
    }

    @Test("leads to a hospital of the same name but for case and punctuation")
    func spelling() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, (Self.name, "\"CARITAS Medical-Centre\"")))
        #expect(try database.count("ae_wait", where: "hospital = 'CMC'") == 1)
    }

    @Test("is the same as another in the document that is the same but for punctuation: the second record is told")
    func twice() throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(
            .edited(.aeWait, .en, (Self.name, "\"Alice Ho Miu Ling Nethersole Hospital.\"")))
        #expect(recorded.added == 17 && recorded.newPlaces == [] && recorded.outcome == .partial)
        #expect(recorded.faults.map(\.field) == ["hospName"])
        #expect(try database.count("revision") == 0)
        #expect(try database.findings() == [])
    }

    @Test("is one new hospital for two that are not known and that are the same but for punctuation")
    func newTwice() throws {
        let database = try WaitDatabase.holding(
            .edited(
                .aeWait, .en, (Self.name, "\"Lantau Hospital\""),
                ("\"Alice Ho Miu Ling Nethersole Hospital\"", "\"Lantau-Hospital\"")))
        #expect(try database.count("place", where: "kind = 'hospital' AND latitude IS NULL") == 1)
        #expect(try database.count("ae_wait") == 17)
    }

    @Test("without a letter or digit is a hospital of its own", arguments: ["***", "..."])
    func nameless(other: String) throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, (Self.name, "\"###\"")))
        try database.record(
            .edited(.aeWait, .en, (Self.name, "\"\(other)\""), ("14/11/2026 9:15AM", "14/11/2026 9:30AM")))
        try database.record(
            .edited(.aeWait, .en, (Self.name, "\"###\""), ("14/11/2026 9:15AM", "14/11/2026 9:45AM")))
        let stored = try database.rows(
            "SELECT code, count(*) FROM ae_wait JOIN place ON code = hospital WHERE latitude IS NULL GROUP BY 1")
        #expect(stored == [["unnamed", "2"], ["unnamed-2", "1"]])
        #expect(try database.findings() == [])
    }

    @Test("is news although the figures are known, and stays so when the document is read again")
    func news() throws {
        let name = ("\"明愛醫院\"", "\"明愛醫院。\"")
        let database = try WaitDatabase.holding(.fixture(.aeWait, .en))
        let recorded = try database.record(.edited(.aeWait, .tc, name))
        #expect(recorded.outcome == .new && recorded.added == 0)
        #expect(try database.record(.edited(.aeWait, .tc, name)).outcome == .duplicate)
        #expect(try database.findings() == [])
    }

    @Test("that nobody knew gets its coordinates from the directory that lists it later")
    func listedLater() throws {
        let database = try WaitDatabase.holding(.edited(.aeWait, .en, (Self.name, "\"Bradbury Hospice\"")))
        try database.record(.fixture(.hospitalDirectory))
        #expect(
            try database.rows("SELECT code, latitude FROM hospital WHERE name_en = 'Bradbury Hospice'") == [
                ["bradbury-hospice", "22.398512"]
            ])
        #expect(try database.findings() == [])
    }
}
