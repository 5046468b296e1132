import Testing

@testable import WaitCore

@Suite("The feeds")
struct FeedTests {
    @Test("are exactly the contract's six")
    func names() {
        #expect(
            Set(Feed.all.map(\.id)) == [
                "ae-wait", "ae-top-wait", "clinic-quota", "hospital-directory", "clinic-directory",
                "specialist-directory",
            ])
        #expect(Feed.all.count == 6)
    }

    @Test("are found by their names", arguments: Feed.all.map(\.id))
    func named(id: String) {
        #expect(Catalogue.standard.feed(id)?.id == id)
    }

    @Test("have none of another name", arguments: ["", "ae", "AE-WAIT", "ae-wait "])
    func unnamed(id: String) {
        #expect(Catalogue.standard.feed(id) == nil)
    }

    @Test("are published at these addresses", arguments: addresses)
    func published(id: String, urls: Set<String>) throws {
        #expect(Set(try #require(Catalogue.standard.feed(id)).documents.map(\.url)) == urls)
    }

    private static let addresses: [(String, Set<String>)] = [
        ("ae-wait", languages("https://www.ha.org.hk/opendata/aed/aedwtdata2-")),
        ("ae-top-wait", languages("https://www.ha.org.hk/opendata/aed/aedwtdata-")),
        ("clinic-quota", languages("https://www.ha.org.hk/pas_gopc/pas_gopc_avg_quota_pdf/g0_9uo7a_p-")),
        ("hospital-directory", ["https://www.ha.org.hk/opendata/facility-hosp.json"]),
        (
            "clinic-directory",
            ["https://www.ha.org.hk/opendata/facility-gop.json", "https://www.ha.org.hk/opendata/facility-fmc.json"]
        ),
        ("specialist-directory", ["https://www.ha.org.hk/opendata/facility-sop.json"]),
    ]

    private static func languages(_ stem: String) -> Set<String> {
        ["\(stem)en.json", "\(stem)tc.json", "\(stem)sc.json"]
    }

    @Test("ask for the Chinese quotas first, whose clinic names are the directory's")
    func chineseQuotasFirst() {
        #expect(Feed.clinicQuota.documents.first?.language == .tc)
    }

    @Test("have the new A&E feed begin with 13 October 2025")
    func newLife() {
        #expect(Feed.aeWait.life.from?.rfc3339 == "2025-10-13T00:00:00+08:00")
        #expect(Feed.aeWait.life.to == nil)
    }

    @Test("have the old A&E feed end with 13 October 2025 00:15")
    func oldLife() {
        #expect(Feed.aeTopWait.life.from == nil)
        #expect(Feed.aeTopWait.life.to?.rfc3339 == "2025-10-13T00:15:00+08:00")
    }

    @Test("give their evidence where a life has an end or a beginning", arguments: Feed.all.map(\.id))
    func evidence(id: String) throws {
        let life = try #require(Catalogue.standard.feed(id)).life
        #expect(life.evidence.isEmpty == (life.from == nil && life.to == nil))
    }

    @Test("publish these figures, each read in its own way", arguments: figureTables)
    func figures(id: String, figures: [Figure]) throws {
        #expect(try #require(Catalogue.standard.feed(id)).figures == figures)
    }

    private static let figureTables: [(String, [Figure])] = [
        (
            "ae-wait",
            [
                Figure(key: "t1wt", metric: "t1", kind: .triage12), Figure(key: "t2wt", metric: "t2", kind: .triage12),
                Figure(key: "t3p50", metric: "t3_p50", kind: .t3), Figure(key: "t3p95", metric: "t3_p95", kind: .t3),
                Figure(key: "t45p50", metric: "t45_p50", kind: .t45),
                Figure(key: "t45p95", metric: "t45_p95", kind: .t45),
                Figure(key: "manageT1case", metric: "t1_managing", kind: .flag),
                Figure(key: "manageT2case", metric: "t2_managing", kind: .flag),
            ]
        ),
        ("ae-top-wait", [Figure(key: "topWait", metric: "top_wait", kind: .top)]),
        ("clinic-quota", []), ("hospital-directory", []), ("clinic-directory", []), ("specialist-directory", []),
    ]
}
