import Testing

@testable import WaitWeb

@Suite("Targets of requests")
struct TargetTests {
    @Test(
        "are decoded strictly",
        arguments: [("a%20b", "a b"), ("%E7%91%AA", "瑪"), ("a+b", "a+b"), ("", ""), ("%25", "%")])
    func decoded(encoded: String, text: String) {
        #expect(PercentEncoding.decoded(encoded[...]) == text)
    }

    @Test("with an escape that is none are none", arguments: ["%", "%2", "%zz", "%ff", "%c3", "a%"])
    func undecodable(encoded: String) {
        #expect(PercentEncoding.decoded(encoded[...]) == nil)
    }

    @Test(
        "are encoded so that they can be decoded", arguments: ["a b&c=d/é瑪?#%+", "QMH,PWH", "2026-11-14T09:15+08:00"])
    func roundTrip(text: String) {
        let encoded = PercentEncoding.encoded(text)
        #expect(PercentEncoding.decoded(encoded[...]) == text && !encoded.contains("&") && !encoded.contains("+"))
    }

    @Test(
        "fit templates segment by segment",
        arguments: [
            ("/v1/hospitals/{code}", ["v1", "hospitals", "QMH"], ["code": "QMH"]),
            ("/v1/export/{dataset}.csv", ["v1", "export", "ae-waits.csv"], ["dataset": "ae-waits"]),
            ("/v1/export/{dataset}.csv", ["v1", "export", ".csv"], nil),
            ("/v1/hospitals/{code}", ["v1", "hospitals", ""], nil),
            ("/v1/hospitals", ["v1", "hospitals", "QMH"], nil), ("/", [""], [:]),
        ])
    func templates(template: String, path: [String], parameters: [String: String]?) {
        #expect(PathTemplate(template).match(path) == parameters)
    }
}

@Suite("Cursors")
struct CursorTests {
    @Test("come back as they went", arguments: [0, 29_911_875, -1, Int.max, Int.min])
    func roundTrip(position: Int) {
        let text = Cursor(position: position).text(for: "/v1/x?a=b")
        #expect(text.utf8.count == Cursor.length && Cursor(text, for: "/v1/x?a=b")?.position == position)
        #expect(Cursor(text, for: "/v1/x?a=c") == nil)
    }

    @Test("that were changed are none")
    func changed() {
        let text = Cursor(position: 29_911_875).text(for: "/v1/x")
        for index in text.indices {
            let other: Character = text[index] == "A" ? "B" : "A"
            #expect(Cursor(text.replacingCharacter(at: index, with: other), for: "/v1/x") == nil)
        }
    }
}

extension String {
    fileprivate func replacingCharacter(at index: Index, with character: Character) -> String {
        self[..<index] + String(character) + self[self.index(after: index)...]
    }
}

@Suite("Addresses to listen on")
struct ListenAddressTests {
    @Test(
        "are host and port",
        arguments: [("127.0.0.1:8080", "127.0.0.1", 8_080), ("localhost:0", "localhost", 0), ("[::1]:80", "::1", 80)])
    func read(text: String, host: String, port: Int) {
        let address = ListenAddress(text)
        #expect(address?.host == host && address?.port == port && address?.description == text)
    }

    @Test(
        "are nothing else",
        arguments: ["", "8080", "127.0.0.1", "a:b", "a:70000", "::1:80", ":80", "a b:1", "[::1:80", "http://a:1"])
    func refused(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
