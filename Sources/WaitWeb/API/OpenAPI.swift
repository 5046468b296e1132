extension Endpoint {
    static let openAPI = Endpoint(
        "/openapi.json", "This API as an OpenAPI 3.1 document.", mediaTypes: [.json], schema: .any, dependsOn: .version
    ) { _, context in
        .json(lifetime: .day) { OpenAPIDocument(routes: context.routes, version: context.version).write(to: &$0) }
    }
}
