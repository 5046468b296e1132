import Testing
import WaitCore
import WaitReplay

@Suite("Failures of the archive")
struct ReplayFailuresTests {
    private static let listing = "start=20260101&end=20260131"

    @Test("come in every so many requests, in each way by turns")
    func every() throws {
        var archive = SmallArchive.with([:])
        let fine = try archive.list(Self.listing)
        archive = SmallArchive.with([:])
        archive.failing = ReplayFailures.every(2)
        let answers = try (0..<12).map { _ in try archive.list(Self.listing) }
        let ways = [
            ReplayFailures.page, ReplayFailures.serverError, ReplayFailures.tooMany, ReplayFailures.cut,
            ReplayFailures.reset, ReplayFailures.page,
        ]
        #expect(answers == ways.flatMap { [fine, $0] })
    }

    @Test("count the requests to the archive and its storage from 1, and no others")
    func numbers() throws {
        var archive = SmallArchive.with([:])
        archive.failing = { request, number in
            .document(Array("\(number) \(request.kind)".utf8))
        }
        #expect(try archive.list(Self.listing).text == "1 listing")
        #expect(archive.answer(to: ReplayRequest(target: "/a"), now: SmallArchive.now, storageBase: "") == nil)
        #expect(try archive.get("20260120-0430").text == "2 version")
        #expect(try archive.get("20260101").text == "3 bundle")
        #expect(try archive.stored("20260120-0430").text == "4 storedVersion")
        #expect(try archive.stored("202601.zip").text == "5 storedBundle")
        #expect(try archive.get("").text == "6 version")
    }

    @Test("are what they are called")
    func ways() {
        #expect(ReplayFailures.page.status == 200)
        #expect(ReplayFailures.page.headers.value(of: "Content-Type") == "text/html")
        #expect(ReplayFailures.tooMany.status == 429)
        #expect(ReplayFailures.tooMany.headers.value(of: "Retry-After") == "1")
        #expect(ReplayFailures.cut.misbehaviour == .cutBody(afterBytes: 17))
        #expect(ReplayFailures.reset.misbehaviour == .reset)
    }

    @Test("are of the ways told, by their numbers alone")
    func chosen() {
        let failing = ReplayFailures.every(3, by: [.status(503), .status(502)])
        let statuses = (1...9).map { failing(ReplayRequest(target: "/"), $0)?.status }
        #expect(statuses == [nil, nil, 503, nil, nil, 502, nil, nil, 503])
    }
}
