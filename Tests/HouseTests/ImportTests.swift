import Foundation
import TestSupport
import Testing

/// The one direction of imports (docs/design.md, "Layout"), held over the sources as they stand.
@Suite("The targets' imports")
struct ImportTests {
    /// Target → what it may import besides the standard library and Foundation.
    static let allowed: [String: Set<String>] = [
        "WaitCore": ["WaitConfig"],
        "WaitFetch": ["CArchive", "CCurl", "CZlib"],
        "WaitStore": ["WaitCore", "CCrypto", "CXlsxWriter", "CZlib", "GRDB", "GRDBSQLite"],
        "WaitIngest": ["WaitCore", "WaitFetch", "WaitStore", "Logging", "ServiceLifecycle"],
        "WaitReplay": ["WaitCore", "NIOCore", "NIOPosix", "NIOHTTP1"],
        "WaitWeb": [
            "WaitCore", "WaitPage", "WaitStore", "CEmbedded", "CZlib", "HTTPTypes", "Hummingbird", "HummingbirdCore",
            "Logging",
            "NIOCore",
            "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOPosix", "ServiceLifecycle",
        ],
        "waitkeeper": [
            "WaitConfig", "WaitCore", "WaitFetch", "WaitFixtures", "WaitIngest", "WaitReplay", "WaitStore",
            "WaitWeb", "ArgumentParser", "Configuration", "Logging", "Rainbow", "ServiceLifecycle",
        ],
    ]
    static let system: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Darwin", "Synchronization",
    ]
    static let inC: Set<String> = ["CArchive", "CCrypto", "CCurl", "CEmbedded", "CXlsxWriter", "CZlib"]

    @Test("run in one direction, and nothing heavy comes in unnoticed", arguments: allowed.keys.sorted())
    func direction(target: String) throws {
        let folder = Documents.root.appending(path: "Sources/\(target)")
        let strangers = try Self.imports(below: folder).filter { _, module in
            !Self.system.contains(module) && Self.allowed[target]?.contains(module) != true
        }
        #expect(strangers.map { "\($0.file) imports \($0.module)" } == [])
    }

    @Test("cover every target there is")
    func everyTarget() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Documents.root.appending(path: "Sources").path)
        #expect(Set(folders) == Set(Self.allowed.keys).union(Self.inC))
    }

    static func imports(below folder: URL) throws -> [(file: String, module: String)] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try files.flatMap { file in
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            return text.split(separator: "\n").compactMap { line in Self.module(line).map { (file, $0) } }
        }
    }

    /// The module of an import line, nil for other lines.
    static func module(_ line: Substring) -> String? {
        let words = line.split(separator: " ").drop {
            ["package", "internal", "private", "@preconcurrency"].contains($0)
        }
        guard words.first == "import" else { return nil }
        let kinds = ["struct", "class", "enum", "func", "typealias", "protocol"]
        return words.dropFirst().drop { kinds.contains(String($0)) }.first.map {
            String($0.split(separator: ".").first ?? $0)
        }
    }
}
