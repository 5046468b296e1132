import Foundation
import TestSupport
import Testing
import WaitCore

@testable import WaitStore

/// Quota documents made for a test.
enum QuotaSample {
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// A record of one clinic; the quotas of the other days are 40, 50, 60, 70 and none.
    static func record(
        _ clinic: String, _ monday: String, district: String = "Shatin", sessions: String = "Mon to Fri",
        period: (String, String) = ("20261011", "20261107")
    ) -> [String: Any] {
        var record: [String: Any] = [
            "Period": ["from": period.0, "to": period.1], "District": district, "Clinic": clinic,
            "Doctor Consultation Sessions": sessions,
        ]
        for (weekday, quota) in zip(weekdays, [monday, "40.0", "50.0", "60.0", "70.0", "N/A", "N/A"]) {
            record[weekday] = quota
        }
        return record
    }

    static func capture(_ language: Language, _ records: [String: Any]...) throws -> Capture {
        let bytes = try JSONSerialization.data(withJSONObject: records, options: .sortedKeys)
        return try .of(bytes, .clinicQuota, Feed.clinicQuota.document(language))
    }
}

@Suite("The clinics' quotas")
struct QuotaTests {
    private static let orders: [[Language]] = [
        [.tc, .en], [.en, .tc], [.sc, .en], [.en, .sc], [.en, .tc, .sc], [.tc, .sc, .en],
    ]

    private static func database(_ languages: [Language]) throws -> WaitDatabase {
        let database = try WaitDatabase.inMemory()
        for language in languages { try database.record(.fixture(.clinicQuota, language)) }
        return database
    }

    private static func records(_ language: Language) throws -> [[String: Any]] {
        try Feed.clinicQuota.json(Feed.clinicQuota.document(language))
    }

    @Test("are seven rows for each of the 74 clinics, whichever language comes first", arguments: orders)
    func rows(languages: [Language]) throws {
        let database = try Self.database(languages)
        #expect(try database.count("clinic_quota") == 518)
        #expect(try database.value("SELECT count(DISTINCT clinic) FROM clinic_quota") == "74")
    }

    @Test("leave no clinic unplaced", arguments: orders)
    func placed(languages: [Language]) throws {
        let database = try Self.database(languages)
        #expect(try database.count("clinic", where: "latitude IS NULL") == 0)
        #expect(try database.count("clinic") == 75)
    }

    @Test("make no revision where the languages say the same", arguments: orders)
    func noRevision(languages: [Language]) throws {
        #expect(try Self.database(languages).count("revision") == 0)
    }

    @Test("are the figures published for the clinic of that name", arguments: orders.prefix(2))
    func figures(languages: [Language]) throws {
        let database = try Self.database(languages)
        for record in try Self.records(.tc) {
            let clinic = try #require(record["Clinic"] as? String)
            let stored = try database.values(
                """
                SELECT quota FROM clinic_quota JOIN clinic ON clinic.id = clinic
                WHERE clinic.name_tc = ? ORDER BY weekday
                """, [clinic])
            #expect(
                stored.map { $0.flatMap(Double.init) }
                    == QuotaSample.weekdays.map { Double(record[$0] as? String ?? "") })
        }
    }

    @Test("show the sessions in English where they are known in it", arguments: orders)
    func sessions(languages: [Language]) throws {
        let english = try Set(Self.records(.en).compactMap { $0["Doctor Consultation Sessions"] as? String })
        #expect(
            try Set(Self.database(languages).values("SELECT sessions_text FROM clinic_quota").compactMap { $0 })
                == english)
    }

    @Test("are NULL on days without a session")
    func noSession() throws {
        let expected = try Self.records(.tc).flatMap { record in
            QuotaSample.weekdays.filter { record[$0] as? String == "N/A" }
        }
        #expect(try Self.database([.tc]).count("clinic_quota", where: "quota IS NULL") == expected.count)
    }

    @Test("of unknown names are stored and reported")
    func unplaced() throws {
        let database = try WaitDatabase.inMemory()
        let recorded = try database.record(.fixture(.clinicQuota, .en))
        let unplaced = try database.values("SELECT name_en FROM clinic WHERE latitude IS NULL")
        #expect(!unplaced.isEmpty && Set(unplaced) == Set(recorded.newPlaces))
        #expect(try database.count("clinic_quota") == 518)
    }

    @Test("give each clinic its district in three languages", arguments: Language.allCases)
    func district(language: Language) throws {
        let database = try Self.database([language])
        let districts = try database.rows(
            """
            SELECT district_en, district_tc, district_sc, count(*) FROM clinic WHERE district_en LIKE 'Sha%Tin'
            GROUP BY 1, 2, 3
            """)
        #expect(districts == [["Sha Tin", "沙田區", "沙田区", "4"]])
    }

    @Test("put clinics in all 18 districts")
    func districts() throws {
        let database = try Self.database([.tc, .en])
        #expect(try database.value("SELECT count(DISTINCT district_en) FROM clinic WHERE district_en <> ''") == "18")
    }

    @Test("that another document gives otherwise are kept as revisions with the weekday")
    func revisions() throws {
        let database = try WaitDatabase.holding(.fixture(.clinicQuota, .tc))
        let recorded = try database.record(
            .edited(.clinicQuota, .tc, ("\"85.5\"", "\"86.5\""), ("\"84.8\"", "\"N/A\"")))
        #expect(recorded.outcome == .new && recorded.revisions == 2)
        #expect(
            try database.rows("SELECT hospital, metric, kept_text, other_text FROM revision ORDER BY metric") == [
                ["central-district-family-medicine-clinic", "monday", "85.5", "86.5"],
                ["central-district-family-medicine-clinic", "tuesday", "84.8", "N/A"],
            ])
    }

    @Test("that another language gives otherwise are kept as revisions, too")
    func revisionsBetweenLanguages() throws {
        let database = try Self.database([.tc, .en])
        let period = ("20261108", "20261205")
        try database.record(
            QuotaSample.capture(.tc, QuotaSample.record("中區家庭醫學診所", "30.0", district: "中西區", period: period)))
        try database.record(
            QuotaSample.capture(
                .en, QuotaSample.record("CENTRAL DISTRICT FMC", "31.0", district: "Central & Western", period: period)))
        #expect(
            try database.rows("SELECT feed, observed_at, metric, kept_text, other_text FROM revision") == [
                ["clinic-quota", "2026-11-08T00:00:00+08:00", "monday", "30.0", "31.0"]
            ])
    }

    @Test("show the figures that were read first beside the English sessions", arguments: [true, false])
    func standing(chineseFirst: Bool) throws {
        let captures = [
            try QuotaSample.capture(
                .tc, QuotaSample.record("柴灣家庭醫學診所", "30.0", district: "東區", sessions: "星期一至五")),
            try QuotaSample.capture(.en, QuotaSample.record("CHAI WAN FMC", "31.0", district: "Eastern")),
        ]
        let database = try WaitDatabase.inMemory()
        for capture in chineseFirst ? captures : captures.reversed() { try database.record(capture) }
        let shown = try database.rows(
            "SELECT quota, sessions_text, capture_id FROM clinic_quota WHERE weekday = 1")
        #expect(shown == [[chineseFirst ? "30.0" : "31.0", "Mon to Fri", "1"]])
        #expect(try database.values("SELECT kept_text FROM revision") == shown.map { $0[0] })
    }

    @Test("show the Chinese sessions where there is no English record", arguments: [true, false])
    func chineseSessions(simplifiedFirst: Bool) throws {
        let captures = [
            try QuotaSample.capture(.sc, QuotaSample.record("柴湾家庭医学诊所", "30.0", sessions: "简")),
            try QuotaSample.capture(.tc, QuotaSample.record("柴灣家庭醫學診所", "30.0", sessions: "繁")),
        ]
        let database = try WaitDatabase.inMemory()
        for capture in simplifiedFirst ? captures : captures.reversed() { try database.record(capture) }
        #expect(try database.values("SELECT DISTINCT sessions_text FROM clinic_quota") == ["繁"])
    }
}
