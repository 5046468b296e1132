import Foundation
import GRDB
import TestSupport
import Testing
import WaitStore

/// docs/data.md speaks of every view and every column there is, and of no other.
@Suite("docs/data.md")
struct DataPageTests {
    static func views() throws -> [String: [String]] {
        let database = try WaitDatabase.inMemory()
        return try database.access.read { db in
            let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'")
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
}
