import WaitCore

/// Quotas as rows: for people a line a clinic, district or period with days side by side, for programs a row a day of the week.
enum QuotaReport {
    /// Days of the week that are shown as one figure.
    private struct Group {
        let heading: String
        let days: Set<Int>
    }

    private static let dayNames = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]

    /// Clinics in one period, or one clinic over time: each day of the week by itself.
    static func table(_ answer: QuotaAnswer<ClinicQuotas>, overTime: Bool, weekdays: Set<Int>) -> Report {
        let groups = weekdays.sorted().map { Group(heading: dayNames[$0 - 1], days: [$0]) }
        let lines = answer.series.flatMap { series in
            series.steps.map { step in (overTime ? [] : [Report.Cell.text(series.clinic.name.known)], step) }
        }
        return table(lines, labels: overTime ? [] : ["CLINIC"], groups: groups, countsClinics: false)
    }

    /// Districts: the days from Monday to Friday together, and the weekend's.
    static func table(_ answer: QuotaAnswer<DistrictQuotas>, weekdays: Set<Int>) -> Report {
        let groups = [("MON–FRI", Set(1...5)), ("SAT–SUN", [6, 7])].compactMap { heading, days -> Group? in
            let chosen = days.intersection(weekdays)
            guard !chosen.isEmpty else { return nil }
            let names = chosen.sorted().map { dayNames[$0 - 1] }.joined(separator: ", ")
            return Group(heading: chosen == days ? heading : names, days: chosen)
        }
        let lines = answer.series.map { ([Report.Cell.text($0.district.known)], $0.step) }
        return table(lines, labels: ["DISTRICT"], groups: groups, countsClinics: true)
    }

    private static func table(
        _ lines: [(labels: [Report.Cell], step: QuotaStep)], labels: [String], groups: [Group], countsClinics: Bool
    ) -> Report {
        let hasBase = lines.contains { $0.step.base != nil }
        let headings = groups.flatMap { group in
            (countsClinics ? ["CLINICS \(group.heading)"] : []) + [group.heading]
                + (hasBase ? ["± \(group.heading)"] : [])
                + (hasBase && countsClinics ? ["IN BOTH \(group.heading)"] : [])
        }
        let all = labels + ["FOUR WEEKS TO"] + headings + (hasBase ? ["± FROM"] : [])
        return Report(
            columns: all.map { .init($0, $0) },
            rows: lines.map { labels, step in
                let figures = groups.flatMap { group -> [Report.Cell] in
                    let figure = step.figure(on: group.days)
                    return (countsClinics ? [.integer(figure.clinics)] : []) + [.optional(figure.quota)]
                        + (hasBase ? [.optional(figure.change.map(signed))] : [])
                        + (hasBase && countsClinics ? [.integer(figure.changeClinics)] : [])
                }
                return labels + [.text(step.period.to.dayText)] + figures
                    + (hasBase ? [.optional(step.base?.to.dayText)] : [])
            })
    }

    static func rows(_ answer: QuotaAnswer<ClinicQuotas>, weekdays: Set<Int>) -> Report {
        let keys = [
            "clinic", "name_en", "name_tc", "district_en", "district_tc", "period_from", "period_to", "weekday",
            "quota",
            "change", "change_from_period_to",
        ]
        return Report(
            columns: keys.map { .init($0, nil) },
            rows: answer.series.flatMap { series in
                let clinic = series.clinic
                let texts = [clinic.name.en, clinic.name.tc, clinic.district.en, clinic.district.tc].map(text)
                return series.steps.flatMap { step in
                    weekdays.sorted().map { weekday in
                        let figure = step.figure(on: [weekday])
                        return [.text(clinic.id)] + texts + period(step) + [
                            .integer(weekday), .optional(figure.quota), .optional(figure.change), base(step),
                        ]
                    }
                }
            })
    }

    static func rows(_ answer: QuotaAnswer<DistrictQuotas>, weekdays: Set<Int>) -> Report {
        let keys = [
            "district_en", "district_tc", "period_from", "period_to", "weekday", "quota", "clinics", "change",
            "change_clinics", "change_from_period_to",
        ]
        return Report(
            columns: keys.map { .init($0, nil) },
            rows: answer.series.flatMap { series in
                weekdays.sorted().map { weekday in
                    let figure = series.step.figure(on: [weekday])
                    return [text(series.district.en), text(series.district.tc)] + period(series.step) + [
                        .integer(weekday), .optional(figure.quota), .integer(figure.clinics), .optional(figure.change),
                        .integer(figure.changeClinics), base(series.step),
                    ]
                }
            })
    }

    /// What goes below: which periods are shown, and what the figures are not.
    static func words(_ answer: QuotaAnswer<some QuotaSeries>) -> String {
        guard let periods = answer.periods else {
            return answer.note ?? "The record has no quotas yet; \"waitkeeper poll\" asks for them."
        }
        let (first, newest) = (periods.lowerBound.span, periods.upperBound.span)
        let shown = first == newest ? newest : "\(first), up to \(newest)"
        return "Quotas: \(shown). \(Attribution.quotaCaveat) \(Attribution.sourceLine)."
    }

    private static func text(_ text: String) -> Report.Cell { text.isEmpty ? .none : .text(text) }

    private static func period(_ step: QuotaStep) -> [Report.Cell] {
        [.text(step.period.from.dayText), .text(step.period.to.dayText)]
    }

    private static func base(_ step: QuotaStep) -> Report.Cell { .optional(step.base?.to.dayText) }

    /// A change with its sign; none is 0.
    private static func signed(_ change: Double) -> String {
        change > 0 ? "+\(change.plainText)" : change.plainText
    }
}
