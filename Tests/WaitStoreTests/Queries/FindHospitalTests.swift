import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("Hospitals found by what people call them")
struct FindHospitalTests {
    static let names = [
        ("QMH", ["QMH"]), ("qmh", ["QMH"]), ("Queen Mary Hospital", ["QMH"]), ("queen mary hospital", ["QMH"]),
        ("瑪麗醫院", ["QMH"]), ("玛丽医院", ["QMH"]), ("St John Hospital", ["SJH"]), ("St. John Hospital", ["SJH"]),
        ("Tin Shui Wai Hospital", ["TSH"]), ("Queen Mary", ["QMH"]), ("queen m", ["QMH"]), ("瑪麗", ["QMH"]),
        ("Queen", ["QEH", "QMH"]), ("Pr", ["PMH", "PWH"]), ("Bradbury Hospice", []), ("Mary", []), ("", []), ("—", []),
        (" ", []), ("%", []),
    ]

    @Test("are known by code, by name in three languages, and by the beginning of one", arguments: names)
    func named(text: String, codes: [String]) throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        #expect(try database.hospitals(named: text) == codes)
    }

    @Test("are known by every code there is")
    func codes() throws {
        let database = try WaitDatabase.inMemory()
        for code in try database.values("SELECT code FROM hospital").compactMap({ $0 }) {
            #expect(try database.hospitals(named: code) == [code])
        }
    }

    @Test("are known by every name there is")
    func everyName() throws {
        let database = try WaitDatabase.inMemory()
        for row in try database.rows("SELECT code, name_en, name_tc, name_sc FROM hospital") {
            for name in row.dropFirst().compactMap({ $0 }) {
                #expect(try database.hospitals(named: name).map(Optional.some) == [row[0]])
            }
        }
    }

    @Test("are known by a name that nobody knew before the feed published it")
    func unknown() throws {
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, ("Caritas Medical Centre", FilledRecord.hospital)))
        #expect(try database.hospitals(named: "lantau harbour") == ["lantau-harbour-hospital"])
    }
}
