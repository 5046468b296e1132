/// A column of an export, as datapackage.json describes it.
package struct ExportColumn: Sendable, Hashable {
    /// The types of Table Schema that are used.
    package enum Kind: String, Sendable {
        case string, integer, number, boolean, date, time, datetime
    }

    package let name: String
    package let kind: Kind
    package let unit: String?
    package let meaning: String

    /// The last column of every row of a demo's record; other records do not have it.
    package static let simulated = ExportColumn(
        "simulated", .boolean, "The figures are a demo's: none of them was published.")

    fileprivate init(_ name: String, _ kind: Kind, unit: String? = nil, _ meaning: String) {
        (self.name, self.kind, self.unit, self.meaning) = (name, kind, unit, meaning)
    }
}

extension ExportDataset {
    /// The view's columns in the view's order, then those that spare a join; empty for what has no rows.
    package var columns: [ExportColumn] {
        switch self {
        case .aeWaits: Self.readingKey + Self.waits + Self.evidence + Self.readingExtras
        case .aeTopWaits: Self.readingKey + [Self.overMinutes] + Self.evidence + Self.readingExtras
        case .clinicQuotas: Self.quotas
        case .hospitals:
            [Self.code] + Self.names + Self.clusters + Self.districts + Self.addresses + Self.position
        case .clinics: [Self.clinicID] + Self.names + Self.districts + Self.clusters + Self.addresses + Self.position
        case .latest: []
        }
    }

    /// The columns that tell a row from every other.
    package var key: [String] {
        switch self {
        case .aeWaits, .aeTopWaits: ["hospital", "observed_at"]
        case .clinicQuotas: ["clinic", "period_from", "period_to", "weekday"]
        case .hospitals: ["code"]
        case .clinics: ["id"]
        case .latest: []
        }
    }

    private static let readingKey: [ExportColumn] = [
        .init("hospital", .string, "HA's code of the hospital."),
        .init("observed_at", .datetime, "The feed's own update time, Hong Kong time."),
        .init("observed_unix", .integer, unit: "s", "The same in seconds since 1970-01-01T00:00Z."),
    ]

    private static let waits: [ExportColumn] = [
        minutes("t1_minutes", "Triage I as published; empty during several resuscitations."),
        minutes("t2_minutes", "Triage II as published, \"less than 15 minutes\" is 15."),
        minutes("t3_p50_minutes", "Triage III: half of waiting patients are seen within this time."),
        minutes("t3_p95_minutes", "Triage III: most (95%) are seen within this time."),
        minutes("t45_p50_minutes", "Triage IV and V: half are seen within this time; rounded up to the half hour."),
        minutes(
            "t45_p95_minutes", "Triage IV and V: most (95%) are seen within this time; rounded up to the half hour."),
        .init("t1_managing", .boolean, "A critical case is being treated; empty: not applicable."),
        .init("t2_managing", .boolean, "An emergency case is being treated; empty: not applicable."),
        .init("resuscitation", .boolean, "Several resuscitation cases at once."),
        .init("trial", .boolean, "From before the feed's launch."),
    ]

    private static let overMinutes = minutes(
        "over_minutes", "The longest wait of recent patients is over this; the lowest class is 0, 480 is the cap.")

    private static let evidence: [ExportColumn] = [
        .init("origin", .string, "live, archive or import."), captureID,
    ]

    private static let captureID = ExportColumn("capture_id", .integer, "The capture that brought the row first.")

    private static let readingExtras: [ExportColumn] = [
        .init("hospital_name_en", .string, "The hospital's name in English."),
        .init("hospital_name_tc", .string, "The hospital's name in traditional Chinese."),
        .init("observed_date", .date, "The Hong Kong day of observed_at."),
        .init("observed_time", .time, "The Hong Kong time of day of observed_at."),
        weekday("The weekday of observed_at: 1 is Monday, 7 Sunday."),
    ]

    private static let quotas: [ExportColumn] = [
        .init("clinic", .string, "The clinic's id."),
        .init("period_from", .date, "First day of the period."),
        .init("period_to", .date, "Last day of the period."),
        weekday("1 is Monday, 7 Sunday."),
        .init(
            "quota", .number, unit: "places",
            "Average number of consultation places offered on that weekday; empty: no session."),
        .init("sessions_text", .string, "Doctor consultation sessions as published."),
        captureID,
        .init("clinic_name_en", .string, "The clinic's name in English."),
        .init("clinic_name_tc", .string, "The clinic's name in traditional Chinese."),
        .init("district_en", .string, "The clinic's district in English."),
        .init("district_tc", .string, "The clinic's district in traditional Chinese."),
        .init("quota_text", .string, "The quota as published, whether it is a number or not."),
    ]

    private static let code = ExportColumn("code", .string, "HA's code of the hospital.")
    private static let clinicID = ExportColumn("id", .string, "The clinic's id.")
    private static let names = trilingual("name", "Name")
    private static let clusters = trilingual("cluster", "Cluster of the Hospital Authority")
    private static let districts = trilingual("district", "District")
    private static let addresses = trilingual("address", "Address")

    private static let position: [ExportColumn] = [
        .init("latitude", .number, unit: "degrees (WGS84)", "Official latitude; empty: not known."),
        .init("longitude", .number, unit: "degrees (WGS84)", "Official longitude; empty: not known."),
        .init("coordinates_source", .string, "The document the coordinates are from, and when."),
    ]

    private static func minutes(_ name: String, _ meaning: String) -> ExportColumn {
        ExportColumn(name, .integer, unit: "minutes", meaning)
    }

    private static func weekday(_ meaning: String) -> ExportColumn {
        ExportColumn("weekday", .integer, meaning)
    }

    private static func trilingual(_ name: String, _ meaning: String) -> [ExportColumn] {
        [("en", "English"), ("tc", "traditional Chinese"), ("sc", "simplified Chinese")].map {
            ExportColumn("\(name)_\($0)", .string, "\(meaning) in \($1).")
        }
    }
}
