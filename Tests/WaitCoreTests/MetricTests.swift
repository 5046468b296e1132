import Testing

@testable import WaitCore

@Suite("The metrics")
struct MetricTests {
    @Test("are exactly the contract's")
    func names() {
        #expect(
            Metric.all.map(\.name) == [
                "t3_p50", "t3_p95", "t45_p50", "t45_p95", "top_wait", "t1_managing", "t2_managing", "resuscitation",
                "t1_or_resuscitation",
            ])
    }

    @Test(
        "are minutes, or shares for what is a state",
        arguments: [
            ("t3_p50", Metric.Unit.minutes), ("t3_p95", .minutes), ("t45_p50", .minutes), ("t45_p95", .minutes),
            ("top_wait", .minutes), ("t1_managing", .share), ("t2_managing", .share), ("resuscitation", .share),
            ("t1_or_resuscitation", .share),
        ])
    func units(name: String, unit: Metric.Unit) {
        #expect(Metric.named(name)?.unit == unit)
    }

    @Test("are the new feed's, but for the longest wait", arguments: Metric.all.map(\.name))
    func feeds(name: String) {
        #expect(Metric.named(name)?.feed == (name == "top_wait" ? "ae-top-wait" : "ae-wait"))
    }

    @Test("are found under no other name", arguments: ["", "t1", "T3_P50", "t3", "t45_p50 "])
    func unknown(name: String) {
        #expect(Metric.named(name) == nil)
    }

    @Test("say what they mean and what they do not", arguments: Metric.all.map(\.name))
    func words(name: String) throws {
        let metric = try #require(Metric.named(name))
        #expect(!metric.title.isEmpty && !metric.meaning.isEmpty && !metric.limits.isEmpty)
    }

    /// Metric → what yes, no, not applicable, unrecognised and a wait count as.
    static let shareCases: [(String, [Int?])] = [
        ("t1_managing", [1, 0, nil, nil, nil]), ("t2_managing", [1, 0, nil, nil, nil]),
        ("resuscitation", [0, 0, 1, nil, nil]), ("t1_or_resuscitation", [1, 0, 1, nil, nil]),
    ]

    @Test(
        "of states count several resuscitations as neither yes nor no, or as a yes of their own", arguments: shareCases)
    func shares(name: String, numbers: [Int?]) throws {
        let metric = try #require(Metric.named(name))
        let qualifiers: [Qualifier] = [.yes, .no, .notApplicable, .unrecognised, .exact]
        let counted = qualifiers.map {
            metric.number(of: ParsedWait(minutes: 15, lower: nil, upper: nil, qualifier: $0))
        }
        #expect(counted == numbers)
        #expect(metric.column == (name == "t2_managing" ? "t2_managing" : "t1_managing"))
    }

    @Test("are published as figures of their feed, but for resuscitation, which T1 and T2 say")
    func figures() {
        let figures = Feed.all.flatMap { feed in feed.figures.map { "\(feed.id) \($0.metric)" } }
        let metrics = Metric.all.filter { !$0.name.hasSuffix("resuscitation") }.map { "\($0.feed) \($0.name)" }
        #expect(Set(metrics).isSubset(of: figures))
        #expect(Set(figures).subtracting(metrics) == ["ae-wait t1", "ae-wait t2"])
    }
}
