import Foundation
import Testing
import WaitReplay

@Suite("A whole stand-in publisher")
struct ReplayPublisherTests {
    private static let now = hongKong("2026-01-20T04:32:00")
    private static let publisher = ReplayPublisher(
        world: SimulatedWorld(hospitals: twoHospitals, publishing: .punctual),
        folder: DocumentFolder(["facility-hosp.json": Array("[]".utf8), "aedwtdata2-en.json": Array("file".utf8)]),
        now: { now })

    @Test("takes A&E documents from the world and others from the folder")
    func composes() {
        let wait = Self.publisher.answer(to: ReplayRequest(target: "/opendata/aed/aedwtdata2-en.json"))
        #expect(String(decoding: wait.body, as: UTF8.self).hasSuffix(#""updateTime":"20/1/2026 4:30AM"}"#))
        let hospitals = Self.publisher.answer(to: ReplayRequest(target: "/opendata/facility-hosp.json"))
        #expect(hospitals.body == Array("[]".utf8))
        #expect(Self.publisher.answer(to: ReplayRequest(target: "/opendata/none.json")) == .notFound)
    }

    @Test("leaves everything to the folder where there is no world")
    func folderAlone() {
        let publisher = ReplayPublisher(world: nil, folder: DocumentFolder(["aedwtdata2-en.json": [1]])) { Self.now }
        #expect(publisher.answer(to: ReplayRequest(target: "/opendata/aed/aedwtdata2-en.json")).body == [1])
    }

    @Test("serves a world over the wire, and says 304 until the next document is out")
    func overTheWire() async throws {
        try await withReplayServer(answer: Self.publisher.answer(to:)) { server in
            let client = try RawClient(port: server.port)
            let first = try client.get("/opendata/aed/aedwtdata2-tc.json")
            let tag = try #require(first.headers.value(of: "ETag"))
            #expect(first.headers.value(of: "Last-Modified") == "Mon, 19 Jan 2026 20:30:00 GMT")
            let again = try client.get("/opendata/aed/aedwtdata2-tc.json", headers: [HeaderField("If-None-Match", tag)])
            #expect(again.status == 304)
        }
    }
}
