import Foundation
import HTTPTypes
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("The readings")
struct ReadingRouteTests {
    /// Readings of three quarter hours.
    static func record() throws -> WaitDatabase {
        let database = try WebFixture.record()
        for (time, written) in [("09:32", "9:30AM"), ("09:47", "9:45AM")] {
            _ = try database.record([
                WebFixture.capture(
                    .aeWait, Feed.aeWait.documents[0], at: "2026-11-14T\(time)",
                    ("14/11/2026 9:15AM", "14/11/2026 \(written)"))
            ])
        }
        return database
    }

    @Test("latest are the newest of every hospital, with phrases and provenance")
    func latest() async throws {
        let answer = try await WebFixture.get("/v1/latest", of: Self.record(), at: "2026-11-14T09:47")
        #expect(try answer.json()["feed"] as? String == "ae-wait")
        #expect(try answer.json()["caveat"] as? String == Attribution.caveat)
        let row = try #require(try answer.data().first { $0["hospital"] as? String == "AHN" })
        #expect(row["observed_at"] as? String == "2026-11-14T09:45:00+08:00")
        #expect(row["t3_p50_minutes"] as? Int == 24 && row["t1_minutes"] as? Int == 0)
        #expect((row["phrases"] as? [String: String])?["t3_p50"] == "24 minutes")
        #expect(row["origin"] as? String == "live" && row["trial"] as? Bool == false)
    }

    @Test("of a department that resuscitates are states, not numbers")
    func resuscitation() async throws {
        let rows = try await WebFixture.get("/v1/latest?hospital=QMH").data()
        #expect(rows.count == 1)
        #expect(rows[0]["t1_minutes"] is NSNull && rows[0]["t1_managing"] is NSNull)
        #expect(rows[0]["resuscitation"] as? Bool == true)
    }

    @Test("latest of the old feed are its own figures")
    func oldFeed() async throws {
        let answer = try await WebFixture.get("/v1/latest?feed=ae-top-wait&hospital=PWH,AHN")
        #expect(try answer.data().compactMap { $0["hospital"] as? String } == ["AHN", "PWH"])
        #expect(try answer.data().allSatisfy { $0["over_minutes"] is Int && $0["t3_p50_minutes"] == nil })
    }

    @Test("latest on the map are points with the figures as properties")
    func latestOnTheMap() async throws {
        let features = try #require(
            try await WebFixture.get("/v1/latest.geojson").json()["features"] as? [[String: Any]])
        #expect(features.count == 18)
        #expect(features.allSatisfy { ($0["properties"] as? [String: Any])?["observed_at"] is String })
    }

    @Test("of a range come in pages that hold each of them once")
    func pages() async throws {
        let database = try Self.record()
        var target = "/v1/hospitals/QMH/readings?in=2026-11-14&limit=2"
        var times: [String] = []
        for page in 0..<2 {
            let answer = try await WebFixture.get(target, of: database)
            times += try answer.data().compactMap { $0["observed_at"] as? String }
            guard let next = try answer.json()["next"] as? String else {
                #expect(page == 1 && answer.link == nil)
                break
            }
            let link = try #require(answer.link)
            #expect(link == "</v1/hospitals/QMH/readings?in=2026-11-14&limit=2&cursor=\(next)>; rel=\"next\"")
            target = "/v1/hospitals/QMH/readings?in=2026-11-14&limit=2&cursor=\(next)"
        }
        #expect(times.map { $0.prefix(16).suffix(5) } == ["09:15", "09:30", "09:45"])
    }

    @Test("say the range as instants")
    func range() async throws {
        let answer = try await WebFixture.get("/v1/hospitals/QMH/readings?from=2026-11-14&to=2026-11-14")
        let range = try #require(try answer.json()["range"] as? [String: String])
        #expect(range == ["from": "2026-11-14T00:00:00+08:00", "to": "2026-11-15T00:00:00+08:00"])
        #expect(try answer.data().count == 1)
    }

    @Test(
        "say the range that was used where none was named, as a trend does",
        arguments: [
            ("", "2025-10-13T00:00:00+08:00", "2026-11-14T09:30:00+08:00"),
            ("to=2026-11-14T09:00", "2025-10-13T00:00:00+08:00", "2026-11-14T09:00:00+08:00"),
            ("from=2026-01-01", "2026-01-01T00:00:00+08:00", "2026-11-14T09:30:00+08:00"),
        ])
    func usedRange(query: String, from: String, to: String) async throws {
        for route in ["readings", "trend"] {
            let answer = try await WebFixture.get("/v1/hospitals/QMH/\(route)?\(query)")
            let range = try #require(try answer.json()["range"] as? [String: String])
            #expect(range == ["from": from, "to": to], "\(route)")
        }
    }

    @Test("of a cursor that somebody made up are none", arguments: [Int.min, -1, 0, 29_909_000, 1 << 40, Int.max])
    func forgedCursor(position: Int) async throws {
        let question = "/v1/hospitals/QMH/readings?in=2026-11-14"
        let answer = try await WebFixture.get(
            "\(question)&cursor=\(Cursor(position: position).text(for: question))")
        #expect(try answer.status == .ok && answer.data().count <= 1)
    }

    @Test("of a cursor of another question are a 400")
    func strangeCursor() async throws {
        let database = try Self.record()
        let first = try await WebFixture.get("/v1/hospitals/QMH/readings?in=2026-11-14&limit=1", of: database)
        let next = try #require(try first.json()["next"] as? String)
        let answer = try await WebFixture.get("/v1/hospitals/PWH/readings?in=2026-11-14&cursor=\(next)", of: database)
        #expect(answer.status == .badRequest)
        #expect(try answer.json()["parameter"] as? String == "cursor")
    }

    @Test("are each proved by captures whose bytes can be had")
    func evidence() async throws {
        let database = try Self.record()
        let answer = try await WebFixture.get("/v1/readings/QMH/2026-11-14T09:15", of: database)
        let evidence = try #require(try answer.data().first)
        let captures = try #require(evidence["captures"] as? [[String: Any]])
        let path = try #require(captures.first?["payload"] as? String)
        let payload = try await WebFixture.get(path, of: database)
        #expect(payload.headers[.contentType] == "application/json")
        #expect(payload.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(payload.text.contains("\"updateTime\":\"14/11/2026 9:15AM\""))
    }

    @Test("count in the ledger")
    func coverage() async throws {
        let answer = try await WebFixture.get("/v1/coverage?in=2026-11-14&by=day&hospital=QMH", at: "2026-11-14T10:00")
        let total = try #require(try answer.json()["total"] as? [String: Any])
        #expect(total["expected"] as? Int == 40 && total["observed"] as? Int == 1)
        #expect(total["coverage"] as? Double == 0.025 && total["partial"] as? Bool == true)
    }

    @Test("of several hospitals are counted in a series each")
    func coverageSeries() async throws {
        let answer = try await WebFixture.get("/v1/coverage?in=2026-11-14&hospital=QMH,PWH")
        let series = try #require(try answer.json()["series"] as? [[String: Any]])
        #expect(series.compactMap { $0["hospital"] as? String } == ["QMH", "PWH"])
    }

    @Test("come from feeds whose lives are stated")
    func feeds() async throws {
        let feeds = try await WebFixture.get("/v1/feeds").data()
        #expect(feeds.compactMap { $0["id"] as? String } == Catalogue.standard.feeds.map(\.id))
        let old = try #require(feeds.first { $0["id"] as? String == "ae-top-wait" })
        #expect(old["retired"] as? Bool == true && old["life_to"] as? String == "2025-10-13T00:15:00+08:00")
    }
}
