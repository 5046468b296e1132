import Testing

@testable import WaitFetch

struct RedirectRuleTests {
    @Test(
        "https anywhere and http on loopback may be asked",
        arguments: [
            "https://www.ha.org.hk/opendata/aed/aedwtdata2-en.json", "https://10.0.0.1/x", "https://localhost/",
            "http://localhost:8080/", "http://127.0.0.1/", "http://127.9.9.9:1/", "http://[::1]:8080/x",
            "HTTP://LOCALHOST/", "http://2130706433/", "http://0x7f.1/",
        ])
    func startAllowed(_ text: String) throws {
        _ = try RedirectRule.start(text)
    }

    @Test(
        "an address that must not be asked is refused with its reason",
        arguments: [
            ("http://www.ha.org.hk/", .insecureURL), ("http://10.0.0.1/", .insecureURL),
            ("http://localhost.example.org/", .insecureURL), ("http://127.0.0.1.example.org/", .insecureURL),
            ("http://[::2]/", .insecureURL), ("http://0.0.0.0/", .insecureURL),
            ("ftp://localhost/", .invalidURL), ("file:///etc/passwd", .invalidURL), ("", .invalidURL),
            ("www.ha.org.hk", .invalidURL), ("/path", .invalidURL), ("https://", .invalidURL),
            ("https://user@host/", .invalidURL), ("https://user:secret@host/", .invalidURL),
            ("https://host/a\r\nX: y", .invalidURL), ("https://host:99999/", .invalidURL),
        ] as [(String, FetchError.Code)])
    func startRefused(_ text: String, _ code: FetchError.Code) {
        let error = #expect(throws: FetchError.self) { try RedirectRule.start(text) }
        #expect(error?.code == code)
    }

    @Test(
        "a refused password is not repeated in the error", arguments: ["https://u:secret@a/", "https://u:secret@a:0x/"])
    func passwordStaysSecret(_ text: String) {
        let error = #expect(throws: FetchError.self) { try RedirectRule.start(text) }
        #expect(error?.description.contains("secret") == false)
    }

    @Test(
        "a redirect is resolved against the address that gave it",
        arguments: [
            ("https://a.org/x/y?q=1", "z", "https://a.org/x/z"), ("https://a.org/x/y", "/z?p", "https://a.org/z?p"),
            ("https://a.org/x/y", "../z", "https://a.org/z"), ("https://a.org/x", "//b.org/y", "https://b.org/y"),
            ("https://a.org/x", "https://b.org", "https://b.org/"),
            ("https://a.org/x?q=1", "?q=2", "https://a.org/x?q=2"),
            ("https://a.org/x", "/醫院 1", "https://a.org/%E9%86%AB%E9%99%A2%201"),
            ("https://a.org/x", "/a%20b", "https://a.org/a%20b"),
        ])
    func resolved(_ base: String, _ location: String, _ expected: String) throws {
        #expect(try next(from: base, location).text == expected)
    }

    @Test(
        "a redirect may stay on loopback in plain http, or go up to https",
        arguments: [
            ("http://localhost:1/", "http://127.0.0.1:2/"), ("https://localhost/", "http://[::1]/"),
            ("http://127.0.0.1/", "https://a.org/"), ("https://10.0.0.1/", "https://192.168.0.1/"),
        ])
    func allowed(_ base: String, _ location: String) throws {
        _ = try next(from: base, location, isPublic: false)
    }

    @Test(
        "a redirect out of the rules is refused",
        arguments: [
            ("https://a.org/", "http://a.org/"), ("https://a.org/", "http://127.0.0.1/"),
            ("http://127.0.0.1/", "http://a.org/"), ("https://a.org/", "ftp://a.org/"),
            ("https://a.org/", "file:///etc/passwd"), ("https://a.org/", "https://user:pw@a.org/"),
            ("https://a.org/", "https://user@b.org/"), ("https://a.org/", "https://10.0.0.1/"),
            ("https://a.org/", "https://169.254.169.254/latest"), ("https://a.org/", "https://[::1]/"),
            ("https://a.org/", "https://[fe80::1%25eth0]/"), ("https://a.org/", "https://2130706433/"),
            ("https://a.org/", "https://host:99999/"), ("https://a.org/", "//0x7f.1/"),
        ])
    func refused(_ base: String, _ location: String) {
        let error = #expect(throws: FetchError.self) { try next(from: base, location) }
        #expect(error?.code == .forbiddenRedirect)
    }

    @Test("the hop after the last allowed one is refused")
    func limit() throws {
        _ = try next(from: "https://a.org/", "/", redirects: 4)
        let error = #expect(throws: FetchError.self) { try next(from: "https://a.org/", "/", redirects: 5) }
        #expect(error?.code == .tooManyRedirects)
    }

    @Test(
        "a host is public by the address connected to, behind a proxy by what its URL says",
        arguments: [
            ("https://a.org/", "8.8.8.8", 443, true), ("https://a.org/", "10.0.0.1", 443, false),
            ("https://a.org/", "10.0.0.1", 3128, true), ("https://10.0.0.2/", "8.8.8.8", 3128, false),
            ("https://localhost/", "8.8.8.8", 3128, false), ("https://a.org:3128/", "10.0.0.1", 3128, false),
        ])
    func publicHost(_ url: String, _ address: String, _ port: Int, _ expected: Bool) throws {
        let peer = RedirectRule.Peer(address: try #require(IPAddress(address)), port: port)
        let isPublic = RedirectRule.isPublic(
            try #require(FetchURL(url)), connectedTo: peer, isPublicAddress: \.isPublic)
        #expect(isPublic == expected)
    }

    @Test(
        "after a public host only a public address or the proxy is connected to",
        arguments: [
            ("https://a.org/", "8.8.8.8", 443, true), ("https://a.org/", "192.168.0.1", 443, false),
            ("https://a.org/", "192.168.0.1", 3128, true), ("https://a.org:3128/", "192.168.0.1", 3128, false),
        ])
    func connection(_ url: String, _ address: String, _ port: Int, _ expected: Bool) throws {
        let peer = RedirectRule.Peer(address: try #require(IPAddress(address)), port: port)
        let may = RedirectRule.mayConnect(to: peer, for: try #require(FetchURL(url)), isPublicAddress: \.isPublic)
        #expect(may == expected)
    }

    @Test(
        "only the statuses that send a GET elsewhere are redirects",
        arguments: [
            (301, true), (302, true), (303, true), (307, true), (308, true), (300, false), (304, false), (200, false),
        ])
    func statuses(_ status: Int, _ expected: Bool) {
        #expect(RedirectRule.isRedirect(status) == expected)
    }

    private func next(
        from base: String, _ location: String, isPublic: Bool = true, redirects: Int = 0
    ) throws -> FetchURL {
        let hop = RedirectRule.Hop(url: try #require(FetchURL(base)), isPublic: isPublic, redirects: redirects)
        return try RedirectRule.next(after: hop, location: location, limit: 5, isPublicAddress: \.isPublic)
    }
}
