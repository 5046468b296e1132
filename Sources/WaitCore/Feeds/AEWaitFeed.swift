extension Feed {
    /// A&E waiting times as published since 2025-10-13: prospective estimates for a patient arriving now (docs/feeds.md).
    package static let aeWait = Feed(
        id: "ae-wait",
        title: "A&E waiting times (new feed)",
        documents: Language.allCases.map { language in
            Document(url: "https://www.ha.org.hk/opendata/aed/aedwtdata2-\(language.rawValue).json", language: language)
        },
        rhythm: .quarterHourly,
        defaultLanguages: [.en],
        life: Life(
            from: HongKongMinute(year: 2025, month: 10, day: 13),
            evidence:
                "The new arrangement began on 2025-10-13; versions of 2025-09-01 to 09-10 in the archive are a trial."
        ),
        figures: aeWaitFigures,
        read: { bytes, _ throws(ReadFault) in .waits(try WaitDocument(bytes: bytes, figures: aeWaitFigures)) }
    )

    private static let aeWaitFigures = [
        Figure(key: "t1wt", metric: "t1", kind: .triage12),
        Figure(key: "t2wt", metric: "t2", kind: .triage12),
        Figure(key: "t3p50", metric: "t3_p50", kind: .t3),
        Figure(key: "t3p95", metric: "t3_p95", kind: .t3),
        Figure(key: "t45p50", metric: "t45_p50", kind: .t45),
        Figure(key: "t45p95", metric: "t45_p95", kind: .t45),
        Figure(key: "manageT1case", metric: "t1_managing", kind: .flag),
        Figure(key: "manageT2case", metric: "t2_managing", kind: .flag),
    ]
}
