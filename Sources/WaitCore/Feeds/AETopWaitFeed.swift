extension Feed {
    /// The old A&E feed, ended and frozen since 2025-10-13 00:15: the longest wait of recent patients, in classes (docs/feeds.md).
    package static let aeTopWait = Feed(
        id: "ae-top-wait",
        title: "A&E longest waits (old feed)",
        documents: Language.allCases.map { language in
            Document(url: "https://www.ha.org.hk/opendata/aed/aedwtdata-\(language.rawValue).json", language: language)
        },
        rhythm: .quarterHourly,
        defaultLanguages: [.en],
        life: Life(
            to: HongKongMinute(year: 2025, month: 10, day: 13, hour: 0, minute: 15),
            evidence: "Its updateTime stands at 13/10/2025 12:15am although it still answers 200."
        ),
        figures: aeTopWaitFigures,
        read: { bytes, document throws(ReadFault) in
            guard !AneHKFile.isOne(document) else { return .waits(try AneHKFile.read(bytes, document: document)) }
            return .waits(try WaitDocument(bytes: bytes, figures: aeTopWaitFigures))
        }
    )

    private static let aeTopWaitFigures = [Figure(key: "topWait", metric: "top_wait", kind: .top)]
}
