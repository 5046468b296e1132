import Foundation
import TestSupport
import Testing

/// Rules of the house that a compiler does not hold.
@Suite("The sources")
struct SourceRuleTests {
    static func sources() throws -> [(file: String, text: String)] {
        let folder = Documents.root.appending(path: "Sources")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }.map {
            ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    @Test(
        "hold no forced try, forced cast, fatalError or public",
        arguments: ["try!", "as!", "fatalError(", "\n    public ", "\npublic "])
    func forbidden(word: String) throws {
        #expect(try Self.sources().filter { $0.text.contains(word) }.map(\.file) == [])
    }

    @Test("stay under 300 lines a file")
    func sizes() throws {
        let long = try Self.sources().filter {
            $0.text.split(separator: "\n", omittingEmptySubsequences: false).count > 300
        }
        #expect(long.map(\.file) == [])
    }

    @Test("say a reason beside every @unchecked Sendable")
    func unchecked() throws {
        let files = try Self.sources().filter { $0.text.contains("@unchecked Sendable") }.map(\.file)
        #expect(files == ["WaitFetch/MultiHandle.swift"])
    }
}
