import WaitCore

extension Endpoint {
    static let page = Endpoint(
        "/", "A page for people: what this is, and where everything is.", mediaTypes: [.html], dependsOn: .version
    ) { _, context in
        let routes = context.routes.endpoints.map { endpoint in
            let path = HTML.escaped(endpoint.template.description)
            let isPlain = !endpoint.parameters.contains { $0.place == .path }
            let code = "<code>\(path)</code>"
            let name = isPlain ? "<a href=\"\(path)\">\(code)</a>" : code
            return "<li>\(name) \(HTML.escaped(endpoint.summary))</li>"
        }
        let html = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Waitkeeper</title>
            <h1>Waitkeeper</h1>
            <p>The record of how long people wait in Hong Kong's public emergency departments.</p>
            <ul>
            \(routes.joined(separator: "\n"))
            </ul>
            <p>\(HTML.escaped(Words.caveat))</p>
            <p><small>\(HTML.escaped(Words.source)) Version \(HTML.escaped(context.version)).</small></p>
            </html>

            """
        var answer = Answer(mediaType: .html, body: .bytes([UInt8](html.utf8)))
        answer.fields = [("content-security-policy", "default-src 'none'; frame-ancestors 'none'")]
        return answer
    }
}

enum HTML {
    /// Text that cannot be taken for markup.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
