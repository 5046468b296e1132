import TestSupport
import Testing
import WaitCore

@testable import WaitStore

@Suite("A clinic's name that is not known")
struct QuotaJoinTests {
    private static let nextPeriod = ("20261108", "20261205")
    private static let clinic = "central-district-family-medicine-clinic"
    private static let chinese = "中區家庭醫學診所"

    private static func tc(_ monday: String, _ period: (String, String) = ("20261011", "20261107")) throws -> Capture {
        try QuotaSample.capture(
            .tc, QuotaSample.record(chinese, monday, district: "沙田", sessions: "星期一至五", period: period))
    }

    private static func en(
        _ name: String, _ monday: String, _ period: (String, String) = ("20261011", "20261107")
    ) throws -> Capture {
        try QuotaSample.capture(.en, QuotaSample.record(name, monday, period: period))
    }

    /// The clinic that a name leads to.
    private static func place(of name: String, in database: WaitDatabase) throws -> String? {
        try database.value(
            "SELECT code FROM place JOIN place_name ON place_id = place.id WHERE place_name.text = ?", [name])
    }

    @Test(
        "leads to the clinic with the same figures in another language, whichever comes first",
        arguments: [true, false])
    func joined(chineseFirst: Bool) throws {
        let database = try WaitDatabase.inMemory()
        let captures = [try Self.tc("30.0"), try Self.en("ALPHA FMC", "30.0")]
        for capture in chineseFirst ? captures : captures.reversed() { try database.record(capture) }
        #expect(try Self.place(of: "ALPHA FMC", in: database) == Self.clinic)
        #expect(try database.count("clinic") == 75)
    }

    @Test("is a clinic of its own where the figures differ")
    func apart() throws {
        let database = try WaitDatabase.holding(Self.tc("30.0"), Self.en("ALPHA FMC", "31.0"))
        #expect(try Self.place(of: "ALPHA FMC", in: database) == "alpha-fmc")
        #expect(try database.count("revision") == 0)
    }

    @Test("stays apart where the figures stand twice", arguments: ["ALPHA FMC", "BETA FMC"])
    func ambiguous(name: String) throws {
        let database = try WaitDatabase.holding(
            QuotaSample.capture(
                .tc, QuotaSample.record(Self.chinese, "30.0", district: "沙田"),
                QuotaSample.record("堅尼地城賽馬會家庭醫學診所", "30.0", district: "沙田")),
            QuotaSample.capture(
                .en, QuotaSample.record("ALPHA FMC", "30.0"), QuotaSample.record("BETA FMC", "30.0")))
        #expect(try database.count("clinic", where: "name_en = '\(name)' AND latitude IS NULL") == 1)
    }

    @Test("is another clinic's than a like name's in the same document")
    func oneToOne() throws {
        let database = try WaitDatabase.holding(
            QuotaSample.capture(
                .en, QuotaSample.record("CHAI WAN FMC", "30.0"), QuotaSample.record("CHAI WAN CLINIC", "32.0")))
        #expect(try Self.place(of: "CHAI WAN FMC", in: database) == "chai-wan-family-medicine-clinic")
        #expect(try Self.place(of: "CHAI WAN CLINIC", in: database) == "chai-wan-clinic")
        #expect(try database.findings() == [])
    }

    /// A known clinic's document beside one that is not known, with the same figures.
    private static func twins(_ language: Language, _ monday: String, _ period: (String, String)) throws -> Capture {
        let names = language == .tc ? [chinese, "新界甲診所"] : ["CENTRAL DISTRICT FMC", "NEW TERRITORY FMC"]
        let district = language == .tc ? "沙田" : "Shatin"
        return try QuotaSample.capture(
            language, QuotaSample.record(names[0], "30.0", district: district, period: period),
            QuotaSample.record(names[1], monday, district: district, period: period))
    }

    @Test("is not a clinic's that stands in the same document with the same figures", arguments: [true, false])
    func besideItsTwin(chineseFirst: Bool) throws {
        let database = try WaitDatabase.inMemory()
        let languages: [Language] = chineseFirst ? [.tc, .en] : [.en, .tc]
        for language in languages { try database.record(Self.twins(language, "30.0", ("20261011", "20261107"))) }
        for language in languages { try database.record(Self.twins(language, "55.0", Self.nextPeriod)) }
        #expect(try Self.place(of: "CENTRAL DISTRICT FMC", in: database) == Self.clinic)
        #expect(try Self.place(of: Self.chinese, in: database) == Self.clinic)
        let new = try Self.place(of: "NEW TERRITORY FMC", in: database)
        #expect(new != Self.clinic)
        #expect(try new == Self.place(of: "新界甲診所", in: database))
        #expect(try database.count("revision") == 0)
        #expect(try database.findings() == [])
    }

    private static func new(_ language: Language, _ monday: String = "33.0") throws -> Capture {
        try language == .en
            ? en("NEW TERRITORY FMC", monday)
            : QuotaSample.capture(
                .tc, QuotaSample.record("新界甲診所", monday, district: "沙田", sessions: "星期一至五"))
    }

    @Test("in both languages with the same figures is one clinic, under the name met first", arguments: [true, false])
    func newInBoth(chineseFirst: Bool) throws {
        let database = try WaitDatabase.inMemory()
        let languages: [Language] = chineseFirst ? [.tc, .en] : [.en, .tc]
        let recorded = try languages.map { try database.record(Self.new($0)) }
        let code = try Self.place(of: "NEW TERRITORY FMC", in: database)
        #expect(try code == Self.place(of: "新界甲診所", in: database))
        #expect(code == (chineseFirst ? "新界甲診所" : "new-territory-fmc"))
        #expect(recorded.map(\.newPlaces.count) == [1, 0])
        #expect(try database.count("clinic") == 76 && database.count("clinic_quota") == 7)
        #expect(try database.findings() == [])
    }

    @Test("in both languages becomes one clinic when the figures meet later, under the name met first")
    func newInBothLater() throws {
        let database = try WaitDatabase.holding(
            Self.new(.tc), Self.new(.en, "34.0"),
            QuotaSample.capture(
                .en, QuotaSample.record("NEW TERRITORY FMC", "35.0", period: Self.nextPeriod)),
            QuotaSample.capture(
                .tc, QuotaSample.record("新界甲診所", "35.0", district: "沙田", period: Self.nextPeriod)))
        #expect(try Self.place(of: "NEW TERRITORY FMC", in: database) == "新界甲診所")
        #expect(try database.count("clinic") == 76)
        #expect(try database.rows("SELECT kept_text, other_text FROM revision") == [["33.0", "34.0"]])
        #expect(try database.findings() == [])
    }

    @Test("in both languages takes both names along when it turns out to be a known clinic", arguments: [true, false])
    func newInBothKnown(englishKnows: Bool) throws {
        let database = try WaitDatabase.holding(Self.new(.tc), Self.new(.en))
        let later = try [
            Self.tc("44.0", Self.nextPeriod), Self.en("NEW TERRITORY FMC", "44.0", Self.nextPeriod),
            Self.en("CHAI WAN FMC", "45.0", Self.nextPeriod),
            QuotaSample.capture(
                .tc, QuotaSample.record("新界甲診所", "45.0", district: "沙田", period: Self.nextPeriod)),
        ]
        for capture in englishKnows ? later.suffix(2) : later.prefix(2) { try database.record(capture) }
        let clinic = englishKnows ? "chai-wan-family-medicine-clinic" : Self.clinic
        #expect(try Self.place(of: "NEW TERRITORY FMC", in: database) == clinic)
        #expect(try Self.place(of: "新界甲診所", in: database) == clinic)
        #expect(try database.count("clinic") == 75)
        #expect(try database.findings() == [])
    }

    @Test("and its twin stay two where a known clinic has the same figures")
    func newBesideKnown() throws {
        let database = try WaitDatabase.holding(Self.tc("33.0"), Self.new(.tc), Self.new(.en))
        #expect(try Self.place(of: "NEW TERRITORY FMC", in: database) == "new-territory-fmc")
        #expect(try Self.place(of: "新界甲診所", in: database) == "新界甲診所")
    }

    @Test("is not a clinic's that stood beside it in an earlier period")
    func besideItEarlier() throws {
        let database = try WaitDatabase.holding(
            QuotaSample.capture(
                .en, QuotaSample.record("CENTRAL DISTRICT FMC", "30.0"), QuotaSample.record("ALPHA FMC", "31.0")),
            Self.en("ALPHA FMC", "32.0", Self.nextPeriod), Self.tc("32.0", Self.nextPeriod))
        #expect(try Self.place(of: "ALPHA FMC", in: database) == "alpha-fmc")
        #expect(try database.count("revision") == 0)
        #expect(try database.findings() == [])
    }

    @Test("takes no clinic with it that a like name turns out to be")
    func twoClinics() throws {
        let database = try WaitDatabase.holding(
            QuotaSample.capture(
                .en, QuotaSample.record("ALPHA FMC", "30.0"), QuotaSample.record("ALPHA CLINIC", "32.0")),
            QuotaSample.capture(
                .tc, QuotaSample.record(Self.chinese, "30.0", district: "沙田"),
                QuotaSample.record("堅尼地城賽馬會家庭醫學診所", "32.0", district: "沙田")))
        #expect(try database.count("clinic", where: "latitude IS NOT NULL") == 75)
        #expect(try Self.place(of: Self.chinese, in: database) == Self.clinic)
        #expect(try database.findings() == [])
    }

    @Test("takes its earlier periods along")
    func history() throws {
        let database = try WaitDatabase.holding(
            Self.en("ALPHA FMC", "30.0"), Self.en("ALPHA FMC", "32.0", Self.nextPeriod),
            Self.tc("32.0", Self.nextPeriod))
        #expect(
            try database.rows("SELECT clinic, period_from, quota FROM clinic_quota WHERE weekday = 1 ORDER BY 2") == [
                [Self.clinic, "2026-10-11", "30.0"], [Self.clinic, "2026-11-08", "32.0"],
            ])
    }

    @Test("takes its revisions along")
    func revisions() throws {
        let database = try WaitDatabase.holding(
            Self.en("ALPHA FMC", "30.0"), Self.en("ALPHA FMC", "31.0"), Self.tc("30.0"))
        #expect(
            try database.rows("SELECT hospital, kept_text, other_text FROM revision") == [
                [Self.clinic, "30.0", "31.0"]
            ])
        #expect(try database.findings() == [])
    }

    @Test("takes its other spellings along")
    func spellings() throws {
        let database = try WaitDatabase.holding(
            Self.en("ALPHA FMC", "30.0"), Self.en("ALPHA CLINIC", "32.0", Self.nextPeriod), Self.tc("30.0"))
        #expect(try Self.place(of: "ALPHA CLINIC", in: database) == Self.clinic)
        #expect(try database.count("clinic") == 75)
        #expect(try database.findings() == [])
    }

    @Test("makes revisions of what the languages gave differently before they were joined")
    func lateRevision() throws {
        let database = try WaitDatabase.holding(
            Self.tc("30.0"), Self.en("ALPHA FMC", "31.0"), Self.tc("32.0", Self.nextPeriod),
            Self.en("ALPHA FMC", "32.0", Self.nextPeriod))
        #expect(
            try database.rows("SELECT hospital, metric, kept_text, other_text FROM revision") == [
                [Self.clinic, "monday", "30.0", "31.0"]
            ])
        #expect(try database.findings() == [])
    }

    @Test("takes revisions along that the clinic has already")
    func sameRevision() throws {
        let database = try WaitDatabase.holding(
            Self.tc("30.0"), Self.tc("31.0"), Self.en("ALPHA FMC", "30.0", Self.nextPeriod),
            Self.en("ALPHA FMC", "32.0"),
            Self.en("ALPHA FMC", "31.0"), Self.tc("30.0", Self.nextPeriod))
        #expect(
            try database.rows("SELECT DISTINCT hospital, kept_text, other_text FROM revision ORDER BY 3") == [
                [Self.clinic, "30.0", "31.0"], [Self.clinic, "30.0", "32.0"],
            ])
        #expect(try database.findings() == [])
    }
}

@Suite("A district that is not known")
struct UnknownDistrictTests {
    private static func en() throws -> Capture {
        try QuotaSample.capture(.en, QuotaSample.record("CHAI WAN FMC", "30.0", district: "Harbour"))
    }

    private static func tc(_ district: String) throws -> Capture {
        try QuotaSample.capture(.tc, QuotaSample.record("柴灣家庭醫學診所", "30.0", district: district))
    }

    private static func districts(_ database: WaitDatabase) throws -> [[String?]] {
        try database.rows("SELECT district_en, district_tc, district_sc FROM clinic WHERE id LIKE 'chai-wan%'")
    }

    @Test("is kept as it is spelled")
    func kept() throws {
        #expect(try Self.districts(.holding(Self.en())) == [["Harbour", "", ""]])
    }

    @Test("is kept in each language")
    func languages() throws {
        #expect(try Self.districts(.holding(Self.en(), Self.tc("海港"))) == [["Harbour", "海港", ""]])
    }

    @Test("gives way to what the other language says", arguments: [true, false])
    func known(englishFirst: Bool) throws {
        let database = try WaitDatabase.inMemory()
        let captures = [try Self.en(), try Self.tc("東區")]
        for capture in englishFirst ? captures : captures.reversed() { try database.record(capture) }
        #expect(try Self.districts(database) == [["Eastern", "東區", "东区"]])
    }

    @Test("is not written anew by every poll", arguments: ["海港", "東區"])
    func again(chinese: String) throws {
        let database = try WaitDatabase.holding(Self.en(), Self.tc(chinese))
        let before = try database.contents(without: "attempt")
        try database.recordEach(Self.en(), Self.tc(chinese))
        #expect(try database.contents(without: "attempt") == before)
        #expect(try database.findings() == [])
    }
}
