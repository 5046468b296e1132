package import Foundation

/// An empty folder that is removed with this object.
package final class TemporaryFolder {
    package let url: URL
    package var path: String { url.path }

    /// - Parameter parent: by default the system's folder for temporary files.
    package init(in parent: URL = FileManager.default.temporaryDirectory) throws {
        url = parent.appending(path: "waitkeeper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // Best effort: the name is unique, so a folder left behind does no harm.
        try? FileManager.default.removeItem(at: url)
    }

    package func path(of file: String) -> String { url.appending(path: file).path }

    package func contents() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }
}
