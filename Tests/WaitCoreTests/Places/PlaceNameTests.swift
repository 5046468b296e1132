import Testing

@testable import WaitCore

@Suite("A place's name")
struct PlaceNameTests {
    @Test(
        "becomes an identifier of letters, digits and single hyphens",
        arguments: [
            ("Chai Wan Family Medicine Clinic", "chai-wan-family-medicine-clinic"),
            ("St. John Hospital", "st-john-hospital"), ("Tuen Mun (Wu Hong) Clinic", "tuen-mun-wu-hong-clinic"),
            ("  Ruttonjee & Tang Shiu Kin Hospitals ", "ruttonjee-tang-shiu-kin-hospitals"),
            ("Clinic No. 2", "clinic-no-2"), ("柴灣家庭醫學診所", "柴灣家庭醫學診所"), ("a--b//c", "a-b-c"),
        ])
    func slug(name: String, slug: String) {
        #expect(PlaceName.slug(of: name) == slug)
    }

    @Test("without a letter or digit becomes \"unnamed\"", arguments: ["", " ", "–", "()"])
    func unnamed(name: String) {
        #expect(PlaceName.slug(of: name) == "unnamed")
    }

    @Test("meets the same place's other spellings", arguments: spellings)
    func key(one: String, other: String) {
        #expect(PlaceName.key(of: one) == PlaceName.key(of: other))
    }

    private static let spellings = [
        ("St John Hospital", "St. John Hospital"), ("CHAI WAN FMC", "Chai Wan Family Medicine Clinic"),
        ("CHAI WAN GOPC", "Chai Wan General Out-patient Clinic"), ("Chai Wan GOPC", "Chai Wan Family Medicine Clinic"),
        ("Chai Wan General Outpatient Clinic", "Chai Wan General Out-Patient Clinic"),
        ("SHATIN (TAI WAI) GOPC", "Shatin (Tai Wai) General Out-patient Clinic"),
        ("Fanling Family Medicine Centre", "FANLING FAMILY MEDICINE CENTRE"), ("TUEN MUN CLINIC", "Tuen Mun GOPC"),
        ("Kwai Shing CHC", "Kwai Shing Community Health Centre"), ("柴灣普通科門診診所", "柴灣家庭醫學診所"),
        ("Queen Mary Hospital", " QUEEN  MARY\u{A0}HOSPITAL. "), ("Queen Mary Hospital", "Ｑueen Ｍary Hospital"),
        ("Queen Mary Hospital", "Queen\u{200B} Mary\u{3000}Hospital"), ("St John Hospital", "StJohn Hospital"),
        ("瑪麗醫院", "瑪麗 醫院。"), ("柴灣普通科門診診所", "柴灣 普通科門診 診所"),
        ("柴湾普通科门诊诊所", "柴湾家庭医学诊所"), ("天水圍(天業路)社區健康中心", "天水圍（天業路）社區健康中心"),
    ]

    @Test("stays apart from another place's", arguments: others)
    func otherKey(one: String, other: String) {
        #expect(PlaceName.key(of: one) != PlaceName.key(of: other))
    }

    private static let others = [
        ("Tin Shui Wai (Tin Yip Road) Community Health Centre", "Tin Shui Wai (Tin Shui Road) Health Centre"),
        ("Kwai Chung Family Medicine Clinic", "South Kwai Chung Family Medicine Clinic"),
        ("Tseung Kwan O Family Medicine Clinic", "Tseung Kwan O South Family Medicine Clinic"),
        ("Tuen Mun Hospital", "Tuen Mun Clinic"), ("柴灣家庭醫學診所", "筲箕灣家庭醫學診所"),
    ]

    @Test("that is nothing but a suffix keeps it", arguments: [("Clinic", "clinic"), ("GOPC", "gopc"), ("診所", "診所")])
    func onlySuffix(name: String, key: String) {
        #expect(PlaceName.key(of: name) == key)
    }

    @Test("loses one suffix, not two")
    func oneSuffix() {
        #expect(PlaceName.key(of: "Health Centre Clinic") == "healthcentre")
    }
}
