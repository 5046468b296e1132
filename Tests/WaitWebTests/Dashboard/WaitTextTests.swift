import Testing
import WaitCore

@testable import WaitWeb

@Suite("Figures in words")
struct WaitTextTests {
    @Test(
        "have their bound's sign in every language",
        arguments: [
            (PhraseKind.t45, "3 hours", ["up to 3 h", "3 小時內", "3 小时内"]),
            (.t45, "0.5 hours", ["up to 30 min", "30 分鐘內", "30 分钟内"]),
            (.t45, "0 hour", ["0 min", "0 分鐘", "0 分钟"]), (.t3, "143 minutes", ["143 min", "143 分鐘", "143 分钟"]),
            (.triage12, "less than 15 minutes", ["under 15 min", "少於 15 分鐘", "少于 15 分钟"]),
            (.top, "Over 8 hours", ["over 8 h", "超過 8 小時", "超过 8 小时"]),
            (.top, "Around 1 hour", ["around 1 h", "大約 1 小時", "大约 1 小时"]),
        ])
    func waits(kind: PhraseKind, phrase: String, texts: [String]) {
        let meaning = Phrase(kind: kind, text: phrase).meaning
        #expect(Language.allCases.map { WaitText(language: $0).wait(meaning) } == texts)
    }

    @Test(
        "from one to another have their unit and their bound's sign once",
        arguments: [
            ("t45_p50", 180, 330, ["3 to 5.5 h", "3 至 5.5 小時內", "3 至 5.5 小时内"]),
            ("t45_p95", 30, 60, ["0.5 to 1 h", "0.5 至 1 小時內", "0.5 至 1 小时内"]),
            ("t45_p50", 240, 240, ["up to 4 h", "4 小時內", "4 小时内"]),
            ("t45_p50", 0, 90, ["0 to 1.5 h", "0 至 1.5 小時內", "0 至 1.5 小时内"]),
            ("t3_p50", 40, 52, ["40 to 52 min", "40 至 52 分鐘", "40 至 52 分钟"]),
            ("top_wait", 0, 180, ["around 1 h to over 3 h", "大約 1 小時 至 超過 3 小時", "大约 1 小时 至 超过 3 小时"]),
        ])
    func ranges(metric: String, low: Int, high: Int, texts: [String]) throws {
        let metric = try #require(Metric.named(metric))
        #expect(Language.allCases.map { WaitText(language: $0).range(low, high, of: metric) } == texts)
    }

    @Test(
        "behind words that say within have no second sign in English",
        arguments: [
            (PhraseKind.t45, "4.5 hours", ["4.5 h", "4.5 小時內", "4.5 小时内"]),
            (.t45, "0 hour", ["0 min", "0 分鐘", "0 分钟"]),
            (.t3, "35 minutes", ["35 min", "35 分鐘", "35 分钟"]),
        ])
    func behindWithin(kind: PhraseKind, phrase: String, texts: [String]) {
        let meaning = Phrase(kind: kind, text: phrase).meaning
        #expect(Language.allCases.map { WaitText(language: $0).within(meaning) } == texts)
    }

    @Test(
        "are averages of no more places than they can say",
        arguments: [
            (3_037.0, "3,037"), (3_036.96, "3,037"), (99.96, "100"), (85.5, "85.5"), (12, "12"), (0, "0"),
            (-3.25, "−3.3"),
        ])
    func averages(number: Double, text: String) {
        #expect(WaitText(language: .en).average(number) == text)
    }

    @Test("call weekdays 星期, and by one letter in tables")
    func weekdays() {
        let text = WaitText(language: .tc)
        #expect((1...7).map(text.weekday).joined() == "星期一星期二星期三星期四星期五星期六星期日")
        #expect((1...7).map(text.weekdayShort).joined() == "一二三四五六日")
        #expect(WaitText(language: .en).weekdayShort(7) == "Sun")
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
