import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// The hospital directory's fixture, record by record.
enum DirectoryEdits {
    typealias Record = [String: Any]

    /// A capture of the directory with its records changed.
    static func capture(at time: String = Capture.fixtureTime, _ edit: (inout [Record]) throws -> Void) throws
        -> Capture
    {
        let document = try Feed.hospitalDirectory.document()
        var records = try Feed.hospitalDirectory.json(document, as: [Record].self)
        try edit(&records)
        let bytes = try JSONSerialization.data(withJSONObject: records, options: .sortedKeys)
        return try .of(bytes, .hospitalDirectory, document, at: time)
    }

    static func index(of name: String, in records: [Record]) throws -> Int {
        try #require(records.firstIndex { $0["institution_eng"] as? String == name })
    }

    static func rename(_ name: String, to new: String, chinese: String? = nil, _ records: inout [Record]) throws {
        let index = try index(of: name, in: records)
        records[index]["institution_eng"] = new
        if let chinese { records[index]["institution_tc"] = chinese }
    }
}

@Suite("A name equal to a code is that hospital's")
struct CodeNameTests {
    static let names = ["QMH", "qmh", "Qmh", " QMH ", "ＱＭＨ", "Q.M.H", "QMH.", "QM\u{200B}H"]

    @Test("whatever the case, width, blanks and full stop around it", arguments: names.filter { $0 != "Q.M.H" })
    func published(name: String) throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(AEDocument(at: DailyDocuments.at(1), hospitals: [name]).capture())
        #expect(recorded.newPlaces == [])
        #expect(try database.values("SELECT hospital FROM ae_wait") == ["QMH"])
        #expect(try database.findings() == [])
    }

    @Test("and Queen Mary is found by it ever after", arguments: names)
    func found(name: String) throws {
        let database = try WaitDatabase.holding(AEDocument(at: DailyDocuments.at(1), hospitals: [name]).capture())
        #expect(try database.hospitals(named: "QMH") == ["QMH"])
        #expect(try database.hospitals(named: "qmh") == ["QMH"])
    }

    @Test("but not where the hospital is in the same document")
    func both() throws {
        let database = try WaitDatabase.holding(
            AEDocument(at: DailyDocuments.at(1), hospitals: ["Queen Mary Hospital", "qmh"]).capture())
        #expect(try database.values("SELECT hospital FROM ae_wait ORDER BY 1") == ["QMH", "qmh-2"])
        #expect(try database.hospitals(named: "qmh") == ["QMH"])
        #expect(try database.findings() == [])
    }

    @Test("also in a record where it was made a hospital of its own", arguments: ["QMH", "Qmh", "ＱＭＨ"])
    func madeApart(asked: String) throws {
        let database = try WaitDatabase.inMemory()
        try database.execute(
            """
            INSERT INTO place (kind, code, is_emergency, name_en, name_tc, name_sc)
            VALUES ('hospital', 'qmh', 1, 'QMH', '', '')
            """)
        #expect(try database.hospitals(named: asked) == ["QMH"])
    }

    @Test("and no new code is another's but for its case")
    func codes() throws {
        let database = try WaitDatabase.holding(
            AEDocument(at: DailyDocuments.at(1), hospitals: ["Queen Mary Hospital", "QMH", "qmh!", "Q M H"]).capture())
        let codes = try database.values("SELECT lower(code) FROM place WHERE kind = 'hospital'")
        #expect(Set(codes).count == codes.count)
    }
}

@Suite("A directory that lists one place twice makes one place")
struct TwiceListedTests {
    typealias Records = [DirectoryEdits.Record]

    private static func copy(_ records: inout Records, _ edit: (inout DirectoryEdits.Record) -> Void) throws {
        var copy = records[try DirectoryEdits.index(of: "Bradbury Hospice", in: records)]
        edit(&copy)
        records.append(copy)
    }

    static let cases: [(name: String, edit: @Sendable (inout Records) throws -> Void)] = [
        ("as it is", { try copy(&$0) { _ in } }),
        ("under another address", { try copy(&$0) { $0["address_eng"] = "17 A Kung Kok Shan Road" } }),
        ("in capitals", { try copy(&$0) { $0["institution_eng"] = "BRADBURY HOSPICE" } }),
        ("with a blank behind its name", { try copy(&$0) { $0["institution_eng"] = "Bradbury Hospice " } }),
        ("under a new name too", { try copy(&$0) { $0["institution_eng"] = "Sha Tin Hospice" } }),
        (
            "under new names in all languages",
            {
                try copy(&$0) {
                    ($0["institution_eng"], $0["institution_tc"], $0["institution_sc"]) = (
                        "Sha Tin Hospice", "沙田", "沙田"
                    )
                }
            }
        ),
        (
            "in capitals at other coordinates",
            {
                try copy(&$0) {
                    $0["institution_eng"] = "BRADBURY HOSPICE."
                    $0["longitude"] = 114.2
                }
            }
        ),
        ("at other coordinates", { try copy(&$0) { $0["latitude"] = 22.4 } }),
        (
            "three times",
            {
                try copy(&$0) { _ in }
                try copy(&$0) { _ in }
            }
        ),
    ]

    @Test("however often it is asked", arguments: cases.indices)
    func polls(index: Int) throws {
        let database = try WaitDatabase.inMemory()
        for day in 1...3 {
            try database.record(DirectoryEdits.capture(at: DailyDocuments.at(day)) { try Self.cases[index].edit(&$0) })
            #expect(try database.count("place", where: "kind = 'hospital'") == 43, "\(Self.cases[index].name)")
        }
        #expect(try database.findings() == [])
    }

    @Test("and of those that an earlier version made of one, too")
    func mended() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        try database.execute(
            """
            INSERT INTO place (kind, code, is_emergency, name_en, name_tc, name_sc, cluster_en, cluster_tc, cluster_sc,
                address_en, address_tc, address_sc, latitude, longitude, coordinates_source, attempt_id)
            SELECT kind, code || '-2', is_emergency, name_en, name_tc, name_sc, cluster_en, cluster_tc, cluster_sc,
                address_en, address_tc, address_sc, latitude, longitude, coordinates_source, attempt_id
            FROM place WHERE code IN ('bradbury-hospice', 'QMH')
            """)
        #expect(try database.count("place", where: "kind = 'hospital'") == 45)
        try database.record(.fixture(.hospitalDirectory, at: "2026-11-20T12:00"))
        #expect(try database.count("place", where: "kind = 'hospital'") == 43)
        #expect(try database.count("hospital") == 18)
        #expect(try database.findings() == [])
    }

    @Test("but two that were known apart stay two")
    func apart() throws {
        let database = try WaitDatabase.holding(.fixture(.hospitalDirectory))
        let point = try database.rows("SELECT latitude, longitude FROM place WHERE code = 'bradbury-hospice'")[0]
        try database.record(
            DirectoryEdits.capture(at: "2026-11-20T12:00") { records in
                let index = try DirectoryEdits.index(of: "Queen Mary Hospital", in: records)
                records[index]["latitude"] = Double(try #require(point[0]))
                records[index]["longitude"] = Double(try #require(point[1]))
            })
        #expect(try database.count("place", where: "kind = 'hospital'") == 43)
        #expect(try database.findings() == [])
    }
}

@Suite("A renamed hospital stays one, whichever feed renames first")
struct RenamedHospitalTests {
    private static let (old, new) = ("Queen Mary Hospital", "Sassoon Road Hospital")

    private static func readings(_ days: ClosedRange<Int>, _ name: String, _ language: Language = .en) throws
        -> [Capture]
    {
        try days.map { day in
            let document = AEDocument(at: DailyDocuments.at(day), hospitals: DailyDocuments.base + [name])
            return try document.capture()
        }
    }

    private static func directory(_ name: String, at day: Int) throws -> Capture {
        try DirectoryEdits.capture(at: DailyDocuments.at(day)) { try DirectoryEdits.rename(old, to: name, &$0) }
    }

    static let orders: [(name: String, captures: @Sendable () throws -> [Capture])] = [
        (
            "the directory first",
            { try readings(1...5, old) + [directory(new, at: 5)] + readings(6...10, new) }
        ),
        (
            "the A&E feed first",
            { try readings(1...5, old) + readings(6...10, new) + [directory(new, at: 10)] }
        ),
        (
            "the A&E feed first, its spelling another",
            { try readings(1...5, old) + readings(6...10, "SASSOON ROAD  Hospital.") + [directory(new, at: 10)] }
        ),
        (
            "the A&E feed first, and the archive brings readings under the old name later",
            {
                try readings(3...5, old) + readings(6...10, new) + [directory(new, at: 10)] + readings(1...2, old)
            }
        ),
        (
            "the A&E feed first and back again",
            { try readings(1...4, old) + readings(5...8, new) + readings(9...10, old) + [directory(new, at: 10)] }
        ),
    ]

    @Test("by exact coordinates", arguments: orders.indices)
    func renamed(index: Int) throws {
        let database = try WaitDatabase.inMemory()
        for capture in try Self.orders[index].captures() { try database.record(capture) }
        let name = Self.orders[index].name
        #expect(try database.count("ae_wait", where: "hospital = 'QMH'") == 10, "\(name)")
        #expect(try database.count("place", where: "kind = 'hospital'") == 43, "\(name)")
        #expect(try database.values("SELECT name_en FROM hospital WHERE code = 'QMH'") == [Self.new])
        #expect(try database.expected("QMH", from: "2026-11-01", to: "2026-11-11", now: "2026-11-11") == 960)
        for text in [Self.old, Self.new, "QMH"] { #expect(try database.hospitals(named: text) == ["QMH"]) }
        #expect(try database.findings() == [])
    }

    @Test("a reading that both names have of one moment stands once, the other is a revision where it differs")
    func both() throws {
        let database = try WaitDatabase.holding(
            AEDocument(at: DailyDocuments.at(1), hospitals: [Self.old], fields: ["t3p50": "10 minutes"]).capture(),
            AEDocument(at: DailyDocuments.at(1), hospitals: [Self.new], fields: ["t3p50": "20 minutes"]).capture(),
            AEDocument(at: DailyDocuments.at(2), hospitals: [Self.new], fields: ["t3p50": "30 minutes"]).capture(),
            AEDocument(at: DailyDocuments.at(2), hospitals: [Self.old], fields: ["t3p50": "40 minutes"]).capture(),
            AEDocument(at: DailyDocuments.at(3), hospitals: [Self.old]).capture())
        #expect(try database.count("revision") == 0)
        try database.record(Self.directory(Self.new, at: 4))
        #expect(
            try database.rows("SELECT hospital, t3_p50_minutes FROM ae_wait ORDER BY observed_at") == [
                ["QMH", "10"], ["QMH", "30"], ["QMH", "15"],
            ])
        #expect(
            try database.rows("SELECT kept_text, other_text FROM revision ORDER BY observed_at") == [
                ["10 minutes", "20 minutes"], ["30 minutes", "40 minutes"],
            ])
        #expect(try database.findings() == [])
    }

    @Test("two that stand in one document are two")
    func sideBySide() throws {
        let database = try WaitDatabase.holding(
            AEDocument(at: DailyDocuments.at(1), hospitals: [Self.old, Self.new]).capture())
        try database.record(Self.directory(Self.new, at: 2))
        #expect(try database.values("SELECT hospital FROM ae_wait ORDER BY 1") == ["QMH", "sassoon-road-hospital"])
    }

    @Test("by the settings", arguments: ["Sassoon Road Hospital", "sassoon-road-hospital"])
    func declared(name: String) throws {
        let database = try WaitDatabase.inMemory()
        for capture in try Self.readings(1...5, Self.old) + Self.readings(6...10, Self.new) {
            try database.record(capture)
        }
        let same = SameName(name: name, code: "QMH")
        try database.setSameNames([same])
        let before = try database.contents()
        try database.setSameNames([same])
        #expect(try database.contents() == before)
        #expect(try database.count("ae_wait", where: "hospital = 'QMH'") == 10)
        #expect(try database.count("place", where: "kind = 'hospital'") == 18)
        #expect(try database.findings() == [])
        try database.record(Self.readings(11...11, Self.new)[0])
        #expect(try database.count("ae_wait", where: "hospital = 'QMH'") == 11)
    }

    @Test("by the settings before it is published")
    func declaredBefore() throws {
        let database = try WaitDatabase.inMemory()
        try database.setSameNames([SameName(name: Self.new, code: "qmh")])
        try database.record(Self.readings(1...1, Self.new)[0])
        #expect(try database.count("ae_wait", where: "hospital = 'QMH'") == 1)
        #expect(try database.findings() == [])
    }

    static let refusals = [
        SameName(name: "Ruttonjee Hospital", code: "QMH"), SameName(name: new, code: "XYZ"),
        SameName(name: new, code: "CMC"),
    ]

    @Test("and the settings are refused where that cannot be", arguments: refusals)
    func refused(same: SameName) throws {
        let database = try WaitDatabase.holding(Self.readings(1...1, Self.new)[0])
        let before = try database.contents()
        #expect(throws: StoreError.self) { try database.setSameNames([same]) }
        #expect(try database.contents() == before)
    }

    @Test(
        "and a line of the settings is a name and a code",
        arguments: [
            ("Sassoon Road Hospital = QMH", SameName(name: "Sassoon Road Hospital", code: "QMH")),
            (" A=B = qmh ", SameName(name: "A=B", code: "qmh")), ("沙宣道醫院=QMH", SameName(name: "沙宣道醫院", code: "QMH")),
            ("QMH", nil), ("= QMH", nil), ("Name =", nil), ("", nil),
        ])
    func lines(text: String, same: SameName?) {
        #expect(SameName(text) == same)
    }
}
