extension Feed {
    /// General out-patient clinics, since 2025/26 family medicine clinics.
    ///
    /// `facility-gop.json` was succeeded by `facility-fmc.json`; which of the two answers is not known, so both are asked.
    package static let clinicDirectory = directory(
        id: "clinic-directory", title: "family medicine clinic directory", kind: .clinic,
        files: ["facility-gop.json", "facility-fmc.json"])
}
