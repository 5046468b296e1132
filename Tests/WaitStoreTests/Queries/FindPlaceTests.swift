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
        ("Queen", ["QEH", "QMH"]), ("Pr", ["PMH", "PWH"]), ("Bradbury Hospice", []), ("Mary", ["QMH"]),
        ("Eastern", ["PYN"]), ("ry", []), ("", []), ("—", []),
        (" ", []), ("%", []),
    ]

    @Test(
        "are known by a part of an address where no name says it, and only where that is asked for",
        arguments: [
            ("Cheung Chau", ["SJH"]), ("cheung  chau", ["SJH"]), ("東灣", ["SJH"]), ("长洲东湾", ["SJH"]),
            ("Pokfulam", ["QMH"]), ("Sheung Shui", ["NDH"]), ("Shatin", ["PWH"]),
            // A short word stands in too many.
            ("Lane", []),
        ])
    func address(text: String, codes: [String]) throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        #expect(try database.hospitals(named: text, byAddress: true) == codes)
        #expect(try database.hospitals(named: text) == [])
    }

    @Test(
        "are known by code, by name in three languages, by the beginning of one, and by a part of three letters",
        arguments: names)
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

@Suite("Clinics found by what people call them")
struct FindClinicTests {
    static let names = [
        ("lek-yuen-family-medicine-clinic", ["lek-yuen-family-medicine-clinic"]),
        ("LEK YUEN FMC", ["lek-yuen-family-medicine-clinic"]), ("lek yuen", ["lek-yuen-family-medicine-clinic"]),
        ("瀝源家庭醫學診所", ["lek-yuen-family-medicine-clinic"]), ("沥源", ["lek-yuen-family-medicine-clinic"]),
        ("Lek Yuen General Out-patient Clinic", ["lek-yuen-family-medicine-clinic"]),
        ("Tuen Mun", ["tuen-mun-family-medicine-clinic"]),
        ("Tuen Mun W", ["tuen-mun-wu-hong-family-medicine-clinic"]), ("QMH", []), ("Queen Mary Hospital", []), ("", []),
        ("%", []),
    ]

    @Test("are known by id, by name in three languages, and by the beginning of one", arguments: names)
    func named(text: String, ids: [String]) throws {
        #expect(try WaitDatabase.inMemory().clinics(named: text) == ids)
    }

    @Test("are known by the name of a quota document that nobody knew before")
    func unknown() throws {
        let database = try WaitDatabase.holding(QuotaSample.capture(.en, QuotaSample.record("KAI TAK FMC", "30.0")))
        #expect(try database.clinics(named: "kai tak") == ["kai-tak-fmc"])
    }
}

@Suite("Districts found by what people call them")
struct FindDistrictTests {
    static let names = [
        ("Sha Tin", ["Sha Tin"]), ("sha tin", ["Sha Tin"]), ("Shatin", ["Sha Tin"]), ("沙田區", ["Sha Tin"]),
        ("沙田", ["Sha Tin"]), ("沙田区", ["Sha Tin"]), ("sha-tin", ["Sha Tin"]),
        ("Central & Western", ["Central and Western"]), ("yau", ["Yau Tsim Mong"]),
        ("Kw", ["Kwai Tsing", "Kwun Tong"]), ("Atlantis", []), ("", []), ("—", []), ("%", []),
    ]

    @Test("are known by name in three languages, as feeds spell them, and by the beginning", arguments: names)
    func named(text: String, districts: [String]) throws {
        let database = try WaitDatabase.holding(.fixture(.clinicQuota, .tc))
        #expect(try database.districts(named: text).map(\.en) == districts)
    }

    @Test("are known by a name that only the feed knows")
    func unknown() throws {
        let record = QuotaSample.record("新的診所", "30.0", district: "新市鎮")
        let database = try WaitDatabase.holding(QuotaSample.capture(.tc, record))
        #expect(try database.districts(named: "新市鎮") == [Trilingual(tc: "新市鎮")])
    }
}
