extension ExportDataset {
    package var title: String {
        switch self {
        case .aeWaits: "A&E waiting times of Hong Kong's public hospitals, new feed"
        case .aeTopWaits: "A&E waiting times of Hong Kong's public hospitals, old feed (longest wait)"
        case .clinicQuotas: "Consultation quotas of Hong Kong's public clinics"
        case .hospitals: "Hong Kong's public hospitals with an A&E department"
        case .clinics: "Hong Kong's public family medicine clinics"
        case .latest: "The newest A&E waiting times of Hong Kong's public hospitals"
        }
    }

    /// What a row is, in a sentence or two.
    package var about: String {
        switch self {
        case .aeWaits, .latest:
            "One row per hospital and update time: prospective estimates for a patient arriving then."
        case .aeTopWaits:
            "One row per hospital and update time: the longest wait of recent patients, in classes. Not comparable with ae-waits."
        case .clinicQuotas:
            "One row per clinic, four-week period and weekday: the average number of places offered, capacity and not attendance."
        case .hospitals: "One row per hospital, with its official coordinates."
        case .clinics: "One row per clinic, with its official coordinates."
        }
    }

    /// The feeds its rows are made of.
    package var feeds: [Feed] {
        switch self {
        case .aeWaits: [.aeWait, .hospitalDirectory]
        case .aeTopWaits: [.aeTopWait, .hospitalDirectory]
        case .latest: [.aeWait, .hospitalDirectory]
        case .clinicQuotas: [.clinicQuota, .clinicDirectory]
        case .hospitals: [.hospitalDirectory]
        case .clinics: [.clinicDirectory, .clinicQuota]
        }
    }
}
