import Foundation
import GRDB
import HTTPTypes
import TestSupport
import Testing
import WaitCore
import WaitStore

@testable import WaitWeb

@Suite("Every answer of the API says whether its figures are simulated")
struct SimulatedTests {
    /// A record of the fixtures that says it was made by a demo; made once, since requests change nothing.
    private static let simulated: Result<WaitDatabase, any Error> = Result {
        let database = try WebFixture.record()
        // "WSIM", the mark that `WaitDatabase.makeSimulated` gives a file.
        try database.access.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = 1465076045") }
        return database
    }

    private static func record(isSimulated: Bool) throws -> WaitDatabase {
        try isSimulated ? simulated.get() : WebFixture.shared()
    }

    /// A request of an endpoint with its parameters' examples in its path.
    private static func target(_ endpoint: Endpoint) -> String {
        endpoint.parameters.filter { $0.place == .path }.reduce(endpoint.template.description) { path, parameter in
            path.replacing("{\(parameter.name)}", with: parameter.example)
        }
    }

    /// Their JSON is not about figures, or is the publisher's.
    private static let others = ["/openapi.json", "/v1/payloads/{sha256}"]

    @Test("in JSON and GeoJSON beside the source", arguments: [true, false])
    func json(isSimulated: Bool) async throws {
        let database = try Self.record(isSimulated: isSimulated)
        let endpoints = RouteMap.standard.endpoints.filter {
            $0.schema != nil && !Self.others.contains($0.template.description)
        }
        #expect(endpoints.count > 15)
        for endpoint in endpoints {
            let target = Self.target(endpoint)
            let answer = try await WebFixture.get(target, of: database)
            #expect(answer.status == .ok, "\(target)")
            #expect(try answer.json()["simulated"] as? Bool == isSimulated, "\(target)")
            let sources = answer.text.ranges(of: "\"source\":").count
            #expect(answer.text.ranges(of: "\"simulated\":\(isSimulated)").count >= max(1, sources), "\(target)")
        }
        let metrics = try await WebFixture.get("/metrics", of: database).text
        #expect(metrics.contains("waitkeeper_simulated \(isSimulated ? 1 : 0)\n"))
    }

    @Test("but of a document, whose bytes are as they came", arguments: [true, false])
    func documents(isSimulated: Bool) async throws {
        let database = try Self.record(isSimulated: isSimulated)
        let evidence = try await WebFixture.get("/v1/readings/QMH/2026-11-14T09:15", of: database).text
        let targets = Set(evidence.matches(of: /\/v1\/payloads\/[0-9a-f]{64}/).map { String($0.output) })
        #expect(!targets.isEmpty)
        let published = try Feed.all.flatMap { feed -> [Data] in
            try feed.documents.map { document in
                try Documents.fixture("\(feed.id)/\(document.url.split(separator: "/").last ?? "")")
            }
        }
        for target in targets {
            let answer = try await WebFixture.get(target, of: database)
            #expect(answer.status == .ok && published.contains(Data(buffer: answer.body)), "\(target)")
        }
    }

    static let fileTargets = [
        "/v1/export/ae-waits.csv?in=2026-11", "/v1/export/ae-waits.ndjson", "/v1/export/ae-top-waits.csv",
        "/v1/export/clinic-quotas.csv?excel=true", "/v1/export/clinic-quotas.ndjson", "/v1/export/hospitals.csv",
        "/v1/export/clinics.ndjson", "/v1/hospitals/QMH/trend.csv?in=2026-11", "/v1/hospitals/QMH/profile.csv",
    ]

    @Test(
        "in CSV and NDJSON as a last column, with a header and a file name; a real record has none",
        arguments: fileTargets)
    func files(target: String) async throws {
        let field = try #require(HTTPField.Name("Waitkeeper-Simulated"))
        for isSimulated in [true, false] {
            let database = try Self.record(isSimulated: isSimulated)
            let answer = try await WebFixture.get(target, of: database)
            #expect(answer.headers[field] == (isSimulated ? "true" : nil))
            let disposition = try #require(HTTPField.Name("Content-Disposition").flatMap { answer.headers[$0] })
            #expect(disposition.contains("filename=\"SIMULATED-") == isSimulated)
            let lines = answer.text.split(whereSeparator: \.isNewline)
            #expect(lines.count > 1)
            let isCSV = target.contains(".csv")
            #expect(lines[0].hasSuffix(isCSV ? ",simulated" : ",\"simulated\":true}") == isSimulated)
            for line in lines.dropFirst() {
                #expect(line.hasSuffix(isCSV ? ",true" : ",\"simulated\":true}") == isSimulated)
            }
        }
    }

    @Test("in names of files that say the range as well")
    func names() async throws {
        for (target, name) in [
            ("/v1/export/ae-waits.csv?in=2026-10", "ae-waits-2026-10.csv"),
            ("/v1/export/hospitals.csv", "hospitals.csv"),
            ("/v1/export/ae-waits.csv?from=2026-10-01&to=2026-11-14", "ae-waits-2026-10-01-to-2026-11-14.csv"),
            ("/v1/hospitals/QMH/trend.csv?metric=t45_p50&by=day&in=2026", "QMH-trend-t45_p50-by-day-2026.csv"),
        ] {
            let answer = try await WebFixture.get(target)
            let disposition = try #require(HTTPField.Name("Content-Disposition").flatMap { answer.headers[$0] })
            #expect(disposition == "attachment; filename=\"\(name)\"")
        }
    }

    @Test("in the citation of the record's page", arguments: [true, false])
    func citation(isSimulated: Bool) async throws {
        let database = try Self.record(isSimulated: isSimulated)
        let page = try await WebFixture.get("/record", of: database).text
        let citation = try #require(page.split(separator: "<p class=\"citation\">").dropFirst().first?.prefix(60))
        #expect(citation.hasPrefix("SIMULATED") == isSimulated)
    }
}

@Suite("The ledger over the API is counted over the feed's life")
struct CoverageRouteTests {
    static let targets: [(String, Int)] = [
        ("by=day", 398), ("by=hour&in=2026-11-14", 10), ("by=day&feed=ae-top-wait", 1), ("by=week&hospital=QMH", 57),
        ("by=day&from=2000-01-01", 398), ("by=day&hospital=QMH,PWH,TMH,AHN,YCH,KWH,PMH", 398),
        ("by=hour&from=2026-11-01&to=2099-12-31", 322), ("by=hour", 9_538),
    ]

    @Test("whatever range is asked for, or none", arguments: targets)
    func rows(query: String, rows: Int) async throws {
        let answer = try await WebFixture.get("/v1/coverage?\(query)")
        #expect(answer.status == .ok, "\(answer.text)")
        let object = try answer.json()
        let first = (object["series"] as? [[String: Any]])?.first ?? object
        #expect((first["rows"] as? [Any])?.count == rows)
    }

    @Test("and refused where that is too many rows", arguments: ["by=quarter_hour", "by=hour&hospital=QMH,PWH,TMH"])
    func tooMany(query: String) async throws {
        let answer = try await WebFixture.get("/v1/coverage?\(query)")
        #expect(answer.status == .badRequest && answer.text.contains("too many rows"))
    }

    @Test("with a note where nothing is expected")
    func note() async throws {
        let object = try await WebFixture.get("/v1/coverage?in=2024").json()
        #expect((object["note"] as? String)?.contains("Not published") == true)
        #expect(try await WebFixture.get("/v1/coverage?in=2026-11").json()["note"] == nil)
    }
}
