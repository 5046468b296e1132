import Foundation
import HTTPTypes
import Testing

@testable import WaitWeb

@Suite("Bad requests")
struct BadRequestTests {
    static let hostile = [
        "%00", "'", "%22", "';DROP%20TABLE%20place;--", "%27%20OR%201=1", "../", "..%2f..%2fetc%2fpasswd", "%ff%fe",
        "%",
        "%2", "%zz", "\u{FEFF}", "%0d%0aSet-Cookie:%20a=b", "-1", "1e999", "NaN", "99999999999999999999",
        "%F0%9F%98%80",
    ]

    @Test(
        "are answered with a problem document that names the parameter",
        arguments: [
            ("/v1/latest?colour=red", 400, "colour"),
            ("/v1/latest?feed=ae-wait&feed=ae-wait", 400, "feed"),
            ("/v1/latest?feed=", 400, "feed"),
            ("/v1/latest?feed=x", 400, "feed"),
            ("/v1/latest?hospital=XYZ", 404, "hospital"),
            ("/v1/latest?hospital=", 400, "hospital"),
            ("/v1/latest?hospital=QMH,,PWH", 400, "hospital"),
            ("/v1/hospitals/XYZ", 404, "code"),
            ("/v1/hospitals/XYZ/readings", 404, "code"),
            ("/v1/hospitals/Prince", 400, "code"),
            ("/v1/hospitals?bbox=1,2,3", 400, "bbox"),
            ("/v1/hospitals?bbox=115,22,114,23", 400, "bbox"),
            ("/v1/hospitals?bbox=nan,22,114,23", 400, "bbox"),
            ("/v1/hospitals?near=91,0", 400, "near"),
            ("/v1/hospitals?within_km=5", 400, "within_km"),
            ("/v1/hospitals?near=22,114&within_km=-1", 400, "within_km"),
            ("/v1/hospitals/QMH/readings?from=2026-11-02&to=2026-11-01", 400, "to"),
            ("/v1/hospitals/QMH/readings?from=2026-02-30", 400, "from"),
            ("/v1/hospitals/QMH/readings?in=2026-13", 400, "in"),
            ("/v1/hospitals/QMH/readings?in=2026&from=2026-01-01", 400, "in"),
            ("/v1/hospitals/QMH/readings?limit=0", 400, "limit"),
            ("/v1/hospitals/QMH/readings?limit=2001", 400, "limit"),
            ("/v1/hospitals/QMH/readings?limit=%2B5", 400, "limit"),
            ("/v1/hospitals/QMH/readings?cursor=abc", 400, "cursor"),
            ("/v1/hospitals/QMH/readings?cursor=AQAAAAAAAAAAAAAAAAAA", 400, "cursor"),
            ("/v1/hospitals/QMH/readings?include_trial=1", 400, "include_trial"),
            ("/v1/coverage?by=decade", 400, "by"),
            ("/v1/coverage?by=quarter_hour&from=2000-01-01", 400, "by"),
            ("/v1/trend?metric=wait", 400, "metric"),
            ("/v1/trend?by=decade", 400, "by"),
            ("/v1/trend?by=quarter_hour&from=2000-01-01&to=2026-01-01", 400, "by"),
            ("/v1/trend?from=1970-01-01", 400, "from"),
            ("/v1/trend?to=9999-12-31", 400, "to"),
            ("/v1/trend?in=9999", 400, "in"),
            ("/v1/trend?metric=t1_managing&at_least=5", 400, "at_least"),
            ("/v1/trend?at_least=-1", 400, "at_least"),
            ("/v1/trend?weekdays=8", 400, "weekdays"),
            ("/v1/trend?hours=9-25", 400, "hours"),
            ("/v1/profile?by=day", 400, "by"),
            ("/v1/compare?by=day", 400, "by"),
            ("/v1/compare?hospital=XYZ", 404, "hospital"),
            ("/v1/hospitals/XYZ/trend", 404, "code"),
            ("/v1/hospitals/XYZ/trend.svg", 404, "code"),
            ("/v1/hospitals/QMH/trend.svg?by=quarter_hour&in=2026", 400, "by"),
            ("/v1/hospitals/QMH/trend.svg?at_least=30", 400, "at_least"),
            ("/v1/hospitals/QMH/trend.svg?theme=pink", 400, "theme"),
            ("/v1/hospitals/QMH/profile.svg?lang=fr", 400, "lang"),
            ("/v1/hospitals/QMH/profile.svg?lang=en-%3Cscript%3E", 400, "lang"),
            ("/v1/clinics/no-such-clinic/quotas", 404, "id"),
            ("/v1/export/hospitals.csv?from=2026-01-01", 400, "from"),
            ("/v1/export/ae-waits.ndjson?excel=true", 400, "excel"),
            ("/v1/export/ae-top-waits.csv?include_trial=true", 400, "include_trial"),
            ("/v1/export/ae-waits.parquet", 400, "file"),
            ("/v1/readings/QMH/yesterday", 400, "time"),
            ("/v1/readings/QMH/2020-01-01T00:00", 404, "time"),
            ("/v1/payloads/abc", 400, "sha256"),
            ("/v1/payloads/\(String(repeating: "0", count: 64))", 404, "sha256"),
            ("/healthz?a=b", 400, "a"),
        ])
    func named(target: String, status: Int, parameter: String) async throws {
        let answer = try await WebFixture.get(target)
        #expect(answer.status.code == status && answer.headers[.contentType] == "application/problem+json")
        let problem = try answer.json()
        #expect(problem["status"] as? Int == status && problem["parameter"] as? String == parameter)
        #expect(
            problem["title"] is String && problem["detail"] is String && problem["type"] as? String == "about:blank")
    }

    @Test(
        "in any parameter of any route are never our error",
        arguments: RouteMap.standard.endpoints.map(\.template.description))
    func hostile(template: String) async throws {
        let endpoint = try #require(RouteMap.standard.endpoints.first { $0.template.description == template })
        let database = try WebFixture.shared()
        let before = try database.generation()
        try await WebFixture.withClient(database) { client in
            for text in Self.hostile {
                for parameter in endpoint.parameters {
                    let target = Self.target(endpoint, parameter, text)
                    let answer = try await client.get(target)
                    // What a visitor types into a field may be anything.
                    if answer.status == .ok, parameter.accepts(text) { continue }
                    #expect([400, 404].contains(answer.status.code), "\(target)")
                    #expect(answer.headers[.contentType] == "application/problem+json", "\(target)")
                }
            }
        }
        #expect(try database.generation() == before)
    }

    /// The endpoint's target with examples for all but one parameter.
    static func target(_ endpoint: Endpoint, _ parameter: DeclaredParameter, _ text: String) -> String {
        var path = endpoint.template.description
        for other in endpoint.parameters where other.place == .path {
            path = path.replacing("{\(other.name)}", with: other.name == parameter.name ? text : other.example)
        }
        return parameter.place == .query ? "\(path)?\(parameter.name)=\(text)" : path
    }

    @Test(
        "for what is not there are a 404",
        arguments: [
            "/v1", "/v1/", "/v1/hospital", "/v2/hospitals", "/../etc/passwd", "/v1/hospitals/../hospitals",
            "//v2//hospitals/",
            "/favicon.ico",
        ])
    func absent(target: String) async throws {
        let answer = try await WebFixture.get(target)
        #expect(answer.status == .notFound && answer.headers[.contentType] == "application/problem+json")
    }

    @Test(
        "with another method are a 405 that says which will do", arguments: ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
    func method(name: String) async throws {
        let answer = try await WebFixture.get("/v1/hospitals", method: #require(.init(name)))
        #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test("with a long address are a 414")
    func longAddress() async throws {
        let answer = try await WebFixture.get("/v1/latest?hospital=" + String(repeating: "a", count: 9_000))
        #expect(answer.status == .uriTooLong)
    }
}
