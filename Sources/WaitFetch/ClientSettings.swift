/// What every transfer of one client shares.
struct ClientSettings: Sendable {
    var userAgent: String
    /// Hosts asked without a proxy, in libcurl's spelling.
    var proxyExemption: String
    /// PEM file of certificate authorities to trust instead of the system's.
    var authoritiesFile: String?
    /// Whether an address is one of the public internet; ``IPAddress/isPublic`` but in tests.
    var isPublicAddress: @Sendable (IPAddress) -> Bool
    /// Where temporary files are made.
    var spoolFolder = SpooledFile.systemFolder
}
