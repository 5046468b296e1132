import Testing
import WaitCore

@testable import waitkeeper

@Suite("The tables of quotas")
struct QuotaReportTests {
    private static func day(_ number: Int) throws -> HongKongMinute {
        try #require(HongKongMinute(dayNumber: number))
    }

    private static func step(_ monday: Double?, before: Double?, saturday: Double? = nil) throws -> QuotaStep {
        let week: [Double?] = [nil, 40, nil, nil, nil, nil, nil]
        return QuotaStep(
            period: QuotaPeriod(from: try day(20_261_011), to: try day(20_261_107)),
            base: QuotaPeriod(from: try day(20_260_913), to: try day(20_261_010)),
            clinics: [
                .init(
                    now: [monday] + week[1...4] + [saturday, nil], before: before.map { [$0] + week[1...] })
            ])
    }

    private static func clinics(_ step: QuotaStep) -> QuotaAnswer<ClinicQuotas> {
        let name = ClinicName(
            id: "a", name: Trilingual(tc: "瀝源"), district: Trilingual(), latitude: nil, longitude: nil)
        return QuotaAnswer(range: nil, series: [ClinicQuotas(clinic: name, steps: [step])])
    }

    @Test("show a clinic's days with what each changed, and from when")
    func clinic() throws {
        let answer = Self.clinics(try Self.step(31.5, before: 30))
        #expect(
            QuotaReport.table(answer, overTime: true, weekdays: [1, 2, 3]).table() == """
                FOUR WEEKS TO   MON  ± MON  TUE  ± TUE  WED  ± WED  ± FROM
                2026-11-07     31.5  +1.5    40  0      –    –      2026-10-10

                """)
    }

    @Test("name the clinics of a district, in the language they are known in")
    func districtClinics() throws {
        let answer = Self.clinics(try Self.step(29, before: 30))
        #expect(
            QuotaReport.table(answer, overTime: false, weekdays: [1]).table() == """
                CLINIC  FOUR WEEKS TO  MON  ± MON  ± FROM
                瀝源    2026-11-07      29  -1     2026-10-10

                """)
    }

    @Test("say of districts over how many clinics a sum and its change are")
    func districts() throws {
        let quotas = DistrictQuotas(
            district: Trilingual(en: "Sha Tin"), clinics: 1, step: try Self.step(31, before: 30, saturday: 9))
        #expect(
            QuotaReport.table(QuotaAnswer(range: nil, series: [quotas]), weekdays: [1, 6, 7]).table() == """
                DISTRICT  FOUR WEEKS TO  CLINICS MON  MON  ± MON  IN BOTH MON  CLINICS SAT–SUN  SAT–SUN  ± SAT–SUN  IN BOTH SAT–SUN  ± FROM
                Sha Tin   2026-11-07               1   31  +1               1                1        9  –                        0  2026-10-10

                """)
    }

    @Test("name the four weeks that they are of")
    func words() throws {
        let words = QuotaReport.words(Self.clinics(try Self.step(31, before: 30)))
        #expect(words.hasPrefix("Quotas: four weeks from 2026-10-11 to 2026-11-07. "))
    }

    @Test("have no columns for changes where there is nothing to compare with")
    func noBase() throws {
        let step = try Self.step(31, before: nil)
        let alone = QuotaStep(period: step.period, base: nil, clinics: [.init(now: [31], before: nil)])
        #expect(
            QuotaReport.table(Self.clinics(alone), overTime: true, weekdays: [1]).columns.map(\.key)
                == ["FOUR WEEKS TO", "MON"])
    }
}
