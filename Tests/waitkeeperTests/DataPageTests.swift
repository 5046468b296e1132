import Foundation
import GRDB
import TestSupport
import Testing
import WaitCore
import WaitStore

/// docs/data.md speaks of every view and every column there is, and of no other.
@Suite("docs/data.md")
struct DataPageTests {
    static func views() throws -> [String: [String]] {
        let database = try WaitDatabase.inMemory()
        return try database.access.read { db in
            // Those of datasets are described in docs/datasets.md.
            let datasets = Set(Catalogue.standard.datasets.flatMap { [$0.viewName, "\($0.viewName)_history"] })
            let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'")
                .filter { !datasets.contains($0) }
            return Dictionary(uniqueKeysWithValues: try names.map { ($0, try db.columns(in: $0).map(\.name)) })
        }
    }

    /// View → columns, from the page's tables under `### view`.
    static func documented() throws -> [String: [String]] {
        let page = try String(contentsOf: Documents.root.appending(path: "docs/data.md"), encoding: .utf8)
        var views: [String: [String]] = [:]
        var view: String?
        for line in page.split(separator: "\n") {
            if line.hasPrefix("### `") { view = String(line.split(separator: "`")[1]) }
            if line.hasPrefix("## ") { view = nil }
            guard let view, line.hasPrefix("| `") else { continue }
            let cell = line.split(separator: "|")[0]
            views[view, default: []] += cell.split(separator: ",").map {
                $0.trimmingCharacters(in: .init(charactersIn: " `"))
            }
        }
        return views
    }

    @Test("describes every view with every column, in the view's order")
    func columns() throws {
        #expect(try Self.documented() == Self.views())
    }

    /// Dataset → its view and its further columns, from the table of exports.
    static func documentedExports() throws -> [String: (view: String, more: [String])] {
        let page = try String(contentsOf: Documents.root.appending(path: "docs/data.md"), encoding: .utf8)
        let section = try #require(page.split(separator: "\n## ").first { $0.hasPrefix("Exports") })
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map { cell in
                cell.split(separator: ",").map { $0.trimmingCharacters(in: .init(charactersIn: " `")) }
            }
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0][0], ($0[1][0], $0[2].filter { !$0.isEmpty })) })
    }

    @Test("says the columns of every export", arguments: ExportDataset.allCases.filter { $0 != .latest })
    func exports(dataset: ExportDataset) throws {
        let export = try #require(try Self.documentedExports()[dataset.rawValue])
        // What views gained later comes behind the names.
        let columns = try #require(try Self.documented()[export.view]).filter {
            !["observed_date", "observed_time", "quota_text"].contains($0)
        }
        #expect(columns + export.more == dataset.columns.map(\.name))
    }
}

/// docs/datasets.md has the columns of each dataset, as they are declared; `make snapshots` writes them anew.
@Suite("docs/datasets.md")
struct DatasetPageTests {
    private static let heading = "## Columns\n"

    /// The part of the page that follows from the declarations.
    private static var expected: String {
        let sections = Catalogue.standard.datasets.map { dataset in
            let rows = dataset.answeredColumns.map { column in
                let measure = column.measure.map { "\($0.unit); adds over \($0.adds.rawValue)" } ?? ""
                let sum =
                    column.measure.flatMap { $0.sumOf.isEmpty ? nil : "; = \($0.sumOf.joined(separator: " + "))" } ?? ""
                return "| `\(column.name)` | \(column.kind.rawValue) | \(measure)\(sum) | \(column.meaning) |"
            }
            return """
                ### `\(dataset.id)`

                \(dataset.title.en) (\(dataset.title.tc)), \(dataset.publisher.name.en); \(dataset.cadence.rawValue); rows of the plan: \
                \(dataset.plan.joined(separator: ", ")).

                | column | kind | unit | meaning |
                | --- | --- | --- | --- |
                \(rows.joined(separator: "\n"))
                """
        }
        return "\(heading)\n\(sections.joined(separator: "\n\n"))\n"
    }

    @Test("has the columns of every dataset")
    func columns() throws {
        let file = Documents.root.appending(path: "docs/datasets.md")
        let page = try String(contentsOf: file, encoding: .utf8)
        let start = page.range(of: Self.heading)?.lowerBound ?? page.endIndex
        if ProcessInfo.processInfo.environment["WAITKEEPER_WRITE_SNAPSHOTS"] != nil {
            try (page[..<start] + Self.expected).write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(String(page[start...]) == Self.expected)
    }
}
