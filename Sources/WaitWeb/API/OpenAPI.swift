extension Endpoint {
    static let openAPI = Endpoint(
        "/openapi.json", "This API as an OpenAPI 3.1 document.", mediaTypes: [.json], schema: .any, dependsOn: .version
    ) { _, context in
        let base = context.assets.base.path
        let document = OpenAPIDocument(
            routes: context.routes, version: context.version, server: base.isEmpty ? "/" : base)
        var answer = Answer.json(lifetime: .day) { document.write(to: &$0) }
        answer.fingerprint = base
        return answer
    }
}
