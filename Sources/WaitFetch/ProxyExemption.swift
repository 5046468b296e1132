/// Which hosts are asked without the proxy that the environment may name.
enum ProxyExemption {
    /// libcurl's list of exempt hosts: the environment's own (`no_proxy` before `NO_PROXY`, as libcurl reads them) and
    /// loopback always, since a proxy's loopback is another machine.
    static func list(environment: [String: String]) -> String {
        let own = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        if own == "*" || own.isEmpty { return own == "*" ? own : loopback }
        return "\(own),\(loopback)"
    }

    private static let loopback = "localhost,127.0.0.0/8,::1"
}
