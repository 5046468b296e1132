import Testing

@testable import WaitCore

@Suite("A phrase nobody knows")
struct UnrecognisedPhraseTests {
    @Test("is no number, whatever it resembles", arguments: PhraseKind.allCases, neverRead)
    func never(kind: PhraseKind, text: String) {
        #expect(Phrase(kind: kind, text: text).meaning == .unrecognised)
    }

    private static let neverRead = [
        "-", "—", "?", "true", "{}", "[28]", "28 hours 90 minutes", "1 hour 30", "2⁸ minutes", "28 minutes..",
        "28½ minutes", "28 minutes 30 seconds", "0", "28", "minutes", "hours", "28 minute s", "2 8 minutes", "28 m",
        "-5 minutes", "- 5 minutes", "+5 minutes", "1e3 minutes", "0x1C minutes", "28 minutes or more",
        "about 28 minutes", "28-30 minutes", "28,5 minutes", "1,000 minutes", "28.5 minutes",
        "12345 minutes", "99999999999999999999 minutes", "٢٨ minutes", "廿八 分鐘",
        "28\u{301} minutes", "28 минут", "28 分", "28 分鐘以上", "約 28 分鐘", "about 1 hour", "2.3 hours", "2.25 hours",
        "2. hours",
        ".5 hours", "2.5.5 hours", "2,5 hours", "2½ hours", "3 hours+", "more than 3 hours",
        "less than 15", "less than minutes", "less than -15 minutes", "less than 15.5 minutes", "lessthan 15 minutes",
        "at less than 15 minutes", "15 minutes less than", "not less than 15 minutes", "Over 0 hours", "Over 9 hours",
        "Over 10 hours", "Over 3.5 hours", "Over hours", "Over over 3 hours", "Over 3 hours or so", "Around 2 hours",
        "Around 0 hours", "超過 9 小時", "大約 2 小時", "Managing resuscitation cases",
        "Managing multiple resuscitation cases now", "Not managing multiple resuscitation cases",
        "多名病人正在搶救", "沒有多名病人正在搶救中", "YN", "是否", "不",
    ]

    @Test(
        "may be a phrase of another figure",
        arguments: [
            (.t3, "Managing multiple resuscitation cases"),
            (.t3, "N/A"), (.t3, "Over 3 hours"),
            (.t45, "Over 3 hours"), (.t45, "多名病人正在搶救中"), (.t45, "不適用"),
            (.triage12, "Over 3 hours"), (.triage12, "N/A"), (.triage12, "Y"), (.top, "3 hours"), (.top, "0 minute"),
            (.top, "0 hour"), (.top, "28 minutes"), (.top, "less than 15 minutes"), (.top, "Over 3 minutes"),
            (.flag, "0 minute"), (.flag, "28 minutes"), (.flag, "Managing multiple resuscitation cases"),
        ] as [(PhraseKind, String)])
    func elsewhere(kind: PhraseKind, text: String) {
        #expect(Phrase(kind: kind, text: text).meaning == .unrecognised)
    }

    @Test("says nothing at all: no minutes, no bounds")
    func nothing() {
        let meaning = ParsedWait(minutes: nil, lower: nil, upper: nil, qualifier: .unrecognised)
        #expect(Phrase(kind: .t3, text: "soon").meaning == meaning)
    }
}
