import Testing
import WaitCore

/// Periods made for a test, by their last day.
enum QuotaWeeks {
    /// The four weeks to a day written as 20261107.
    static func to(_ day: Int, days: Int = 28) throws -> QuotaPeriod {
        let to = try #require(HongKongMinute(dayNumber: day))
        return QuotaPeriod(from: to.adding(minutes: (1 - days) * 1_440), to: to)
    }

    /// Quotas of a week: Monday's as given, Tuesday's 40, no session else.
    static func week(_ monday: Double?) -> [Double?] { [monday, 40, nil, nil, nil, nil, nil] }

    static func series(_ mondays: [(day: Int, quota: Double?)]) throws -> [QuotaStep] {
        let quotas = try mondays.map { (try to($0.day), week($0.quota)) }
        return QuotaStep.series(of: Dictionary(uniqueKeysWithValues: quotas))
    }
}

@Suite("A quota's change")
struct QuotaStepTests {
    @Test("is to the latest period that ends at least 28 days earlier, never to one that overlaps")
    func rolling() throws {
        let days = [20_261_010, 20_261_017, 20_261_024, 20_261_031, 20_261_107, 20_261_114]
        let steps = try QuotaWeeks.series(zip(days, [10.0, 20, 40, 80, 160, 320]).map { ($0, $1) })
        #expect(steps.map(\.base?.to.dayNumber) == [nil, nil, nil, nil, 20_261_010, 20_261_017])
        #expect(steps.map { $0.figure(on: [1]).change } == [nil, nil, nil, nil, 150, 300])
        #expect(steps.map { $0.figure(on: [1]).quota } == [10, 20, 40, 80, 160, 320])
    }

    @Test(
        "goes over a gap to the period before it, and names it",
        arguments: [
            ([20_261_010, 20_261_107], 20_261_010), ([20_261_011, 20_261_107], nil),
            ([20_260_905, 20_261_017, 20_261_107], 20_260_905),
            ([20_240_106, 20_261_107], 20_240_106),
        ])
    func gaps(days: [Int], base: Int?) throws {
        let steps = try QuotaWeeks.series(days.map { ($0, 30) })
        #expect(steps.last?.base?.to.dayNumber == base)
        #expect(steps.last?.figure(on: [1]).change == (base == nil ? nil : 0))
    }

    @Test("is null from and to days without a session, which are not 0")
    func noSession() throws {
        let steps = try QuotaWeeks.series([(20_260_905, 0), (20_261_003, nil), (20_261_031, 30), (20_261_128, 0)])
        #expect(steps.map { $0.figure(on: [1]).quota } == [0, nil, 30, 0])
        #expect(steps.map { $0.figure(on: [1]).change } == [nil, nil, nil, -30])
        #expect(steps.map(\.base?.to.dayNumber) == [nil, 20_260_905, 20_261_003, 20_261_031])
        #expect(steps.map { $0.figure(on: [1]).clinics } == [1, 0, 1, 1])
    }

    @Test("of several days leaves out those that are in one of the periods only")
    func severalDays() throws {
        let steps = try QuotaWeeks.series([(20_261_003, nil), (20_261_031, 30)])
        let week = steps[1].figure(on: Set(1...5))
        #expect(week.quota == 70)
        #expect(week.change == 0)
        #expect(steps[1].figure(on: [6, 7]).quota == nil)
    }

    @Test("takes the later beginning where two periods end on one day, and a long one only where no day is in both")
    func ties() throws {
        let quotas = [
            try QuotaWeeks.to(20_261_003): QuotaWeeks.week(1),
            try QuotaWeeks.to(20_261_003, days: 21): QuotaWeeks.week(2),
            try QuotaWeeks.to(20_261_031): QuotaWeeks.week(10),
            try QuotaWeeks.to(20_261_031, days: 35): QuotaWeeks.week(20),
        ]
        let steps = QuotaStep.series(of: quotas)
        #expect(steps.map { $0.figure(on: [1]).quota } == [1, 2, 20, 10])
        #expect(steps.map { $0.figure(on: [1]).change } == [nil, nil, nil, 8])
    }

    @Test("of several clinics is over those that are in both periods, and says how many")
    func clinics() throws {
        let step = QuotaStep(
            period: try QuotaWeeks.to(20_261_107), base: try QuotaWeeks.to(20_261_010),
            clinics: [
                .init(now: QuotaWeeks.week(85.5), before: QuotaWeeks.week(84.8)),
                .init(now: QuotaWeeks.week(30), before: nil),
                .init(now: QuotaWeeks.week(nil), before: QuotaWeeks.week(20)),
                .init(now: QuotaWeeks.week(0.1), before: QuotaWeeks.week(0.3)),
            ])
        let monday = step.figure(on: [1])
        #expect(monday.quota == 115.6 && monday.clinics == 3)
        #expect(monday.change == 0.5 && monday.changeClinics == 2)
        #expect(step.figure(on: [2]).clinics == 4 && step.figure(on: [2]).changeClinics == 3)
        #expect(step.figure(on: []) == step.figure(on: [7]))
    }

    @Test("stands beside a step that is called by its four weeks")
    func label() throws {
        #expect(try QuotaWeeks.to(20_261_107).label == "four weeks to 2026-11-07")
        #expect(try QuotaWeeks.to(20_261_107, days: 35).label == "35 days to 2026-11-07")
        #expect(try QuotaWeeks.to(20_261_107, days: 1).label == "one day to 2026-11-07")
    }
}
