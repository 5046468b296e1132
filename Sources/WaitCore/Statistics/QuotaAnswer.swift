/// A clinic as answers name it.
package struct ClinicName: Hashable, Sendable {
    package let id: String
    package let name: Trilingual
    package let district: Trilingual
    /// WGS 84; nil where none has been published.
    package let latitude: Double?
    package let longitude: Double?

    package init(id: String, name: Trilingual, district: Trilingual, latitude: Double?, longitude: Double?) {
        (self.id, self.name, self.district) = (id, name, district)
        (self.latitude, self.longitude) = (latitude, longitude)
    }
}

/// One clinic's quotas, oldest period first.
package struct ClinicQuotas: Hashable, Sendable {
    package let clinic: ClinicName
    package let steps: [QuotaStep]

    package init(clinic: ClinicName, steps: [QuotaStep]) {
        (self.clinic, self.steps) = (clinic, steps)
    }
}

/// What one district's clinics offer in a period.
package struct DistrictQuotas: Hashable, Sendable {
    package let district: Trilingual
    /// How many clinics have a record of the period.
    package let clinics: Int
    package let step: QuotaStep

    package init(district: Trilingual, clinics: Int, step: QuotaStep) {
        (self.district, self.clinics, self.step) = (district, clinics, step)
    }
}

/// What a quota answer has several of: clinics or districts.
package protocol QuotaSeries: Hashable, Sendable {
    /// Those that it has a step of.
    var periods: [QuotaPeriod] { get }

    /// Writes the fields of the series into an object that is open.
    /// - Parameter weekdays: the days to write, 1 = Monday … 7 = Sunday.
    func writeFields(weekdays: Set<Int>, to json: inout JSONWriter)
}

/// Quotas of clinics or of districts, and the range whose periods were looked at.
package struct QuotaAnswer<Series: QuotaSeries>: Hashable, Sendable {
    /// The part of the asked range that the record's periods span; a period is in the ranges that its last day is in. Nil where
    /// the record has no quotas.
    package let range: TimeRange?
    package let series: [Series]
    /// Why no period is shown; nil where there is one.
    package var note: String?
    /// Whether the record was made by the demo.
    package var isSimulated = false

    package init(range: TimeRange?, series: [Series]) {
        (self.range, self.series) = (range, series)
    }

    /// The first and the newest of the periods that are shown; nil where none is.
    package var periods: ClosedRange<QuotaPeriod>? {
        let periods = series.flatMap(\.periods)
        guard let first = periods.min(), let newest = periods.max() else { return nil }
        return first...newest
    }
}
