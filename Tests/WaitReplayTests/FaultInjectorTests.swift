import Foundation
import Testing
import WaitReplay

@Suite("A publisher that goes wrong on request")
struct FaultInjectorTests {
    private static let now = hongKong("2026-01-20T04:32:00")
    private static let truth = ReplayAnswer.document(Array(#"{"hospName":"Queen Mary Hospital"}"#.utf8))

    private func answer(_ way: FaultKind, path: String = "/a.json") -> ReplayAnswer {
        FaultInjector([way], secureBase: "https://localhost:7").answer(
            to: ReplayRequest(target: path, headers: [HeaderField("If-None-Match", "\"a\"")]), now: Self.now,
            insteadOf: Self.truth)
    }

    @Test("goes wrong in its ways by turns, every nth request")
    func turns() {
        let faultInjector = FaultInjector([.serverError, .unavailable], every: 2)
        let statuses = (1...8).map { _ in
            faultInjector.answer(to: ReplayRequest(target: "/"), now: Self.now, insteadOf: Self.truth).status
        }
        #expect(statuses == [200, 500, 200, 503, 200, 500, 200, 503])
    }

    @Test("every way is another answer than the true one", arguments: FaultKind.allCases)
    func everyWay(_ way: FaultKind) {
        #expect(answer(way) != Self.truth)
    }

    @Test(
        "refuses with the word on when to come back in each form, and in forms that are none",
        arguments: [
            (FaultKind.tooMany, "120"), (.tooManyDate, "Mon, 19 Jan 2026 20:34:00 GMT"), (.tooManyNegative, "-120"),
            (.tooManyForYears, "99999999999999999999"), (.tooManyGarbage, "when it suits us"),
        ])
    func retryAfter(way: FaultKind, text: String) {
        #expect(answer(way) == .status(429, retryAfter: text))
    }

    @Test(
        "redirects to where nobody should follow",
        arguments: [
            (FaultKind.redirectToPlain, "http://example.org/a.json"), (.redirectToPrivate, "https://192.0.2.1/a.json"),
            (.redirectInCircles, "/circle/"), (.certificate, "https://localhost:7/a.json"),
        ])
    func redirects(way: FaultKind, location: String) {
        #expect(answer(way) == .redirect(to: location))
    }

    @Test("a circle never opens, whatever else goes wrong by turns")
    func circle() {
        let faultInjector = FaultInjector([.serverError], every: 3)
        let inside = ReplayRequest(target: "/circle/")
        let answers = (1...6).map { _ in faultInjector.answer(to: inside, now: Self.now, insteadOf: Self.truth) }
        #expect(answers.allSatisfy { $0 == .redirect(to: "/circle/") })
    }

    @Test("a cut document's announced length is the cut one's")
    func cutDocument() async throws {
        let answer = answer(.cutDocument)
        let serve: @Sendable (ReplayRequest) -> ReplayAnswer = { _ in answer }
        try await withReplayServer(answer: serve) { server in
            let response = try RawClient(port: server.port).get("/")
            #expect(response.headers.value(of: "Content-Length") == "17")
            #expect(response.body == Array(Self.truth.body.prefix(17)))
        }
    }

    @Test("other encodings are the same text, but for a letter of Latin-1")
    func encodings() throws {
        #expect(answer(.latin1).body.count == Self.truth.body.count)
        #expect(String(validating: answer(.latin1).body, as: UTF8.self) == nil)
        #expect(answer(.byteOrderMark).body == [0xef, 0xbb, 0xbf] + Self.truth.body)
        let utf16 = String(data: Data(answer(.utf16).body), encoding: .utf16)
        #expect(utf16 == String(decoding: Self.truth.body, as: UTF8.self))
    }

    @Test("an error page is HTML", arguments: [(FaultKind.page, 200), (.unavailable, 503)])
    func pages(way: FaultKind, status: Int) {
        #expect(answer(way).status == status)
        #expect(answer(way).headers.value(of: "Content-Type") == "text/html; charset=utf-8")
    }
}
