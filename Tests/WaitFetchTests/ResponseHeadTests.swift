import Testing

@testable import WaitFetch

struct ResponseHeadTests {
    @Test(
        "a header is read whatever the case of its name and the blanks around its value",
        arguments: ["ETag: \"a\"\r\n", "etag:\"a\"\r\n", "ETAG: \t \"a\" \t\r\n", "ETag: \"a\"\n"])
    func header(_ line: String) {
        #expect(head(["HTTP/1.1 200 OK\r\n", line]).entityTag == "\"a\"")
    }

    @Test("an interim answer leaves no header behind")
    func interim() {
        let lines = ["HTTP/1.1 103 Early Hints\r\n", "ETag: \"a\"\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "\r\n"]
        #expect(head(lines).entityTag == nil)
    }

    @Test("a trailer is no header")
    func trailer() {
        #expect(head(["HTTP/1.1 200 OK\r\n", "\r\n", "ETag: \"a\"\r\n"]).entityTag == nil)
    }

    @Test("the first of two headers of one name stands")
    func twice() {
        #expect(head(["HTTP/1.1 200 OK\r\n", "ETag: \"a\"\r\n", "ETag: \"b\"\r\n"]).entityTag == "\"a\"")
    }

    @Test("a validator that is no UTF-8 counts as absent, since it could not be sent back verbatim")
    func notUTF8() {
        var head = head(["HTTP/1.1 200 OK\r\n"])
        _ = head.append(line: Array("ETag: ".utf8) + [0x22, 0xe9, 0x22, 0x0d, 0x0a])
        #expect(head.entityTag == nil)
    }

    @Test(
        "lines without a colon, and folded ones, are passed over", arguments: ["nonsense\r\n", " ETag \r\n", ":\r\n"])
    func nonsense(_ line: String) {
        #expect(head(["HTTP/1.1 200 OK\r\n", line, "ETag: \"a\"\r\n"]).entityTag == "\"a\"")
    }

    @Test("the cap counts all lines of an answer, interim answers included")
    func cap() {
        var head = ResponseHead()
        let line = Array("HTTP/1.1 103 Early Hints\r\n".utf8)
        let fitting = ResponseHead.capBytes / line.count
        #expect((0..<fitting).allSatisfy { _ in head.append(line: line) })
        #expect(head.append(line: line) == false)
        #expect(head.isOverCap)
    }

    private func head(_ lines: [String]) -> ResponseHead {
        var head = ResponseHead()
        for line in lines { _ = head.append(line: Array(line.utf8)) }
        return head
    }
}
