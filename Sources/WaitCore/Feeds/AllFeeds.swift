extension Feed {
    /// Every feed, in the order of a pass: places first, so that names are known when figures arrive.
    package static let all: [Feed] = [
        hospitalDirectory,
        clinicDirectory,
        specialistDirectory,
        aeWait,
        aeTopWait,
        clinicQuota,
    ]

    /// The feed of that name, nil where there is none.
    package static func named(_ id: String) -> Feed? {
        all.first { $0.id == id }
    }
}
