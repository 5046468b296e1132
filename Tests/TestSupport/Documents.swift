package import Foundation

/// Documents that tests read.
package enum Documents {
    /// The root of this package.
    package static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A document of our own making, by its path below `Fixtures`.
    package static func fixture(_ path: String) throws -> Data {
        try Data(contentsOf: root.appending(path: "Fixtures").appending(path: path))
    }

    /// Real captures lie beside the project, in `shared/feeds`; nil where that folder is absent.
    package static func real(_ name: String) -> Data? {
        // Absent is an answer here: the test that asks says so and is skipped.
        try? Data(contentsOf: root.deletingLastPathComponent().appending(path: "shared/feeds").appending(path: name))
    }

    /// A real document of the plans' datasets; nil where the folder is absent.
    package static func plan(_ name: String) throws -> Data? {
        try path(in: "plan", name).map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    }

    /// The archive's real list of versions, and a public collection of 2024; nil where they are absent.
    package static let realVersions = path(in: "history", "aedwtdata2-en.archive-versions.2025-09..2026-03.json")
    package static let realCollection = path(in: "history", "ane-hk-2024.tar.xz")

    private static func path(in folder: String, _ name: String) -> String? {
        let path = root.deletingLastPathComponent().appending(path: "shared/\(folder)/\(name)").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Whether the real captures are there; tests of them are enabled by it.
    package static let hasReal = real("README.md") != nil
}
