extension Feed {
    /// Every feed with tables of its own, in the order of a pass: places first, so that names are known when figures arrive.
    package static let all: [Feed] = [
        hospitalDirectory,
        clinicDirectory,
        specialistDirectory,
        aeWait,
        aeTopWait,
        clinicQuota,
    ]
}
