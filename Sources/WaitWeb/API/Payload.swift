import Foundation
import WaitStore

extension Endpoint {
    private static let sha256 = Parameter<String>(
        name: "sha256", about: "The SHA-256 of a document's bytes, as captures name it.",
        example: String(repeating: "0", count: 64), schema: .text(pattern: "^[0-9A-Fa-f]{64}$"),
        expectation: "64 hexadecimal digits"
    ) { $0.utf8.count == 64 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } ? $0.lowercased() : nil }

    static let payload = Endpoint(
        "/v1/payloads/{sha256}", "The exact bytes of a document, as they were published.",
        parameters: [.path(sha256)], mediaTypes: [.json, .bytes], schema: .any, dependsOn: .version
    ) { query, context in
        guard let bytes = try context.database.payload(sha256: query[sha256] ?? "") else {
            throw Problem.notFound("The record has no document of that SHA-256.", parameter: sha256.name)
        }
        // Bytes that are no JSON are shown as nothing else: a browser must not take them for a page of ours.
        let isJSON = (try? JSONSerialization.jsonObject(with: bytes)) != nil
        return Answer(mediaType: isJSON ? .json : .bytes, body: .bytes([UInt8](bytes)), lifetime: .forever)
    }
}
