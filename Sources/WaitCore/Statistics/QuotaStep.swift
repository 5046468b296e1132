/// What a clinic, or a district's clinics, offered in a period, beside the latest period that does not overlap.
package struct QuotaStep: Hashable, Sendable {
    package let period: QuotaPeriod
    /// The period that the change is counted from; nil where there is none.
    package let base: QuotaPeriod?
    private let clinics: [Clinic]

    /// One clinic's quotas, Monday first, nil where there is no session that day.
    package struct Clinic: Hashable, Sendable {
        package let now: [Double?]
        /// Nil where the clinic is not in the base.
        package let before: [Double?]?

        package init(now: [Double?], before: [Double?]?) {
            (self.now, self.before) = (now, before)
        }
    }

    package init(period: QuotaPeriod, base: QuotaPeriod?, clinics: [Clinic]) {
        (self.period, self.base, self.clinics) = (period, base, clinics)
    }

    /// One clinic's steps, oldest first, each beside the latest of its periods that does not overlap.
    package static func series(of quotas: [QuotaPeriod: [Double?]]) -> [QuotaStep] {
        let periods = quotas.keys.sorted()
        return periods.indices.compactMap { index in
            let period = periods[index]
            // Only the last few overlap: the search goes backwards and is short.
            let base = periods[..<index].last { $0.to <= period.latestBaseEnd }
            guard let now = quotas[period] else { return nil }
            return QuotaStep(
                period: period, base: base, clinics: [Clinic(now: now, before: base.flatMap { quotas[$0] })])
        }
    }

    /// The sum over some days of the week, with its change.
    ///
    /// The change is counted over what has a number in both periods, clinic by clinic and day by day: no session is not 0.
    /// - Parameter weekdays: 1 = Monday … 7 = Sunday.
    package func figure(on weekdays: Set<Int>) -> QuotaFigure {
        var figure = QuotaFigure()
        for clinic in clinics {
            let now = weekdays.compactMap { clinic.now[$0 - 1] }
            let pairs = weekdays.compactMap { day -> (after: Double, before: Double)? in
                guard let after = clinic.now[day - 1], let before = clinic.before?[day - 1] else { return nil }
                return (after, before)
            }
            figure.add(now, pairs)
        }
        return figure
    }
}

/// Places offered on one or more days of the week, on average over a period, by one or more clinics.
package struct QuotaFigure: Hashable, Sendable {
    /// Nil where there is no session.
    package private(set) var quota: Double?
    /// How many clinics the quota is a sum over.
    package private(set) var clinics = 0
    /// Nil where nothing has a number in both periods.
    package private(set) var change: Double?
    /// What the change is counted from: the earlier period's numbers of the same clinics and days; nil where `change` is.
    package private(set) var before: Double?
    /// How many clinics the change is counted over.
    package private(set) var changeClinics = 0

    fileprivate init() {}

    /// Adds one clinic's days.
    fileprivate mutating func add(_ now: [Double], _ pairs: [(after: Double, before: Double)]) {
        if !now.isEmpty {
            quota = Self.rounded(now.reduce(quota ?? 0, +))
            clinics += 1
        }
        if !pairs.isEmpty {
            change = Self.rounded(pairs.reduce(change ?? 0) { $0 + $1.after - $1.before })
            before = Self.rounded(pairs.reduce(before ?? 0) { $0 + $1.before })
            changeClinics += 1
        }
    }

    /// Quotas are published as decimals: a sum of them ends where they do, not in binary fractions.
    private static func rounded(_ sum: Double) -> Double {
        (sum * 10_000).rounded() / 10_000
    }
}
