import Testing

@testable import WaitFetch

@Suite("A path inside an archive")
struct MemberPathTests {
    @Test(
        "is taken as it stands",
        arguments: ["a", "a/b", "./a", "a//b", "..a/b..", "a/...", "%2e%2e/%2Fa", "ab:c", "醫院"])
    func taken(_ path: String) {
        #expect(MemberPath.text(Array(path.utf8)) == path)
    }

    @Test(
        "is refused where it is empty, absolute or leads upwards",
        arguments: [
            "", "/", "/a", "..", "../a", "a/..", "a/../b", "\\a", "..\\a", "a\\..", "c:", "c:\\a", "C:/a", "a\0b",
        ])
    func refused(_ path: String) {
        #expect(MemberPath.text(Array(path.utf8)) == nil)
    }

    @Test("may have 1,000 bytes")
    func length() {
        #expect(MemberPath.text([UInt8](repeating: 0x61, count: 1_000)) != nil)
        #expect(MemberPath.text([UInt8](repeating: 0x61, count: 1_001)) == nil)
    }
}
