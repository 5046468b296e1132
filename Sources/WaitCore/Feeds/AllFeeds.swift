extension Feed {
    /// Every feed whose tables are written by hand, in the order of a pass: places first, so that names are known when figures arrive.
    package static let all: [Feed] = [
        hospitalDirectory,
        clinicDirectory,
        specialistDirectory,
        aeWait,
        aeTopWait,
        clinicQuota,
    ]
}
