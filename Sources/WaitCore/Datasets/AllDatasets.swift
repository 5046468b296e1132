extension Catalogue {
    /// Every dataset of this version: a new one is a file below this folder and a line here.
    package static let standard = Catalogue([
        .discharge,
        .dischargeByAge,
    ])
}
