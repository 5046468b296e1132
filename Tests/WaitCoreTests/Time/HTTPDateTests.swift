import Foundation
import Testing
import WaitCore

@Suite("The date of a header")
struct HTTPDateTests {
    static let moments: [(seconds: Double, text: String)] = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
        (951_782_400.9, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_768_883_400, "Tue, 20 Jan 2026 04:30:00 GMT"),
        (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
    ]

    @Test(
        "is written in Greenwich's time, whatever the machine's zone and language, and read again", arguments: moments)
    func written(seconds: Double, text: String) {
        #expect(HTTPDate.text(Date(timeIntervalSince1970: seconds)) == text)
        #expect(HTTPDate.date(text) == Date(timeIntervalSince1970: seconds.rounded(.down)))
    }

    @Test(
        "is read in the two old forms, too",
        arguments: ["Tuesday, 20-Jan-26 04:30:00 GMT", "Tue Jan 20 04:30:00 2026"])
    func old(text: String) {
        #expect(HTTPDate.date(text) == Date(timeIntervalSince1970: 1_768_883_400))
    }

    @Test(
        "is nothing where no form fits", arguments: ["", "2026-01-20T04:30:00Z", "soon", "1768883400", "Tue, 20 Jan"])
    func unread(text: String) {
        #expect(HTTPDate.date(text) == nil)
    }
}
