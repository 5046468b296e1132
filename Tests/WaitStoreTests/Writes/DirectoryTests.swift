import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// A directory's records, for answers worked out independently.
struct DirectoryRecord {
    let name: Trilingual
    let coordinates: [String]
    let isEmergency: Bool

    static func all(_ feed: Feed, file: String) throws -> [DirectoryRecord] {
        try feed.json(feed.document(file: file), as: [[String: Any]].self).map { json in
            let texts = json.compactMapValues { $0 as? String }
            return DirectoryRecord(
                name: Trilingual(
                    en: texts["institution_eng"] ?? "", tc: texts["institution_tc"] ?? "",
                    sc: texts["institution_sc"] ?? ""),
                coordinates: ["latitude", "longitude"].map { "\(json[$0] as? Double ?? 0)" },
                isEmergency: texts["with_AE_service_eng"] == "Yes")
        }
    }

    var names: [String] { [name.en, name.tc, name.sc] }
}

@Suite("The hospital and specialist directories")
struct DirectoryTests {
    @Test("put the 18 A&E hospitals where they officially are")
    func hospitals() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        let official = try DirectoryRecord.all(.hospitalDirectory, file: "facility-hosp.json")
            .filter(\.isEmergency).map { [$0.name.en] + $0.coordinates }
        let stored = try database.rows("SELECT name_en, latitude, longitude FROM hospital")
        #expect(Set(stored.map { $0.compactMap { $0 } }) == Set(official))
    }

    @Test("say of every coordinate which document it is from")
    func source() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        #expect(
            try database.values("SELECT DISTINCT coordinates_source FROM hospital") == [
                "https://www.ha.org.hk/opendata/facility-hosp.json (2026-11-14)"
            ])
    }

    @Test("leave the hospitals' codes as they are")
    func codes() throws {
        let shipped = try WaitDatabase.inMemory().values("SELECT code FROM hospital")
        #expect(try WaitDatabase.holding(.fixture(.hospitalDirectory)).values("SELECT code FROM hospital") == shipped)
    }

    @Test(
        "fill the view facility with their kinds",
        arguments: [("A&E hospital", 18), ("institution", 25), ("specialist clinic", 49)])
    func facilities(kind: String, count: Int) throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory), .fixture(.specialistDirectory))
        #expect(try database.count("facility", where: "kind = '\(kind)'") == count)
    }

    @Test("do not mix kinds of places that share their coordinates")
    func kinds() throws {
        let database = try WaitDatabase.holding(
            .fixture(.hospitalDirectory), .fixture(.specialistDirectory),
            .fixture(.clinicDirectory, file: "facility-fmc.json"))
        #expect(
            try database.rows("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind") == [
                ["clinic", "75"], ["hospital", "43"], ["specialist", "49"],
            ])
    }

    @Test("do not overwrite what a newer capture said")
    func older() throws {
        let database = try WaitDatabase.holding(
            .edited(.hospitalDirectory, at: "2026-11-20T12:00", ("11 Chuen On Road", "12 Chuen On Road")))
        try database.record(.fixture(.hospitalDirectory))
        #expect(
            try database.value("SELECT address_en FROM hospital WHERE code = 'AHN'") == "12 Chuen On Road, Tai Po, NT")
    }

    @Test("overwrite what an older capture said")
    func newer() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        let recorded = try database.record(
            .edited(.hospitalDirectory, at: "2026-11-20T12:00", ("11 Chuen On Road", "12 Chuen On Road")))
        #expect(recorded.outcome == .new && recorded.added == 1)
        #expect(
            try database.rows("SELECT address_en, coordinates_source FROM hospital WHERE code = 'AHN'") == [
                ["12 Chuen On Road, Tai Po, NT", "https://www.ha.org.hk/opendata/facility-hosp.json (2026-11-20)"]
            ])
    }

    @Test("rename a place at the same coordinates without making it another")
    func renamed() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        try database.record(
            .edited(
                .hospitalDirectory, at: "2026-11-20T12:00",
                ("\"Alice Ho Miu Ling Nethersole Hospital\"", "\"Tai Po Memorial Hospital\"")))
        #expect(try database.value("SELECT name_en FROM hospital WHERE code = 'AHN'") == "Tai Po Memorial Hospital")
        #expect(try database.count("place", where: "kind = 'hospital'") == 43)
    }

    @Test("move a place of the same name without making it another")
    func moved() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        try database.record(
            .edited(.hospitalDirectory, at: "2026-11-20T12:00", ("\"latitude\": 22.458696", "\"latitude\": 22.458001")))
        #expect(try database.value("SELECT latitude FROM hospital WHERE code = 'AHN'") == "22.458001")
        #expect(try database.count("place", where: "kind = 'hospital'") == 43)
    }

    @Test("let a new place in under a slug of its name")
    func new() throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(.fixture(.specialistDirectory))
        #expect(recorded.added == 49)
        #expect(
            try database.value(
                "SELECT id FROM facility WHERE kind = 'specialist clinic' AND name_en = 'Caritas Medical Centre'")
                == "caritas-medical-centre")
    }

    @Test("lose no place that they no longer list")
    func gone() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory), .fixture(.specialistDirectory))
        let before = try database.rows("SELECT * FROM facility")
        for feed in [Feed.hospitalDirectory, .specialistDirectory] {
            let document = try feed.document()
            let first = try feed.json(document, as: [Any].self)[0]
            let bytes = try JSONSerialization.data(withJSONObject: [first])
            try database.record(.of(bytes, feed, document, at: "2026-11-14T10:00"))
        }
        #expect(try database.rows("SELECT * FROM facility") == before)
    }

    @Test("take a name without letters for no other's")
    func nameless() throws {
        let database = try WaitDatabase.holding(
            .edited(.aeWait, .en, ("\"Caritas Medical Centre\"", "\"###\"")))
        try database.record(
            .edited(.hospitalDirectory, nil, ("\"Bradbury Hospice\"", "\"***\"")))
        #expect(try database.values("SELECT latitude FROM place WHERE code = 'unnamed'") == [nil])
        #expect(try database.findings() == [])
    }

    @Test("quarantine a record that cannot be read alone")
    func partial() throws {
        let recorded = try WaitDatabase.inMemory().record(
            .edited(.hospitalDirectory, nil, ("\"latitude\": 22.458696", "\"latitude\": 51.5")))
        #expect(recorded.outcome == .partial && recorded.added == 42)
        #expect(recorded.faults.map(\.field) == ["latitude"])
    }
}

@Suite("The clinic directory's two documents")
struct ClinicDirectoryTests {
    private static let orders = [
        ["facility-gop.json", "facility-fmc.json"], ["facility-fmc.json", "facility-gop.json"], ["facility-fmc.json"],
        ["facility-gop.json"],
    ]

    private static func database(_ files: [String]) throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        for file in files { try database.record(.fixture(.clinicDirectory, file: file)) }
        return database
    }

    @Test("list the 75 clinics that ship and no other", arguments: orders)
    func identity(files: [String]) throws {
        let shipped = try WaitDatabase.inMemory().values("SELECT id FROM clinic")
        #expect(shipped.count == 75)
        #expect(try Self.database(files).values("SELECT id FROM clinic") == shipped)
    }

    @Test("lead from every name to the place at those coordinates", arguments: orders)
    func names(files: [String]) throws {
        let database = try Self.database(files)
        for record in try files.flatMap({ try DirectoryRecord.all(.clinicDirectory, file: $0) }) {
            for name in record.names {
                let stored = try database.rows(
                    """
                    SELECT latitude, longitude FROM place_name JOIN place ON place.id = place_id
                    WHERE place_name.kind = 'clinic' AND place_name.text = ?
                    """, [name])
                #expect(stored == [record.coordinates])
            }
        }
    }

    @Test("give the successor's names where both answer, whichever comes first", arguments: orders.prefix(3))
    func successor(files: [String]) throws {
        let names = try DirectoryRecord.all(.clinicDirectory, file: "facility-fmc.json").map(\.name.en)
        #expect(try Set(Self.database(files).values("SELECT name_en FROM clinic")) == Set(names))
    }

    @Test("give the old names where only the old one answers")
    func predecessor() throws {
        let database = try Self.database(["facility-gop.json"])
        let names = try DirectoryRecord.all(.clinicDirectory, file: "facility-gop.json").map(\.name.en)
        let stored = try database.values(
            "SELECT name_en FROM clinic WHERE coordinates_source LIKE '%gop.json (2026-11-14)'")
        #expect(Set(stored) == Set(names) && stored.count == 74)
    }

    @Test("are news by a name that only the old one has, once")
    func news() throws {
        let document = try Feed.clinicDirectory.document(file: "facility-gop.json")
        let old = try Capture.of(
            Feed.clinicDirectory.fixture(document).replacing([
                ("Aberdeen Jockey Club General Out-patient Clinic", "Aberdeen Jockey Club G.O.P. Department")
            ]), .clinicDirectory, document)
        let database = try Self.database(["facility-fmc.json"])
        #expect(try [old, old].map { try database.record($0).outcome } == [.new, .duplicate])
        #expect(try database.findings() == [])
    }

    @Test("name the document that each coordinate is from")
    func source() throws {
        let sources = try Self.database(["facility-gop.json", "facility-fmc.json"]).values(
            "SELECT DISTINCT coordinates_source FROM clinic")
        #expect(sources == ["https://www.ha.org.hk/opendata/facility-fmc.json (2026-11-14)"])
    }
}
