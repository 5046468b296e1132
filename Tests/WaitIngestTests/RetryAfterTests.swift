import Foundation
import Testing
import WaitIngest

@Suite("Retry-After")
struct RetryAfterTests {
    static let now = Date(timeIntervalSince1970: 1_768_854_600)

    @Test(
        "is read in both forms, and never keeps us away for more than a day",
        arguments: [
            ("120", 120.0), ("0", 0), ("999999", 86_400), ("Mon, 19 Jan 2026 20:40:00 GMT", 600),
            ("Fri, 31 Dec 2027 23:59:59 GMT", 86_400), ("99999999999999999999", 86_400),
            ("Monday, 19-Jan-26 20:40:00 GMT", 600), ("Mon Jan 19 20:40:00 2026", 600),
            ("Thu, 01 Jan 1970 00:00:00 GMT", -1_768_854_600),
        ])
    func forms(text: String, seconds: Double) {
        #expect(RetryAfter.date(text, now: Self.now) == Self.now.addingTimeInterval(seconds))
    }

    @Test("that cannot be read says nothing", arguments: ["", "soon", "-5", "+5", "1.5", "1e3", " 5", "Mon, 19 Jan"])
    func unreadable(text: String) {
        #expect(RetryAfter.date(text, now: Self.now) == nil)
    }
}
