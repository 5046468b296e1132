import Foundation

/// A folder that goes with this object.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "waitkeeper-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // A temporary folder that stays behind harms nothing.
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func contents() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path) }
}
