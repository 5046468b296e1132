import Testing
import WaitCore

@testable import WaitWeb

@Suite("A site below a path")
struct SiteBaseTests {
    @Test(
        "takes a path of plain segments, with or without a slash at its end",
        arguments: [
            ("", ""), ("/", ""), ("/wait", "/wait"), ("/wait/", "/wait"), ("/apps/wait", "/apps/wait"),
            ("/a.b/~c_d-1/", "/a.b/~c_d-1"),
        ])
    func paths(text: String, path: String) throws {
        #expect(try #require(SiteBase(text)).path == path)
    }

    @Test(
        "refuses what is not a path, or leads elsewhere",
        arguments: [
            "wait", "https://example.org/wait", "//example.org", "/wait//x", "/wait?x=1", "/wait#x", "/../wait",
            "/wait/.", "/等候",
            "/wa it", "/wait/\"><script>", "/%2e%2e", "//",
        ])
    func refused(text: String) {
        #expect(SiteBase(text) == nil)
    }

    @Test("has every link of a page below it, also of a page that says what is wrong")
    func links() async throws {
        var configuration = WebConfiguration(version: "1.2.3")
        configuration.base = try #require(SiteBase("/apps/wait"))
        try await WebFixture.withClient(WebFixture.shared(), configuration: configuration) { client in
            for target in PageTests.targets + ["/?near=Sha%20Tin", "/?near=S", "/hospitals/NOWHERE", "/nowhere"] {
                let page = try await client.get(target, headers: [.accept: "text/html"]).text
                let links = page.matches(of: /(?:href|src|action|data-page|data-picture|data-clinics)="([^"]*)"/).map {
                    String($0.1)
                }
                let rooted = links.filter { $0.hasPrefix("/") }
                #expect(rooted.count > 5)
                #expect(rooted.allSatisfy { $0.hasPrefix("/apps/wait/") }, "\(target): \(rooted)")
            }
        }
    }
}
