import Foundation
import Testing
import WaitCore
import WaitReplay

@Suite("A stand-in publisher with an archive")
struct ArchivePublisherTests {
    private static let world = SimulatedWorld(hospitals: twoHospitals, publishing: .punctual)
    private static let publisher = ReplayPublisher(
        world: world, folder: DocumentFolder(["facility-hosp.json": Array("[]".utf8)]), archive: SmallArchive.archive,
        now: { hongKong("2026-02-05T04:32:00") })
    private static let version =
        "/v1/historical-archive/get-file?url=\(SmallArchive.httpsEncoded)&time=20260120-0430"

    @Test("answers for the archive, the world and the folder, each at its paths")
    func composes() {
        let answers = [
            "/v1/historical-archive/list-file-versions?url=a&start=20260101&end=20260101",
            "/opendata/aed/aedwtdata2-en.json", "/opendata/facility-hosp.json", "/none",
        ].map { Self.publisher.answer(to: ReplayRequest(target: $0)) }
        #expect(answers[0].text.hasPrefix(#"{"version-count":0,"#))
        #expect(answers[1].text.hasSuffix(#""updateTime":"5/2/2026 4:30AM"}"#))
        #expect(answers[2].text == "[]")
        #expect(answers[3] == .notFound)
    }

    @Test("leaves the archive's paths to the folder where there is no archive")
    func withoutArchive() {
        let publisher = ReplayPublisher(world: nil, folder: DocumentFolder(["get-file": [1]])) { .distantPast }
        #expect(publisher.answer(to: ReplayRequest(target: Self.version)).body == [1])
    }

    @Test(
        "sends clients to the storage at the host they asked",
        arguments: [
            ([HeaderField("host", "127.0.0.1:41273")], "http://127.0.0.1:41273/storage/"),
            ([HeaderField("Host", "localhost:80")], "http://localhost:80/storage/"), ([], "/storage/"),
        ])
    func sameHost(headers: [HeaderField], prefix: String) {
        let answer = Self.publisher.answer(to: ReplayRequest(target: Self.version, headers: headers))
        #expect(answer.location == prefix + SmallArchive.httpsEncoded + "/20260120-0430")
    }

    @Test("sends clients to another server where told to, which has the bytes")
    func otherServer() async throws {
        let archive = SmallArchive.archive
        try await withReplayServer(answer: Self.publisher.answer(to:)) { storage in
            var publisher = ReplayPublisher(world: nil, archive: archive) { hongKong("2026-02-05T04:32:00") }
            publisher.storageBase = storage.baseURL
            try await withReplayServer(answer: publisher.answer(to:)) { server in
                let redirect = try RawClient(port: server.port).get(Self.version)
                let path = "/storage/\(SmallArchive.httpsEncoded)/20260120-0430"
                #expect(redirect.status == 302)
                #expect(redirect.headers.value(of: "Location") == storage.baseURL + path)
                #expect(try RawClient(port: storage.port).get(path).body == Array(#"{"at":"20260120-0430"}"#.utf8))
                #expect(server.requests.map(\.kind) == [.version])
                #expect(storage.requests.map(\.kind) == [.storedVersion])
            }
        }
    }

    @Test("serves a bundle over the wire, and says 304 to its tag")
    func bundleOverTheWire() async throws {
        let stamps = ArchiveStamps.regular(
            from: hongKongMinute("2026-01-01T00:00"), to: hongKongMinute("2026-02-01T00:00"))
        let archive = ReplayArchive(world: Self.world, stamps: stamps)
        let publisher = ReplayPublisher(world: nil, archive: archive) { hongKong("2026-02-05T04:32:00") }
        let path = "/storage/\(SmallArchive.httpsEncoded)/202601.zip"
        try await withReplayServer(answer: publisher.answer(to:)) { server in
            let client = try RawClient(port: server.port)
            let response = try client.get(path)
            #expect(response.body == publisher.answer(to: ReplayRequest(target: path)).body)
            #expect(response.headers.value(of: "Content-Type") == "application/zip")
            let tag = try #require(response.headers.value(of: "ETag"))
            #expect(try client.get(path, headers: [HeaderField("If-None-Match", tag)]).status == 304)
        }
    }
}
