import Foundation

/// Measures what docs/performance.md states; run it with `make bench`.
@main
enum Bench {
    static func main() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "waitkeeper-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        print("| measure | figure | aim |\n| --- | --- | --- |")
        for row in try await SimulatedYear(folder: folder).measure() {
            print("| \(row.what) | \(row.figure) | \(row.aim) |")
        }
    }

    struct Result {
        let what: String
        let figure: String
        let aim: String
    }
}
