import Foundation

/// Measures what docs/performance.md states; run it with `make bench`.
///
/// Without arguments the store and an unattended collector by themselves; with a folder, the questions over ten years (all, or those
/// named after it), whose record and answers stay there for the peers that Benchmarks/peers.py asks the same. `--million FOLDER`
/// measures a dataset of a million rows alone; `--collect FILE DAYS`
/// collects simulated days into a record, for Tests/torture/collection.py to kill.
@main
enum Bench {
    static func main() async throws {
        let words = CommandLine.arguments
        if words.count == 4, words[1] == "--collect", let days = Int(words[3]) {
            return try await BusyCollection(path: words[2], days: days, asksForAll: true).run()
        }
        if words.count == 3, words[1] == "--million" {
            for row in try MillionRows(folder: URL(fileURLWithPath: words[2])).measure() {
                print("| \(row.what) | \(row.figure) | \(row.aim) |")
            }
            return
        }
        if words.count > 1 {
            return try tenYears(
                folder: URL(fileURLWithPath: CommandLine.arguments[1]), names: Array(CommandLine.arguments.dropFirst(2))
            )
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "waitkeeper-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        print("| measure | figure | aim |\n| --- | --- | --- |")
        let rows =
            try await Unattended(folder: folder).measure() + SimulatedYear(folder: folder).measure()
            + MillionRows(folder: folder).measure()
        for row in rows {
            print("| \(row.what) | \(row.figure) | \(row.aim) |")
        }
    }

    /// A line a question: name, milliseconds, words.
    private static func tenYears(folder: URL, names: [String]) throws {
        for row in try TenYears(folder: folder).measure(only: names) {
            print("\(row.name)\t\(row.milliseconds)\t\(row.what)")
        }
    }

    struct Result {
        let what: String
        let figure: String
        let aim: String
    }
}
