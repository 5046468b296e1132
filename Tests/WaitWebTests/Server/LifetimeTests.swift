import Foundation
import HTTPTypes
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("No cache holds figures past the next version, or gaps past the next heal")
struct LifetimeTests {
    @Test(
        "what depends on the newest reading is good until the next is due, and for seconds once that is past",
        arguments: [
            ("2026-11-14T09:15", 900), ("2026-11-14T09:17", 780), ("2026-11-14T09:29", 60), ("2026-11-14T09:30", 15),
            ("2026-11-14T09:31", 15), ("2026-11-14T12:00", 15), ("2026-11-15T09:16", 15), ("2027-11-14T09:17", 15),
            // A clock that is behind.
            ("2026-11-14T09:00", 900),
        ])
    func untilTheNextVersion(time: String, seconds: Int) async throws {
        for target in ["/v1/latest", "/v1/latest?feed=ae-top-wait", "/v1/hospitals", "/v1/trend?by=month&hospital=QMH"]
        {
            let answer = try await WebFixture.get(target, at: time)
            #expect(answer.headers[.cacheControl] == "public, max-age=\(seconds)", "\(target)")
        }
    }

    @Test(
        "a range that is over is good for minutes while its gaps may be filled, and a day where it has none",
        arguments: [
            ("in=2026-11-14", "2026-11-14T09:17", 780), ("in=2026-11", "2026-11-14T09:17", 780),
            // Yesterday, and days that the archive was never asked about.
            ("in=2026-11-13", "2026-11-14T09:17", 300), ("in=2026-11-12", "2026-11-14T09:17", 300),
            ("to=2026-11-14T09:00", "2026-11-14T09:17", 300), ("in=2026-11-13", "2026-11-14T09:29", 60),
            ("in=2026-11-13", "2026-11-14T09:30", 15), ("in=2025", "2026-11-14T09:17", 300),
            // Nothing was expected then.
            ("in=2024-01-01", "2026-11-14T09:17", 86_400),
        ])
    func ranges(range: String, time: String, seconds: Int) async throws {
        for target in ["/v1/hospitals/QMH/readings", "/v1/coverage"] {
            let answer = try await WebFixture.get("\(target)?\(range)", at: time)
            #expect(answer.headers[.cacheControl] == "public, max-age=\(seconds)", "\(target)")
        }
    }

    @Test("a day that is whole is final two days later, and not before")
    func settled() async throws {
        let database = try WaitDatabase.inMemory()
        for slot in 0..<96 {
            let (hour, minute) = (slot / 4, slot % 4 * 15)
            let clock = "\(hour % 12 == 0 ? 12 : hour % 12):\(minute.padded(2))\(hour < 12 ? "AM" : "PM")"
            let time = "2026-11-14T\(hour.padded(2)):\((minute + 2).padded(2))"
            _ = try database.record([
                WebFixture.capture(
                    .aeWait, Feed.aeWait.documents[0], at: time, ("14/11/2026 9:15AM", "14/11/2026 \(clock)"))
            ])
        }
        for (time, seconds) in [("2026-11-15T00:01", 15), ("2026-11-15T23:59", 15), ("2026-11-16T00:00", 86_400)] {
            let answer = try await WebFixture.get("/v1/hospitals/QMH/readings?in=2026-11-14", of: database, at: time)
            #expect(answer.headers[.cacheControl] == "public, max-age=\(seconds)", "\(time)")
        }
    }

    @Test("documents by their SHA-256 never change")
    func payloads() async throws {
        let database = try WebFixture.shared()
        let evidence = try await WebFixture.get("/v1/readings/QMH/2026-11-14T09:15", of: database)
        let target = try #require(evidence.text.firstMatch(of: /\/v1\/payloads\/[0-9a-f]{64}/)?.0)
        let answer = try await WebFixture.get(String(target), of: database)
        #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
    }
}
