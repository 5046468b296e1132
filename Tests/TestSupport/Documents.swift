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

    /// Whether the real captures are there; tests of them are enabled by it.
    package static let hasReal = real("README.md") != nil
}
