import WaitCore

/// The API's description (OpenAPI 3.1.1), written from the declarations that requests are checked against.
struct OpenAPIDocument {
    let routes: RouteMap
    let version: String
    /// Where the routes begin: `/`, or the path that the site stands below.
    let server: String

    /// Writes the document's fields.
    func write(to json: inout JSONWriter) {
        json.field("openapi", "3.1.1")
        json.field(
            "info",
            object: { json in
                json.field("title", "Waitkeeper")
                json.field("version", version)
                json.field("summary", "The record of A&E waiting times in Hong Kong.")
                json.field("description", "\(Attribution.source) \(Attribution.caveat)")
            })
        json.field("servers", array: { $0.object { $0.field("url", server) } })
        json.field(
            "paths",
            object: { json in
                for endpoint in routes.endpoints {
                    json.field(
                        endpoint.template.description,
                        object: { $0.field("get", object: { write(endpoint, to: &$0) }) })
                }
            })
        json.field("components", object: { $0.field("schemas", object: { writeSchemas(to: &$0) }) })
    }

    private func write(_ endpoint: Endpoint, to json: inout JSONWriter) {
        json.field("summary", endpoint.summary)
        json.field("operationId", Self.operation(endpoint))
        if !endpoint.parameters.isEmpty {
            json.field(
                "parameters",
                array: { json in for parameter in endpoint.parameters { json.object { write(parameter, to: &$0) } } })
        }
        json.field("responses", object: { writeResponses(of: endpoint, to: &$0) })
    }

    private func write(_ parameter: DeclaredParameter, to json: inout JSONWriter) {
        json.field("name", parameter.name)
        json.field("in", parameter.place.rawValue)
        json.field("required", parameter.place == .path)
        json.field("description", "\(parameter.about) It must be \(parameter.expectation).")
        if case .list = parameter.schema {
            json.field("style", "form")
            json.field("explode", parameter.isRepeatable)
        }
        json.key("schema")
        parameter.schema.write(to: &json)
    }

    private func writeResponses(of endpoint: Endpoint, to json: inout JSONWriter) {
        json.field(
            "200",
            object: { json in
                json.field("description", endpoint.summary)
                json.field(
                    "content",
                    object: { json in
                        for type in endpoint.mediaTypes {
                            json.field(
                                type.essence,
                                object: { json in
                                    guard type.isJSON, let schema = endpoint.schema else { return }
                                    json.key("schema")
                                    schema.write(to: &json)
                                })
                        }
                    })
            })
        if endpoint.dependence != .moment {
            json.field("304", object: { $0.field("description", "What the client holds is still right.") })
        }
        let canMiss = endpoint.parameters.contains { $0.place == .path || $0.name == Parameters.hospitals.name }
        for (status, words) in Self.problems where status != "404" || canMiss {
            json.field(status, object: { Self.writeProblem(words, to: &$0) })
        }
    }

    private static let problems = [
        ("400", "A parameter is unknown, given twice, or has a value that is not allowed."),
        ("404", "The record does not have what was asked for."),
        ("405", "The method is not GET, HEAD or OPTIONS; `Allow` lists them."), ("413", "The request has a body."),
        ("414", "The address is too long."), ("431", "The header fields are too large."),
        ("503", "Ask again in a moment; `Retry-After` says when."),
    ]

    private static func writeProblem(_ words: String, to json: inout JSONWriter) {
        json.field("description", words)
        json.field(
            "content",
            object: { json in
                json.field(
                    Problem.mediaType,
                    object: { json in
                        json.key("schema")
                        Schema.named("Problem").write(to: &json)
                    })
            })
    }

    private func writeSchemas(to json: inout JSONWriter) {
        for (name, schema) in Self.schemas {
            json.key(name)
            schema.write(to: &json)
        }
    }

    /// Shapes that several endpoints share.
    static let schemas: KeyValuePairs<String, Schema> = [
        "Problem": .object([
            .init(name: "type", schema: .text()), .init(name: "title", schema: .text()),
            .init(name: "status", schema: .integer(400...599)), .init(name: "detail", schema: .text()),
            .init(name: "parameter", schema: .text(), isRequired: false),
        ]),
        "Trend": AggregateSchema.series(.init(name: "start", schema: .time)),
        "Profile": AggregateSchema.series(.init(name: "bucket", schema: .integer(0...167))),
        "Comparison": AggregateSchema.comparison,
        "Hospital": PlaceJSON.schema(key: "code"),
        "Clinic": PlaceJSON.schema(key: "id"),
        "Range": .fields(["from": .time, "to": .time]),
        "Reading": ReadingJSON.schema,
        "Latest": ReadingJSON.latestSchema,
    ]

    /// `get_v1_hospitals_code`.
    private static func operation(_ endpoint: Endpoint) -> String {
        let words = endpoint.template.description.split { !($0.isLetter || $0.isNumber) }
        return (["get"] + words.map(String.init)).joined(separator: "_")
    }
}

extension MediaType {
    fileprivate var isJSON: Bool { self == .json || self == .geoJSON }
}
