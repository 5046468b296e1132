import Testing

@testable import WaitCore

@Suite("Whether a wait is usual agrees with its percentile, also among ties")
struct UsualTests {
    /// Readings of the year before (minutes → how many), the newest wait, its percentile and what it is called.
    static let ties: [([Int: Int], Int, Double, Usual.Verdict)] = [
        // All the same: the middle.
        ([60: 40], 60, 50, .usual),
        ([60: 40], 59, 0, .muchShorter),
        ([60: 40], 61, 100, .muchLonger),
        // The published figure is p75 itself, and most of the year is below it.
        ([180: 70, 210: 17, 240: 13], 210, 78.5, .longer),
        ([180: 70, 210: 17, 240: 13], 240, 93.5, .longer),
        ([180: 91, 240: 9], 240, 95.5, .muchLonger),
        // The lowest class is p05 itself.
        ([30: 8, 60: 92], 30, 4, .muchShorter),
        ([30: 10, 60: 90], 30, 5, .muchShorter),
        ([30: 12, 60: 88], 30, 6, .shorter),
        ([30: 48, 60: 52], 30, 24, .shorter),
        ([30: 50, 60: 50], 30, 25, .usual),
        ([30: 50, 60: 50], 60, 75, .usual),
        ([30: 52, 60: 48], 60, 76, .longer),
        ([30: 90, 60: 10], 60, 95, .muchLonger),
        // Between two published figures.
        ([30: 75, 60: 25], 45, 75, .usual),
        ([30: 76, 60: 24], 45, 76, .longer),
    ]

    @Test("by the thresholds 5, 25, 75 and 95", arguments: ties)
    func agrees(past: [Int: Int], minutes: Int, percentile: Double, verdict: Usual.Verdict) {
        let usual = Usual(of: minutes, among: past, dates: 20)
        #expect(usual.percentile == percentile)
        #expect(usual.verdict == verdict)
    }

    @Test("is never usual outside the middle half of the figures, nor longer below it", arguments: ties)
    func quantiles(past: [Int: Int], minutes: Int, percentile: Double, verdict: Usual.Verdict) throws {
        let usual = Usual(of: minutes, among: past, dates: 20)
        let figures = try #require(usual.figures)
        if minutes < figures.p25 { #expect([.shorter, .muchShorter].contains(usual.verdict)) }
        if minutes < figures.p05 { #expect(usual.verdict == .muchShorter) }
        if minutes > figures.p95 { #expect(usual.verdict == .muchLonger) }
        if minutes > figures.p75 { #expect(try #require(usual.percentile) >= 75) }
    }

    @Test("is too early to say from fewer than 20 dates, whatever the ties", arguments: [0, 19])
    func tooEarly(dates: Int) {
        let usual = Usual(of: 60, among: [60: 40], dates: dates)
        #expect(usual.verdict == .tooEarly && usual.percentile == nil)
    }
}
