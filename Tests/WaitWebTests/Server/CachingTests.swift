import Foundation
import HTTPTypes
import Hummingbird
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("Answers that can be kept")
struct CachingTests {
    @Test(
        "have a strong tag, and the time to the next slot",
        arguments: [
            ("2026-11-14T09:17", "780"), ("2026-11-14T09:15", "900"), ("2026-11-14T09:29", "60"),
        ])
    func headers(time: String, seconds: String) async throws {
        let answer = try await WebFixture.get("/v1/latest", at: time)
        let tag = try #require(answer.headers[.eTag])
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
        #expect(answer.headers[.cacheControl] == "public, max-age=\(seconds)")
        #expect(answer.headers[.vary] == "accept-encoding")
    }

    @Test("are not sent to who has them", arguments: ["TAG", "W/TAG", "\"a\", TAG", "*"])
    func notModified(condition: String) async throws {
        let database = try WebFixture.shared()
        let tag = try #require(try await WebFixture.get("/v1/latest", of: database).headers[.eTag])
        let answer = try await WebFixture.get(
            "/v1/latest", of: database, headers: [.ifNoneMatch: condition.replacing("TAG", with: tag)])
        #expect(answer.status == .notModified && answer.body.readableBytes == 0)
        #expect(answer.headers[.eTag] == tag && answer.headers[.cacheControl] != nil)
    }

    @Test("are sent to who has others")
    func modified() async throws {
        let answer = try await WebFixture.get("/v1/latest", headers: [.ifNoneMatch: "\"other\""])
        #expect(answer.status == .ok && answer.body.readableBytes > 0)
    }

    @Test("are one whatever the order of the parameters")
    func canonical() async throws {
        let database = try WebFixture.shared()
        let one = try await WebFixture.get("/v1/latest?feed=ae-wait&hospital=QMH", of: database)
        let other = try await WebFixture.get("/v1/latest?hospital=QMH&feed=ae-wait", of: database)
        #expect(one.headers[.eTag] == other.headers[.eTag] && one.headers[.eTag] != nil)
    }

    @Test("have another tag after another connection has written to the file")
    func otherWriter() async throws {
        try await WebFixture.withFile { writer, path in
            try await WebFixture.withClient(WaitDatabase.openReadOnly(path: path), at: "2026-11-14T09:32") { client in
                let before = try await client.get("/v1/latest")
                let again = try await client.get("/v1/latest")
                #expect(before.headers[.eTag] == again.headers[.eTag])
                _ = try writer.record([
                    WebFixture.capture(
                        .aeWait, Feed.aeWait.documents[0], at: "2026-11-14T09:32",
                        ("14/11/2026 9:15AM", "14/11/2026 9:30AM"))
                ])
                let after = try await client.get("/v1/latest", headers: [.ifNoneMatch: before.headers[.eTag] ?? ""])
                #expect(after.status == .ok && after.headers[.eTag] != before.headers[.eTag])
                #expect(try after.data().first?["observed_at"] as? String == "2026-11-14T09:30:00+08:00")
            }
        }
    }

    @Test("that depend on the slot have another tag in the next one, others have not")
    func slots() async throws {
        let database = try WebFixture.shared()
        for (target, isSame) in [("/v1/feeds", false), ("/v1/latest", true)] {
            let one = try await WebFixture.get(target, of: database, at: "2026-11-14T09:29").headers[.eTag]
            let next = try await WebFixture.get(target, of: database, at: "2026-11-14T09:30").headers[.eTag]
            #expect((one == next) == isSame, "\(target)")
        }
    }

    @Test("of HEAD are those of GET without a body", arguments: ["/v1/latest", "/openapi.json", "/", "/v1/nothing"])
    func head(target: String) async throws {
        let database = try WebFixture.shared()
        let get = try await WebFixture.get(target, of: database)
        let head = try await WebFixture.get(target, of: database, method: .head)
        #expect(head.status == get.status && head.body.readableBytes == 0)
        #expect(head.headers[.contentLength] == String(get.body.readableBytes))
        #expect(head.headers[.eTag] == get.headers[.eTag])
    }

    @Test("must not be kept where they are of the moment", arguments: ["/healthz", "/metrics"])
    func moment(target: String) async throws {
        let answer = try await WebFixture.get(target)
        #expect(answer.headers[.cacheControl] == "no-store" && answer.headers[.eTag] == nil)
    }

    @Test("stay within their memory, the last used the longest")
    func bounded() {
        let cache = AnswerCache(bytes: 100_000)
        let answer = CachedResponse(
            route: 0, dependence: .version, stamp: Stamp(), lifetime: .day, nextVersionAt: nil, entityTag: nil,
            fields: [:],
            body: ByteBuffer(repeating: 0, count: 9_000))
        for number in 0..<100 {
            cache.keep(answer, for: .init(target: "\(number)", isGzip: false))
            #expect(cache.find(.init(target: "0", isGzip: false)) != nil)
        }
        #expect(cache.heldCost <= 100_000 + 10_100)
        #expect(cache.find(.init(target: "50", isGzip: false)) == nil)
    }
}
