extension Feed {
    /// Specialist out-patient clinics.
    package static let specialistDirectory = directory(
        id: "specialist-directory", title: "specialist clinic directory", kind: .specialist,
        files: ["facility-sop.json"])
}
