import Testing

@testable import WaitFetch

struct ProxyExemptionTests {
    @Test(
        "loopback is always exempt, beside what the environment exempts",
        arguments: [
            ([:], "localhost,127.0.0.0/8,::1"),
            (["no_proxy": "a.org"], "a.org,localhost,127.0.0.0/8,::1"),
            (["NO_PROXY": "b.org"], "b.org,localhost,127.0.0.0/8,::1"),
            (["no_proxy": "a.org", "NO_PROXY": "b.org"], "a.org,localhost,127.0.0.0/8,::1"),
            (["no_proxy": "*"], "*"),
        ])
    func list(_ environment: [String: String], _ expected: String) {
        #expect(ProxyExemption.list(environment: environment) == expected)
    }
}
