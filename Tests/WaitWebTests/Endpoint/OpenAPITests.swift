import Foundation
import HTTPTypes
import TestSupport
import Testing
import WaitCore

@testable import WaitWeb

@Suite("The API's description")
struct OpenAPITests {
    @Test("has every route with every parameter")
    func routes() async throws {
        let document = try await WebFixture.get("/openapi.json").json()
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        #expect(paths.keys.sorted() == RouteMap.standard.endpoints.map(\.template.description).sorted())
        for endpoint in RouteMap.standard.endpoints {
            let parameters = paths[endpoint.template.description]?["get"]?["parameters"] as? [[String: Any]] ?? []
            #expect(parameters.compactMap { $0["name"] as? String } == endpoint.parameters.map(\.name))
        }
    }

    @Test("refers to nothing that is not there")
    func references() async throws {
        let text = try await WebFixture.get("/openapi.json").text
        let document = try await WebFixture.get("/openapi.json").json()
        let schemas = try #require((document["components"] as? [String: Any])?["schemas"] as? [String: Any])
        for match in text.matches(of: /"#\/components\/schemas\/([A-Za-z]+)"/) {
            #expect(schemas[String(match.1)] != nil, "\(match.1)")
        }
    }

    @Test(
        "is in docs/api.md: every route has an example, every parameter a row",
        arguments: RouteMap.standard.endpoints.map(\.template.description))
    func page(template: String) throws {
        let endpoint = try #require(RouteMap.standard.endpoints.first { $0.template.description == template })
        // Each dataset has the same routes, and its columns for parameters: they are described once.
        let dataset = Catalogue.standard.datasets.first { "\(template)/".contains("/datasets/\($0.id)/") }
        let template = dataset.map { template.replacing("/datasets/\($0.id)", with: "/datasets/{id}") } ?? template
        let columns = Set(dataset?.answeredColumns.map(\.name) ?? [])
        let page = try String(contentsOf: Documents.root.appending(path: "docs/api.md"), encoding: .utf8)
        let sections = page.components(separatedBy: "\n### ")
        let section = try #require(sections.first { $0.hasPrefix("`\(template)`") }, "no section of \(template)")
        #expect(section.contains("curl "), "no example")
        for parameter in endpoint.parameters where !columns.contains(parameter.name) {
            #expect(section.contains("`\(parameter.name)`"), "nothing of \(parameter.name)")
        }
    }

    @Test(
        "holds in what every endpoint answers to its examples",
        arguments: RouteMap.standard.endpoints.map(\.template.description))
    func examples(template: String) async throws {
        let endpoint = try #require(RouteMap.standard.endpoints.first { $0.template.description == template })
        #expect(endpoint.parameters.allSatisfy { $0.example.isEmpty || $0.accepts($0.example) })
    }

    @Test("is open to pages of others")
    func preflight() async throws {
        let answer = try await WebFixture.get(
            "/v1/latest", method: .options, headers: [.origin: "https://example.org"])
        #expect(answer.status == .noContent && answer.headers[.accessControlAllowOrigin] == "*")
        #expect(answer.headers[.accessControlAllowMethods] == "GET, HEAD, OPTIONS")
        let get = try await WebFixture.get("/v1/latest")
        #expect(get.headers[.accessControlAllowOrigin] == "*")
        #expect(
            get.headers[.accessControlExposeHeaders]
                == "ETag, Link, Content-Disposition, Retry-After, Waitkeeper-Simulated")
        #expect(get.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test("counts what it answers")
    func metrics() async throws {
        let text = try await WebFixture.withClient(WebFixture.record()) { client in
            _ = try await client.get("/v1/latest")
            _ = try await client.get("/v1/latest?x=1")
            return try await client.get("/metrics").text
        }
        #expect(text.contains("waitkeeper_captures_total{feed=\"ae-wait\",outcome=\"new\"} 1\n"))
        #expect(text.contains("waitkeeper_feed_age_seconds{feed=\"ae-wait\"} 120\n"))
        #expect(
            text.contains("waitkeeper_http_request_duration_seconds_count{route=\"/v1/latest\",status=\"2xx\"} 1\n"))
        #expect(
            text.contains("waitkeeper_http_request_duration_seconds_count{route=\"/v1/latest\",status=\"4xx\"} 1\n"))
    }
}
