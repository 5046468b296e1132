import Foundation
import TestSupport
import Testing

/// The page of kinds of trouble names tests that exist and hold a table each.
@Suite("The page of kinds of trouble")
struct KindsTests {
    private static let page = "docs/decisions/0017-kinds-of-trouble.md"

    /// The rows of its tables: the kind, and the test files it names.
    static func rows() throws -> [(kind: String, files: [String])] {
        let text = try String(contentsOf: Documents.root.appending(path: page), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains(".swift`") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let files = (cells.last ?? "").matches(of: /`([^`]+\.swift)`/).map { String($0.1) }
            return (cells.first ?? "", files)
        }
    }

    @Test("has rows")
    func hasRows() throws {
        #expect(try Self.rows().count > 40)
    }

    @Test("names a table test for every kind")
    func namesTables() throws {
        for (kind, files) in try Self.rows() {
            #expect(!files.isEmpty, "\(kind)")
            let texts = try files.map {
                try String(contentsOf: Documents.root.appending(path: "Tests/\($0)"), encoding: .utf8)
            }
            #expect(texts.contains { $0.contains("arguments:") }, "\(kind)")
        }
    }
}
