import Testing
import WaitReplay

@Suite("A request to the stand-in publisher")
struct ReplayRequestTests {
    @Test(
        "splits its target at the first question mark",
        arguments: [
            ("/a/b.json", "/a/b.json", nil), ("/a?b=c?d", "/a", "b=c?d"), ("/a?", "/a", ""), ("", "", nil),
        ] as [(String, String, String?)])
    func target(target: String, path: String, query: String?) {
        let request = ReplayRequest(target: target)
        #expect(request.path == path)
        #expect(request.query == query)
    }

    @Test(
        "undoes percent-encoding in query values",
        arguments: [
            ("/g?url=https%3A%2F%2Fwww.ha.org.hk%2Fa.json&time=20260120-0430", "https://www.ha.org.hk/a.json"),
            ("/g?time=1&url=", ""), ("/g?url", ""), ("/g?url=a+b", "a+b"), ("/g?url=a=b", "a=b"),
            ("/g?url=%E9%95%B7%e6%b4%b2", "長洲"), ("/g?url=100%", "100%"), ("/g?url=%zz%4", "%zz%4"),
            ("/g?url=%ff", nil), ("/g?urls=1", nil), ("/g", nil),
        ] as [(String, String?)])
    func queryValue(target: String, value: String?) {
        #expect(ReplayRequest(target: target).queryValue(of: "url") == value)
    }

    @Test("finds headers whatever their case")
    func headers() {
        let request = ReplayRequest(target: "/", headers: [HeaderField("user-agent", "a"), HeaderField("A", "b")])
        #expect(request.headers.value(of: "User-Agent") == "a")
        #expect(request.headers.value(of: "Accept") == nil)
    }
}
