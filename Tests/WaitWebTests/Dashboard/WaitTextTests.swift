import Testing
import WaitCore

@testable import WaitWeb

@Suite("Figures in words")
struct WaitTextTests {
    @Test(
        "have their bound's sign in every language",
        arguments: [
            (PhraseKind.t45, "3 hours", ["up to 3 h", "最多 3 小時", "最多 3 小时"]),
            (.t45, "0.5 hours", ["up to 30 min", "最多 30 分鐘", "最多 30 分钟"]),
            (.t45, "0 hour", ["0 min", "0 分鐘", "0 分钟"]), (.t3, "143 minutes", ["143 min", "143 分鐘", "143 分钟"]),
            (.triage12, "less than 15 minutes", ["under 15 min", "少於 15 分鐘", "少于 15 分钟"]),
            (.top, "Over 8 hours", ["over 8 h", "超過 8 小時", "超过 8 小时"]),
            (.top, "Around 1 hour", ["up to 1 h", "最多 1 小時", "最多 1 小时"]),
        ])
    func waits(kind: PhraseKind, phrase: String, texts: [String]) {
        let meaning = Phrase(kind: kind, text: phrase).meaning
        #expect(Language.allCases.map { WaitText(language: $0).wait(meaning) } == texts)
    }

    @Test("are none where nobody knows what a phrase says", arguments: [PhraseKind.t45, .t3, .top, .flag])
    func unknown(kind: PhraseKind) {
        #expect(WaitText(language: .en).wait(Phrase(kind: kind, text: "soon").meaning) == nil)
    }

    @Test(
        "never call a share whole that is not",
        arguments: [(0.0, "0%"), (0.000_1, "0.1%"), (0.982_9, "98.2%"), (0.999_96, "99.9%"), (1, "100%")])
    func percent(share: Double, text: String) {
        #expect(WaitText(language: .en).percent(share) == text)
    }

    @Test(
        "group digits, and keep the sign of small changes",
        arguments: [
            (6_307_200.0, "6,307,200.0"), (999.96, "1,000.0"), (-0.4, "−0.4"), (-1_234.5, "−1,234.5"), (0, "0.0"),
        ])
    func decimals(number: Double, text: String) {
        #expect(WaitText(language: .en).decimal(number) == text)
    }

    @Test("tell times as Hong Kong's, in each language's way")
    func times() throws {
        let minute = try #require(HongKongMinute(text: "2026-11-02T09:05"))
        let texts = Language.allCases.map { WaitText(language: $0).instant(minute) }
        #expect(texts == ["2 Nov 2026, 09:05", "2026年11月2日 09:05", "2026年11月2日 09:05"])
    }
}
