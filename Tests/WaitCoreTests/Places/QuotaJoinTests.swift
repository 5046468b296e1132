import Testing

@testable import WaitCore

@Suite("Joining the quotas of two languages")
struct QuotaJoinTests {
    @Test("pairs records whose figures are unique on both sides")
    func unique() {
        let pairs = QuotaJoin.pairs(
            [record(1, "Mon", 10), record(2, "Mon", 20)], [record(12, "星期一", 20), record(11, "星期一", 10)])
        #expect(pairs == [1: 11, 2: 12])
    }

    @Test("leaves records unjoined whose figures stand twice")
    func ambiguous() {
        let pairs = QuotaJoin.pairs(
            [record(1, "Mon", 10), record(2, "Mon", 10), record(3, "Mon", 30)],
            [record(11, "星期一", 10), record(12, "星期一", 10), record(13, "星期一", 30)])
        #expect(pairs == [3: 13])
    }

    @Test("leaves a record unjoined whose figures stand twice on the other side only")
    func ambiguousElsewhere() {
        let pairs = QuotaJoin.pairs([record(1, "Mon", 10)], [record(11, "星期一", 10), record(12, "星期二", 10)])
        #expect(pairs == [:])
    }

    @Test("leaves records unjoined whose figures stand twice on this side only")
    func ambiguousHere() {
        let pairs = QuotaJoin.pairs([record(1, "Mon", 10), record(2, "Tue", 10)], [record(11, "星期一", 10)])
        #expect(pairs == [:])
    }

    @Test("lets the sessions decide between equal figures")
    func sessions() {
        let pairs = QuotaJoin.pairs(
            [record(1, "Mon (AM)", 10), record(2, "Mon (PM)", 10)],
            [record(12, "Mon (PM)", 10), record(11, "Mon (AM)", 10)])
        #expect(pairs == [1: 11, 2: 12])
    }

    @Test("joins what is left of equal figures when the sessions decided the rest")
    func remaining() {
        let pairs = QuotaJoin.pairs(
            [record(1, "Mon (AM)", 10), record(2, "Mon", 10)], [record(11, "Mon (AM)", 10), record(12, "星期一", 10)])
        #expect(pairs == [1: 11, 2: 12])
    }

    @Test("joins no record of another period")
    func otherPeriod() {
        let later = QuotaFigures(from: day(8), to: day(14), quotas: week(10))
        let other = QuotaJoin.Candidate(nameID: 11, sessions: "星期一", figures: later)
        #expect(QuotaJoin.pairs([record(1, "Mon", 10)], [other]) == [:])
    }

    @Test("takes no session for none, not for nought")
    func noSession() {
        #expect(QuotaJoin.pairs([record(1, "Mon", nil)], [record(11, "星期一", 0)]) == [:])
    }

    @Test("joins nothing where one side is empty")
    func empty() {
        #expect(QuotaJoin.pairs([record(1, "Mon", 10)], []) == [:])
        #expect(QuotaJoin.pairs([], [record(11, "星期一", 10)]) == [:])
    }

    private func record(_ nameID: Int64, _ sessions: String, _ monday: Double?) -> QuotaJoin.Candidate {
        let figures = QuotaFigures(from: day(1), to: day(7), quotas: week(monday))
        return QuotaJoin.Candidate(nameID: nameID, sessions: sessions, figures: figures)
    }

    private func week(_ monday: Double?) -> [Double?] {
        [monday, 5, 5, 5, 5, nil, nil]
    }

    private func day(_ number: Int) -> HongKongMinute {
        HongKongMinute(sinceEpoch: number * 1_440 - 480)
    }
}
